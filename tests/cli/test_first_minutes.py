"""What docs/first-five-minutes.md tells a new user to run works, in this order, in an empty folder."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.program import clean, ehrpay

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "first-five-minutes.md").read_text("utf-8")
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def test_the_commands_of_the_first_five_minutes_work(tmp_path: Path) -> None:
    commands = [line for block in BLOCK.findall(PAGE) for line in block.splitlines()]
    assert len(commands) > 4
    for command in commands:
        program, *args = shlex.split(command)
        assert program == "ehrpay"
        done = ehrpay(*args, env=clean(), cwd=tmp_path)
        assert done.returncode == 0, f"{command}: {done.stderr}"
    assert "<html" in (tmp_path / "offers.html").read_text("utf-8")


def test_the_readme_alone_leads_to_an_estimate_a_verdict_a_page_and_an_overlay() -> None:
    """What it names is run above, or where its screens are compared."""
    readme = (DOCS.parent / "README.md").read_text("utf-8")
    first, verdict, page, overlay, use = (
        readme.index(words)
        for words in (
            "ehrpay estimate --agency va --years 5 --cert rhit",
            "--offer 58000",
            "-o offers.html",
            "ehrpay rules init my-rules",
            "--rules my-rules",
        )
    )
    assert first < verdict < page < overlay < use


def test_the_links_of_the_docs_lead_somewhere() -> None:
    for page in DOCS.glob("*.md"):
        links = [link for link in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")) if "://" not in link]
        assert [link for link in links if not (DOCS / link).exists()] == [], page.name


def test_other_places_to_ask_cites_a_dated_page_for_each_of_its_notes() -> None:
    table, sources = (DOCS / "other-tools.md").read_text("utf-8").split("## Sources")
    listed = re.split(r"^\d+\. ", sources, flags=re.MULTILINE)[1:]
    assert {*map(int, re.findall(r"\[(\d+)\]\]\(#sources\)", table))} == {*range(1, len(listed) + 1)}
    for source in listed:
        assert re.search(r"\]\(https?://[^)]+\)", source)
        assert re.search(r"undated|\b20\d\d\b", source.lower())


def test_the_readme_first_command_ends_its_grade_with_a_whole_clause_at_80_columns(tmp_path: Path) -> None:
    command = shlex.split("estimate --agency va --years 5 --cert rhit --as-of 2026-11-23 --format table")
    done = ehrpay(*command, env=clean() | {"COLUMNS": "80"}, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    grade = " ".join(done.stdout.partition("\nGrade ")[2].partition("\nNext step")[0].split())
    assert grade.endswith("every grade held there in series 0675, up to what the years open")
