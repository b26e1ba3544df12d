"""A format is one file: found by its name, offered where a result has what it needs, written once."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from ehrpay.cli.main import run
from ehrpay.formats import writers
from ehrpay.formats.compare import SideBySide
from ehrpay.formats.estimate import Answer
from ehrpay.formats.ladder import Pair, Years
from ehrpay.formats.listing import Listing, Place, Settings
from ehrpay.formats.whatif import Ranking, Route

SRC = Path(__file__).parents[2] / "src" / "ehrpay"
SHOUT = '''
"""The headline, loudly."""

NEEDS = "record"


def write(view, screen):
    """One line."""
    return view.record()["headline"].upper() + "!\\n"
'''


def test_a_new_format_is_one_file(tmp_path: Path) -> None:
    copy = tmp_path / "src" / "ehrpay"
    # With their bytecode, for compiling every module takes longer than the run.
    shutil.copytree(SRC, copy)
    (copy / "formats" / "writers" / "shout.py").write_text(SHOUT, encoding="utf-8")
    (tmp_path / "rules").symlink_to(SRC.parents[1] / "rules")
    env = {**os.environ, "PYTHONPATH": str(copy.parent)}
    code = (
        "import sys; from ehrpay.cli.main import run; asked = ['whatif', '--years', '5', '--only', 'degree'];"
        "assert run([*asked, '--format', 'shout']) == 0; sys.exit(run([*asked, '--format', 'shot']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stdout == "MEDICAL RECORDS SPECIALISTS, 5 YEARS, UNITED STATES!\n", done.stderr
    assert done.returncode == 2
    assert "did you mean 'shout'" in done.stderr


def test_the_names_are_the_files() -> None:
    assert {"csv", "json", "markdown", "plain", "table"} <= set(writers.names())


def test_a_format_suits_a_view_that_has_what_it_needs() -> None:
    class Only:
        def record(self) -> dict[str, Any]:
            return {}

    assert writers.suiting(Only) == ("json",)
    assert writers.write(Only(), "json", writers.Screen()) == "{}\n"


COMMANDS: dict[str, tuple[type, list[str]]] = {
    "estimate": (Answer, ["--years", "5", "--offer", "61000"]),
    "whatif": (Ranking, ["--years", "5", "--only", "degree"]),
    "scenario": (Route, ["--years", "5", "--set", "degree=bachelor"]),
    "ladder": (Years, ["--agency", "va", "--grade", "8", "--step", "1", "--horizon", "3"]),
    "pair": (Pair, ["--years", "4", "--vs", "agency=va", "--horizon", "3"]),
    "compare": (SideBySide, ["--offer", "VA GS-9/1 Denver", "--offer", "Mercy 61k Boise, ID", "--explain"]),
    "list": (Listing, ["certs"]),
    "where": (Place, ["Denver"]),
    "config": (Settings, ["--years", "5"]),
}
PICTURED = ("estimate", "whatif", "scenario", "ladder", "pair", "compare")
NAMES = {"scenario": "whatif", "pair": "ladder"}


def shown(name: str, form: str, capsys: pytest.CaptureFixture[str]) -> str:
    _, args = COMMANDS[name]
    command = [NAMES.get(name, name), *args, "--as-of", "2026-11-23", "--format", form]
    assert run(command) == 0, capsys.readouterr().err
    return capsys.readouterr().out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_format_of_a_view_can_be_written(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    view, _ = COMMANDS[name]
    forms = writers.suiting(view)
    assert {"csv", "html", "json", "markdown", "plain", "table"} <= set(forms)
    assert ("svg" in forms) == (name in PICTURED)
    for form in forms:
        assert shown(name, form, capsys).endswith("\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_stands_alone_and_has_every_row(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(name, "html", capsys)
    assert text.isascii()
    assert not re.search(r"<script|<link|<img|url\(", text)
    assert text.count("<h1>") == 1
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    lines = shown(name, "markdown", capsys).splitlines()
    rows = [line for line in lines if line.startswith("|") and not line.startswith("| ---")]
    if hasattr(COMMANDS[name][0], "page"):
        # A page of its own has more tables; the cells of all others are there, a sum without its sign.
        cells = {cell.strip() for row in rows for cell in row.strip("| ").split(" | ")} - {""}
        assert [
            cell
            for cell in cells
            if re.sub(r"[\\*]|= ", "", cell) not in unescape(re.sub("<[^>]*>", "", text))
        ] == []
    else:
        # Figures are no table on a page.
        assert len(re.findall("<tr(?! class=.under)", text)) == len(rows) - 2 * text.count('class="ends"')


@pytest.mark.parametrize("name", PICTURED)
def test_a_picture_says_what_it_shows(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = ET.fromstring(shown(name, "svg", capsys))  # noqa: S314 - our own text
    described = root.find("{http://www.w3.org/2000/svg}desc")
    assert described is not None
    assert described.text
    plain = shown(name, "plain", capsys)
    middles = [line.split("\t")[4] for line in plain.splitlines() if line.startswith("year\t")]
    assert all(middle in described.text for middle in middles)
