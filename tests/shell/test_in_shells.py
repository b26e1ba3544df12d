"""Completion as each shell does it on a terminal; a shell that isn't installed is skipped."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import struct
import sys
import termios
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.program import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

SHELLS = {
    "bash": ("--noprofile", "--norc", "-i"),
    "zsh": ("-f", "-i"),
    "fish": ("--no-config", "-i"),
}
READ = {
    "bash": "source <(ehrpay completion bash)",
    "zsh": "source <(ehrpay completion zsh)",
    "fish": "ehrpay completion fish | source",
}
STUB = """#!/bin/sh
[ "$1" = completion ] && exec {real} "$@"
printf 'GOT'
printf ' <%s>' "$@"
echo .
"""
LISTS = {"bash": "\t\t", "zsh": "\t", "fish": "\t"}
"""The keys with which a shell lists what is possible."""

NEW_LINE = "\x15"
"""Ctrl-U: what was typed is gone."""

PATIENCE = 60
"""Seconds in which even a busy machine answers."""

OVERLAY = """\
adjustment: certification
levels:
  - id: zcert
    name: "Zeal $(touch hacked) `touch hacked` %F{red} 'Credential"
    aliases: []
    issuer: Nobody
    kind: core
    values:
      - {effective: 2021-05-01, factor: 1.11, low: 1.0, high: 1.2, basis: assumption, confidence: low,
         sources: [synthesis], review_by: 2027-12-31}
  - id: zcertb
    name: Second of two
    aliases: []
    issuer: Nobody
    kind: core
    values:
      - {effective: 2021-05-01, factor: 1.11, low: 1.0, high: 1.2, basis: assumption, confidence: low,
         sources: [synthesis], review_by: 2027-12-31}
"""


class Terminal:
    """A shell on a pseudo-terminal that has read its script."""

    def __init__(self, shell: str, folder: Path) -> None:
        home, bin_ = folder / "home", folder / "bin"
        rules = folder / "overlay" / "adjustments"
        for one in (home, bin_, rules):
            one.mkdir(parents=True)
        (rules.parent / "overlay.yaml").write_text("title: A test\nauthor: HR\nreference: none\n", "utf-8")
        (rules / "certification.yaml").write_text(OVERLAY, "utf-8")
        stub = bin_ / "ehrpay"
        stub.write_text(STUB.format(real=Path(sys.executable).parent / "ehrpay"), "utf-8")
        stub.chmod(0o755)
        env = clean(TERM="xterm", HOME=str(home), EHRPAY_RULES=str(rules.parent), LANG="C.UTF-8")
        env |= {"PATH": f"{bin_}{os.pathsep}{env['PATH']}"}
        program = shutil.which(shell)
        assert program
        self.pid, self.side = pty.fork()
        if self.pid == 0:
            os.chdir(home)
            os.execve(program, [shell, *SHELLS[shell]], env)  # noqa: S606
        fcntl.ioctl(self.side, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 100, 0, 0))
        self.home, self.seen, self.lists = home, "", LISTS[shell]
        self.type(f"{READ[shell]}\recho re''ady\r")
        self.until("ready")

    def type(self, text: str) -> None:
        """Keys as a person presses them."""
        os.write(self.side, text.encode())

    def until(self, text: str) -> str:
        """What the terminal shows up to a text."""
        while text not in self.seen:
            ready, _, _ = select.select([self.side], [], [], PATIENCE)
            part = os.read(self.side, 65_536) if ready else b""
            assert part, f"no {text!r} in {self.seen!r}"
            self.seen += re.sub(
                r"\x1b(\[[0-9;?]*[A-Za-z]|[=>()][0B]?|\][^\x07]*\x07)", "", part.decode("utf-8", "replace")
            )
        before, found, self.seen = self.seen.partition(text)
        return before + found

    def close(self) -> None:
        os.close(self.side)
        os.waitpid(self.pid, 0)


@pytest.fixture(params=SHELLS, scope="module")
def terminal(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    if shutil.which(request.param) is None:
        pytest.skip(f"no {request.param} here")
    one = Terminal(request.param, tmp_path_factory.mktemp("shell"))
    yield one
    one.close()


@pytest.mark.parametrize(
    ("keys", "run"),
    [
        ("ehrpay whe\t", "<where>"),
        ("ehrpay estimate --expl\t", "<estimate> <--explain>"),
        ("ehrpay list age\t", "<list> <agencies>"),
        ("ehrpay estimate -a v\t", "<estimate> <-a> <va>"),
        ("ehrpay estimate --agency=v\t", "<estimate> <--agency=va>"),
        ("ehrpay estimate --location albuq\t", "<estimate> <--location> <Albuquerque, NM>"),
        ('ehrpay where "albuquerque, n\t', "<where> <Albuquerque, NM>"),
        ("ehrpay rules val\t", "<rules> <validate>"),
        ("ehrpay rules show agency.v\t", "<rules> <show> <agency.va>"),
        ("ehrpay whatif --set degree=bach\t", "<whatif> <--set> <degree=bachelor>"),
        ("ehrpay ladder --vs cert+=rhia\t", "<ladder> <--vs> <cert+=rhia>"),
        ("ehrpay compare letter\t", "<compare> <letter.yaml>"),
    ],
)
def test_a_tab_completes_what_is_typed(terminal: Terminal, keys: str, run: str) -> None:
    (terminal.home / "letter.yaml").touch()
    terminal.type(f"{keys}\r")
    assert f"GOT {run}." in terminal.until(">.")


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_list_shows_values_with_their_names(terminal: Terminal, quote: str) -> None:
    terminal.type(f"ehrpay estimate --cert {quote}rhi{terminal.lists}")
    shown = terminal.until("rhit") + terminal.until("Technician")
    assert re.search(r"rhi[ta]\W+Registered Health Information (Technician|Administrator)", shown)
    terminal.type(NEW_LINE)


def test_no_shell_runs_what_stands_in_a_name(terminal: Terminal) -> None:
    terminal.type(f"ehrpay estimate --cert zcert{terminal.lists}")
    assert "Zeal (touch hacked) touch hacked %F" in terminal.until("Second of two")
    terminal.type(f"{NEW_LINE}ehrpay estimate --cert zcertb\t\r")
    assert "GOT <estimate> <--cert> <zcertb>." in terminal.until(">.")
    assert not list(terminal.home.rglob("hacked"))
