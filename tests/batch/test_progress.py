"""On a terminal a long run shows how far it is, how fast, and how long it will take; elsewhere nothing of it."""

from __future__ import annotations

import io
import itertools
import os
import pty
import re
import subprocess
import sys
from contextlib import chdir, redirect_stderr, suppress
from typing import TYPE_CHECKING

import polars as pl
import pytest
from tests.program import clean

from ehrpay.batch.engines import rowed
from ehrpay.batch.files import source
from ehrpay.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

LINE = re.compile(r"\r\x1b\[K *([0-9]+)% ([0-9,]+) rows, ([0-9,]+) a second, ([0-9]+):([0-9]{2}) left")


class Terminal(io.StringIO):
    """A screen, or a file where `tty` is false."""

    tty = True

    def isatty(self) -> bool:
        return self.tty


def shown(folder: Path, terminal: Terminal, *args: str) -> str:
    """What a run writes to standard error, on a clock that goes on by half a second at each look."""
    clock = itertools.count(0, 0.5)
    with pytest.MonkeyPatch.context() as patch, chdir(folder), redirect_stderr(terminal):
        patch.setattr("ehrpay.cli.roster.console.time.monotonic", lambda: next(clock))
        assert run(["batch", *args, "-o", "pay.csv", "--summary", "none", "--force"]) == 0
    return terminal.getvalue()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A roster of many rows in every form, read in small pieces."""
    rows = 4_000
    monkeypatch.setattr(source, "PIECE", 1024)
    monkeypatch.setattr(rowed, "EVERY", 200)
    (tmp_path / "people.csv").write_text("role,years\n" + "coder,5\n" * rows, "utf-8")
    pl.read_csv(tmp_path / "people.csv").write_parquet(tmp_path / "people.parquet")
    return tmp_path


def test_rows_rate_and_time_left_are_shown(folder: Path) -> None:
    found = LINE.findall(shown(folder, Terminal(), "people.csv", "--engine", "rows"))
    assert len(found) >= 10
    shares = [int(line[0]) for line in found]
    assert shares == sorted(shares)
    assert shares[-1] == 100
    half = next(line for line in found if int(line[0]) >= 50)
    assert half[1] in {"2,000", "2,200"}
    assert 0 < int(half[3]) * 60 + int(half[4]) < 20


@pytest.mark.parametrize("name", ["people.csv", "people.parquet"])
def test_frames_show_it_too(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ehrpay.batch.engines import framed
    from ehrpay.batch.files import blocks

    monkeypatch.setattr(blocks, "SIZE", 4_000)
    monkeypatch.setattr(framed, "ROWS", 400)
    found = LINE.findall(shown(folder, Terminal(), name, "--engine", "polars"))
    assert found
    assert found[-1][:2] == ("100", "4,000")


def test_a_stream_has_no_time_left(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.TextIOWrapper(io.BytesIO((folder / "people.csv").read_bytes()))
    monkeypatch.setattr("sys.stdin", data)
    text = shown(folder, Terminal(), "-")
    assert re.search(r"\x1b\[K1,000 rows, [0-9,]+ a second\r", text)
    assert "left" not in text


def test_nothing_is_shown_where_no_one_looks(folder: Path) -> None:
    quiet = Terminal()
    quiet.tty = False
    assert shown(folder, quiet, "people.csv") == ""


AT_ONCE = "from ehrpay.cli.roster import console as c; c.LEAST = c.EVERY = 0; from ehrpay.cli.main import main; main()"
"""The program, on whose screen progress shows from the first row on, however fast the machine is."""


@pytest.mark.slow
def test_a_real_terminal_shows_it_and_standard_output_stays_clean(tmp_path: Path) -> None:
    rows = 3_000
    (tmp_path / "a.csv").write_text("role,years\n" + "coder,5\n" * rows, "utf-8")
    args = ["batch", "a.csv", "-o", "-", "--engine", "rows", "--summary", "none"]
    screen, theirs = pty.openpty()
    with (tmp_path / "out.csv").open("wb") as out:
        child = subprocess.Popen(
            [sys.executable, "-c", AT_ONCE, *args],
            stdout=out,
            stderr=theirs,
            env=clean(TERM="xterm"),
            cwd=tmp_path,
        )
    os.close(theirs)
    told = b""
    with suppress(OSError):  # Linux ends a terminal that no one writes to any more with an error
        while more := os.read(screen, 4096):
            told += more
    os.close(screen)
    assert child.wait() == 0
    found = LINE.findall(told.decode())
    assert [line[1] for line in found][:2] == ["1,000", "2,000"]
    assert found[-1][0] == "100"
    lines = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert len(lines) == rows + 1
    assert len({*lines[1:]}) == 1
    assert re.fullmatch(r"coder,5(,[0-9]+){3},market,,,medium", lines[1])
