"""`-o FILE` from every command alike: the ending says the format, and what was written is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ehrpay.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Sequence

FILE = Path(__file__).parents[1] / "compare" / "files" / "offers.yaml"
pytestmark = pytest.mark.usefixtures("frozen_rules")
COMMANDS = {
    "estimate": ["estimate", "--years", "4", "--role", "coder"],
    "compare": ["compare", str(FILE)],
    "whatif": ["whatif", "--years", "4", "--role", "coder"],
    "scenario": ["whatif", "--years", "4", "--set", "degree=bachelor"],
    "ladder": ["ladder", "--agency", "va", "--grade", "7", "--step", "1"],
    "two ladders": ["ladder", "--years", "4", "--vs", "degree=bachelor"],
}
STARTS = {
    "page.html": "<!doctype html>",
    "page.svg": "<svg ",
    "page.md": "## ",
    "page.json": "{",
    "page.csv": "",
    "page.txt": "",
}


@pytest.mark.parametrize("name", STARTS)
@pytest.mark.parametrize("command", COMMANDS)
def test_the_ending_says_the_format_and_what_was_written_is_told(
    command: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    assert run([*COMMANDS[command], "-o", str(file), "--as-of", "2026-11-23"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert f"wrote {file} (" in told.err
    assert file.read_text("utf-8").startswith(STARTS[name])


@pytest.mark.parametrize("command", ["estimate", "compare", "whatif", "ladder"])
@pytest.mark.parametrize("form", ["html", "svg"])
def test_a_format_is_the_same_in_a_file_and_on_standard_output(
    command: str, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "page"
    args = [*COMMANDS[command], "--format", form, "--as-of", "2026-11-23"]
    assert run([*args, "-o", str(file)]) == 0
    capsys.readouterr()
    assert run(args) == 0
    assert capsys.readouterr().out == file.read_text("utf-8")


@pytest.mark.parametrize("command", [*COMMANDS.values(), ["report"]], ids=[*COMMANDS, "report"])
@pytest.mark.parametrize("name", ["x.pdf", "x.docx", "x"])
def test_what_cannot_be_written_is_refused_with_what_can(
    command: Sequence[str], name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, "-o", str(tmp_path / name)]) == 2
    err = capsys.readouterr().err
    assert "use .html, .htm, .svg" in err
    assert not list(tmp_path.iterdir())


def test_what_has_no_chart_is_no_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "certs", "-o", str(tmp_path / "x.svg")]) == 2
    assert "'.svg' files can't be written; use .html" in capsys.readouterr().err
    assert run(["list", "certs", "-o", str(tmp_path / "x.html")]) == 0
    assert "<table" in (tmp_path / "x.html").read_text("utf-8")


def test_an_estimate_has_one_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The one that a report has, but for how it was made."""
    pages = {name: tmp_path / f"{name}.html" for name in ("estimate", "report")}
    for name, page in pages.items():
        assert run([name, "--years", "4", "--as-of", "2026-11-23", "-o", str(page)]) == 0
    capsys.readouterr()
    estimate, report = (page.read_text("utf-8").partition("<footer>")[0] for page in pages.values())
    assert estimate == report


def test_a_report_is_no_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "-o", str(tmp_path / "x.json")]) == 2
    assert "'.json' files can't be written; use .html" in capsys.readouterr().err


def test_an_ending_and_another_format_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["whatif", "-o", str(tmp_path / "x.html"), "--format", "svg"]) == 2
    assert "ends like html, but the format is svg" in capsys.readouterr().err


def test_a_report_takes_offers_in_words_more_than_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "r.html"
    words = ["--offer", "VA GS-9/1 Denver", "--offer", "Mercy 66,500 Boise, ID"]
    assert run(["report", *words, "--role", "coder", "-o", str(file), "--as-of", "2026-11-23"]) == 0
    page = file.read_text("utf-8")
    assert "2 offers, ranked by" in page
    assert f"wrote {file} (html)" in capsys.readouterr().err
    assert run(["report", "--offer", "61000", *words, "-o", "-"]) == 2
    assert "an amount alone, '61000'" in capsys.readouterr().err
    assert run(["report", "--offer", "61000", "--years", "3", "-o", "-", "--as-of", "2026-11-23"]) == 0
    assert "61,000" in capsys.readouterr().out
