"""Every recipe of docs/scripting.md does what the page says, as it stands there."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.program import clean

pytestmark = pytest.mark.slow

PAGE = (Path(__file__).parents[2] / "docs/scripting.md").read_text("utf-8")
RECIPES = re.findall(r"```(sh|python|make)\n(.*?)```", PAGE, re.DOTALL)
OFFERS = """\
offers:
  - {name: Mercy, base: 66500, location: "Boise, ID"}
  - {name: Sun, base: 61000, location: Denver}
"""


def recipe(language: str, word: str) -> str:
    """The one recipe in a language with a word in it."""
    [found] = [text for kind, text in RECIPES if kind == language and word in text]
    return str(found)


def ran(folder: Path, *command: str) -> str:
    if shutil.which(command[0]) is None:
        pytest.skip(f"no {command[0]} here")
    env = clean()
    env |= {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def test_all_recipes_are_tried() -> None:
    assert [language for language, _ in RECIPES] == ["sh", "sh", "python", "make", "sh"]


def test_jq(tmp_path: Path) -> None:
    if shutil.which("jq") is None:
        pytest.skip("no jq here")
    assert re.fullmatch(
        r"61000 is above the middle, 5\d{4}\n", ran(tmp_path, "sh", "-euc", recipe("sh", "jq"))
    )
    assert "rhit" in (tmp_path / "certs.txt").read_text("utf-8").split()


def test_fields(tmp_path: Path) -> None:
    ran(tmp_path, "sh", "-euc", recipe("sh", "range.csv"))
    [row] = rows(tmp_path / "range.csv")
    assert int(row["low"]) < int(row["mid"]) < int(row["high"])


def test_python(tmp_path: Path) -> None:
    low, mid, high = map(int, ran(tmp_path, sys.executable, "-c", recipe("python", "json")).split())
    assert low < mid < high


def test_make(tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_text(recipe("make", "compare"), "utf-8")
    (tmp_path / "offers.yaml").write_text(OFFERS, "utf-8")
    ran(tmp_path, "make")
    assert "Mercy" in (tmp_path / "offers.html").read_text("utf-8")
    assert "ehrpay" not in ran(tmp_path, "make")


def test_spreadsheet(tmp_path: Path) -> None:
    ran(tmp_path, "sh", "-euc", recipe("sh", "changes.csv"))
    assert len(rows(tmp_path / "changes.csv")) > 10
    assert "va" in {row["id"] for row in rows(tmp_path / "agencies.csv")}
