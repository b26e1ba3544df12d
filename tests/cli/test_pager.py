"""An answer longer than the terminal goes through a pager, and nothing else does."""

from __future__ import annotations

import os
import pty
import sys
from typing import TYPE_CHECKING

import pytest

from ehrpay.cli import pager

if TYPE_CHECKING:
    from pathlib import Path

LONG = "".join(f"line {n}\n" for n in range(40))
SCRIPT = """
import sys
from ehrpay.cli.pager import paged
text = "".join(f"line {n}\\n" for n in range(int(sys.argv[1])))
if not paged(text):
    sys.stdout.write(text)
"""


def seen(lines: int, **env: str) -> str:
    """What a terminal of 24 lines shows of so many lines."""
    return on_a_terminal("-c", SCRIPT, str(lines), **env)


def on_a_terminal(*args: str, **env: str) -> str:
    """What a terminal shows of a program in Python that ends well."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execve(sys.executable, [sys.executable, *args], os.environ | env)  # noqa: S606
    shown = b""
    while True:
        try:
            part = os.read(terminal, 4_096)
        except OSError:  # Linux says so that the other side is closed
            break
        if not part:
            break
        shown += part
    os.close(terminal)
    assert os.waitpid(pid, 0)[1] == 0
    return shown.decode().replace("\r\n", "\n")


@pytest.fixture
def sed(tmp_path: Path) -> str:
    """A pager that marks what it is given."""
    script = tmp_path / "mark"
    script.write_text("#!/bin/sh\nsed 's/^/> /'\n", "utf-8")
    script.chmod(0o755)
    return str(script)


def test_an_answer_longer_than_the_terminal_is_paged(sed: str) -> None:
    env = {"PAGER": sed, "LINES": "24", "COLUMNS": "80", "TERM": "xterm"}
    assert seen(40, **env) == LONG.replace("line", "> line")
    assert seen(23, **env) == "".join(f"line {n}\n" for n in range(23))


def test_who_leaves_the_pager_early_sees_no_error() -> None:
    shown = seen(20_000, PAGER="head -n 1", LINES="24", COLUMNS="80", TERM="xterm")
    assert shown == "line 0\n"
    env = {"PAGER": "head -n 1", "LINES": "24", "COLUMNS": "80", "TERM": "xterm"}
    assert on_a_terminal("-m", "ehrpay", "list", "areas", "--json", **env) == "{\n"


def test_ctrl_c_is_left_to_the_pager(tmp_path: Path) -> None:
    """As with git: who ends before the pager does leaves it alone with a terminal that the shell reads, too."""
    script = tmp_path / "interrupting"
    script.write_text("#!/bin/sh\nkill -INT $PPID\nsed 's/^/> /'\n", "utf-8")
    script.chmod(0o755)
    env = {"PAGER": str(script), "LINES": "5", "COLUMNS": "80", "TERM": "xterm"}
    shown = on_a_terminal("-m", "ehrpay", "list", "roles", "--format", "plain", **env)
    assert len(shown.splitlines()) > 5
    assert all(line.startswith("> ") for line in shown.splitlines())


@pytest.mark.parametrize("asked", ["", "cat", "no-such-pager-anywhere", "'unclosed", " "])
def test_no_pager_is_used_where_none_is_wanted_or_there(asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", asked)
    monkeypatch.setenv("TERM", "xterm")
    assert pager.command() == []


def test_a_dumb_terminal_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", "sh -c true")
    monkeypatch.setenv("TERM", "dumb")
    assert pager.command() == []
    monkeypatch.setenv("TERM", "xterm")
    assert pager.command() == ["sh", "-c", "true"]


def test_a_pipe_is_never_paged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", "sh -c true")
    assert not pager.is_long(LONG)
    assert not pager.paged(LONG)


def test_no_pager_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`--no-pager` on the command line, on what would be a terminal."""
    from ehrpay.cli.main import run

    def never(_: str) -> bool:
        msg = "paged"
        raise AssertionError(msg)

    monkeypatch.setattr(pager, "paged", never)
    assert run(["list", "roles", "--no-pager"]) == 0
    assert capsys.readouterr().out.count("\n") > 10
