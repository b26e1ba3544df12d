"""docs/rosters.md shows what a run prints, and the README's runs work; `--update-snapshots` writes the page anew."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from tests.program import clean, ehrpay

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/rosters.md"
FILE = re.compile(r"`([\w.]+)`:\n\n```csv\n(.*?)```", re.DOTALL)
BLOCK = re.compile(r"```shell-session\n(.*?)```", re.DOTALL)


def files(text: str, folder: Path) -> None:
    """The files that a page shows."""
    for name, content in FILE.findall(text):
        (folder / name).write_text(content, "utf-8")


def printed(command: str, folder: Path) -> str:
    """What a command shows in a folder: what it prints, then what it says."""
    args = shlex.split(command)
    if args[0] == "ehrpay":
        ran = ehrpay(*args[1:], env=clean(COLUMNS="80"), cwd=folder)
        return ran.stdout + ran.stderr
    done = subprocess.run(args, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_page_shows_real_output(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = PAGE.read_text("utf-8")
    files(text, tmp_path)

    def renewed(block: re.Match[str]) -> str:
        commands = [line for line in block[1].splitlines() if line.startswith("$ ")]
        body = "\n".join(f"{line}\n{printed(line[2:], tmp_path)}".rstrip() for line in commands)
        return f"```shell-session\n{body}\n```"

    fresh = BLOCK.sub(renewed, text)
    if request.config.getoption("--update-snapshots"):
        PAGE.write_text(fresh, "utf-8")
    assert PAGE.read_text("utf-8") == fresh
    assert len((tmp_path / "pay.csv").read_text("utf-8").splitlines()) == 5


def test_the_readme_s_roster_runs(tmp_path: Path) -> None:
    files(PAGE.read_text("utf-8"), tmp_path)
    (tmp_path / "staff").mkdir()
    for name in ("east", "west"):
        pl.read_csv(tmp_path / "people.csv", n_rows=3).rename({"Department": "department"}).write_parquet(
            tmp_path / f"staff/{name}.parquet"
        )
    block = re.search(r"```sh\n(ehrpay batch .*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert block
    codes = []
    for line in block[1].splitlines():
        args = shlex.split(line.split("|")[0], comments=True)
        codes.append(ehrpay(*args[1:], env=clean(), cwd=tmp_path).returncode)
        errors = tmp_path / "pay.errors.csv"
        if errors.exists():
            errors.write_text(errors.read_text("utf-8").replace("codr,2022", "coder,2022"), "utf-8")
    assert codes == [1, 0, 0, 1]
    assert "<svg" in (tmp_path / "pay.html").read_text("utf-8")
