"""Reports made by the command, and the profiles that the tests make them of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = ("--as-of", "2026-11-23")
PEOPLE = {
    "a federal clerk": ("--agency", "va", "--years", "5", "--cert", "rhit"),
    "one exact cell": ("--agency", "va", "--grade", "8", "--step", "3", "--location", "80202"),
    "a director with an offer": (
        "--role", "director", "--years", "5", "--cert", "rhia", "--location", "Denver, CO", "--offer", "95000",
    ),
    "an hourly offer far off": ("--agency", "ssa", "--years", "3", "--offer", "150/h", "--period", "hour"),
    "nothing said": (),
}  # fmt: skip


def made(folder: Path, *args: str, name: str = "report.html") -> Path:
    """The file of one report."""
    file = folder / name
    assert run(["report", *args, *AS_OF, "-o", str(file), "--force"]) == 0
    return file
