"""Reports made by the command, and the profiles that the tests make them of."""

from __future__ import annotations

import json
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


def offers(folder: Path, count: int, *, hostile: bool = False) -> Path:
    """A file of so many offers, names of markup and marks among them."""
    names = ["<script>alert(1)</script>", "[red]x[/]", "A" * 70, "Ärzte & Co \u202e", "Mercy"]
    told = []
    for number in range(count):
        one: dict[str, object] = {"employer": names[number % 5] if hostile else f"Clinic {number + 1}"}
        if number % 3 == 0:
            one |= {"agency": "va", "grade": 9, "step": 1 + number % 10, "location": "Denver"}
        else:
            one |= {"base": 60_000 + 1_111 * number, "location": "Boise, ID", "bonus": "3 %"}
        told.append(one)
    file = folder / "offers.json"
    whole = {"home": "Denver", "person": {"years": 5, "role": "coder"}, "offers": told}
    file.write_text(json.dumps(whole, indent=1), "utf-8")
    return file
