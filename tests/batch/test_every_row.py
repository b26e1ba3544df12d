"""Every row in is a row out or a row in errors, in order, whatever its cells; both engines write the same bytes."""

from __future__ import annotations

import csv
import functools
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ehrpay import load_rulebook
from ehrpay.batch.files import blocks
from ehrpay.batch.files.source import Input
from ehrpay.batch.job.reports import Target
from ehrpay.batch.job.request import Request
from ehrpay.batch.run import run
from ehrpay.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

    from ehrpay.batch.files.faults import Fault
    from ehrpay.batch.job.head import Head
    from ehrpay.domain.estimate.rulebook import Rulebook

COLUMNS = ("role", "years", "pay", "note")

NOTES = (
    "", " ", "x", "=1+1", "-5", "2,500.00", "- 5", "'=a", "@a", "é", "\x07", "\x1b[31m", "\u2028", "\x85", "\x7f",
    "a\nb", "a\r\nb", "a\rb", 'a"b', "\ufeff", "\t",
)  # fmt: skip
CELLS = st.sampled_from(("", "coder", "codr", "5", "5,5", "62,500.00", *NOTES)) | st.text(max_size=4)


class Quiet:
    """Keeps the bad rows."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, _: Head, fault: Fault) -> None:
        self.faults.append(fault)

    def warn(self, text: str) -> None: ...
    def columns(self, head: Head) -> None: ...
    def progress(self, rows: int, share: float | None = None) -> None: ...


@st.composite
def rosters(draw: st.DrawFn) -> str:
    """The text of a roster: good rows and bad ones, ragged and blank ones, quotes where they belong and elsewhere."""
    end = draw(st.sampled_from(("\n", "\r\n")))
    rows = [",".join(COLUMNS)]
    good = st.tuples(
        st.sampled_from(("coder", '"coder"', "codr", "")),
        st.sampled_from(("5", "", "abc")),
        st.sampled_from(("50000", '"62,500.00"', "", "-5")),
        CELLS,
    )
    for cells in draw(st.lists(good | st.lists(CELLS, max_size=6), max_size=6)):
        how = draw(st.sampled_from(("plain", "quoted", "as it is")))
        rows.append(",".join(as_typed(cell, how) for cell in cells))
    return end.join(rows) + draw(st.sampled_from((end, "")))


def as_typed(cell: str, how: str) -> str:
    """A cell as a file has it; a quote where it doesn't belong is left there."""
    if cell[:1] == '"' or how == "as it is":
        return cell
    odd = how == "quoted" or any(mark in cell for mark in ',"\r\n')
    return '"{}"'.format(cell.replace('"', '""')) if odd else cell


@functools.cache
def book() -> Rulebook:
    """The rules of a day, read once."""
    return load_rulebook("2026-11-28")


def priced(path: Path, engine: str, to: str = "csv") -> tuple[bytes, list[Fault], int] | str:
    """What one engine makes of a roster: the file, the bad rows, the count of all; or why it can't be read."""
    out, quiet = io.BytesIO(), Quiet()
    try:
        tally = run(load_rulebook(), Request(), [Input(str(path), "csv")], Target(out, to), engine, quiet)
    except DataError as error:
        return str(error)
    return out.getvalue(), quiet.faults, tally.rows


@given(rosters(), st.sampled_from((8, 60, 10_000)))
@example("role\r\n\r\ncoder\r\n", 10_000)
@example('role,note\ncoder,5\'10"\ncoder,"a,b"\ncoder,x\n', 8)
@example("role,years\n\ufeff,\n,5\n", 8)
@example('role,note\ncoder,"a\rb"\n,"\x1c"\n', 8)
@example("role,note\ncoder,,\ncoder\n", 10_000)
@example('role,note\ncoder\n"coder"x,a\n', 10_000)
def test_every_row_is_accounted_for_alike(
    tmp_path_factory: pytest.TempPathFactory, text: str, size: int
) -> None:
    path = tmp_path_factory.mktemp("roster") / "people.csv"
    path.write_bytes(text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "SIZE", size)
        by_rows, by_frames = priced(path, "rows"), priced(path, "polars")
        as_json = [priced(path, engine, "jsonl") for engine in ("rows", "polars")]
    assert by_rows == by_frames
    assert as_json[0] == as_json[1]
    if isinstance(by_rows, str):
        return
    written, faults, count = by_rows
    _, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    given_ = [cells for cells in rows if any(map(str.strip, cells))]
    bad = [list(fault.cells) for fault in faults]
    good = list(csv.reader(io.StringIO(written.decode(), newline=""), strict=True))[1:]
    assert len(given_) == count == len(good) + len(bad)
    # In order: what is left of the rows once the bad ones are taken away, one after the other.
    left = iter(bad)
    wrong = next(left, None)
    kept = []
    for cells in given_:
        if cells == wrong:
            wrong = next(left, None)
        else:
            kept.append(cells)
    assert [cells[0] for cells in kept] == [row[0] for row in good]
