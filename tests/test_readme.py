"""Console blocks of README and docs show what the program prints; `pytest --update-snapshots` writes them anew."""

from __future__ import annotations

import importlib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.program import clean, ehrpay

TOP = Path(__file__).parents[1]
README = TOP / "README.md"
PAGES = sorted(
    path for path in (README, *(TOP / "docs").glob("*.md")) if "```console\n" in path.read_text("utf-8")
)
MOST_LINES = 150
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


ENV = clean(COLUMNS="80", NO_COLOR="1", PYTHONIOENCODING="utf-8")
ENV["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{ENV['PATH']}"


def printed(command: str) -> str:
    """What a command line shows on 80 columns; only what stands behind a pipe needs a shell."""
    first, pipe, rest = command.partition("|")
    args = shlex.split(first)
    if pipe and args[:1] != ["ehrpay"]:
        return shown_by_shell(command)
    shaped = pipe or {"--format", "--brief"} & {*args}
    found = ehrpay(*args[1:], *(() if shaped else ("--format", "table")), env=ENV)
    assert found.stderr == ""
    return shown_by_shell(rest, found.stdout) if pipe else found.stdout


def shown_by_shell(command: str, text: str = "") -> str:
    """What a command line of a shell shows for some input."""
    done = subprocess.run(  # noqa: S602 - our README
        command,
        shell=True,
        env=ENV,
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    return done.stdout


def renewed(block: re.Match[str]) -> str:
    """A console block with its commands' output as it is today."""
    commands = [line for line in block[1].splitlines() if line.startswith("$ ")]
    body = "\n".join(f"{command}\n{printed(command[2:])}".rstrip() + "\n" for command in commands)
    return f"```console\n{body}```"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_shows_real_output(page: Path, request: pytest.FixtureRequest) -> None:
    """Every console block is what its commands print."""
    text = page.read_text("utf-8")
    fresh = BLOCK.sub(renewed, text)
    if request.config.getoption("--update-snapshots"):
        page.write_text(fresh, "utf-8")
    assert page.read_text("utf-8") == fresh


def test_the_readme_is_short_and_its_links_lead_somewhere() -> None:
    text = README.read_text("utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    assert links
    assert [link for link in links if not (TOP / link).exists()] == []


def test_the_picture_shows_what_the_command_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(TOP / "tools"))
    picture = importlib.import_module("picture")
    assert picture.PICTURE.read_text("utf-8") == picture.picture()


def test_the_python_block_runs() -> None:
    """The API example in the README works as it stands."""
    block = re.search(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert block
    found = subprocess.run([sys.executable, "-c", block[1]], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    assert len(found.stdout.splitlines()) > 2
