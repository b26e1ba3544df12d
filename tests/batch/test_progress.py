"""On a terminal a long run shows how far it is, how fast, and how long it will take; elsewhere nothing of it."""

from __future__ import annotations

import io
import itertools
import re
from contextlib import chdir, redirect_stderr
from typing import TYPE_CHECKING

import polars as pl
import pytest

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
