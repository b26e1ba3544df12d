"""A big CSV file as frames, block by block: Polars reads a block only once it is proven plain.

Plain is: whole rows of as many cells as the header has, quotes only around whole cells, no line breaks in them, no
NUL. Any other block is read by Python's own strict reader, which names what is wrong.
"""

from __future__ import annotations

import io
from codecs import BOM_UTF8
from typing import IO, TYPE_CHECKING, Any

import numpy as np
import polars as pl

from ehrpay.batch.files.lines import DELIMITERS, MOST_CELL, block_rows
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from ehrpay.batch.files.lines import Line
    from ehrpay.batch.files.source import Input

SIZE = 16 * 2**20
"""Bytes of a block."""

NEWLINE, RETURN, BLANK, QUOTE = 10, 13, 32, 34
STARTS = np.isin(np.arange(256), list(b"=+-@\t\r"))
"""What makes a spreadsheet take a cell for a formula."""

BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
"""What Python strips from a text; Polars left alone strips less."""


class Block(NamedTuple):
    """Rows as a frame of texts, the number of each one's line, rows that are no rows, and whether cells need a look.

    A `doubtful` block has cells that a spreadsheet may take for formulas, or control characters. `values` are those of
    JSON rows whose columns are `names`.
    """

    frame: pl.DataFrame
    lines: NDArray[np.int64]
    wrong: Sequence[Line] = ()
    doubtful: bool = False
    values: Sequence[dict[str, Any] | None] | None = None
    names: Sequence[str] = ()


def blocks(source: Input, file: IO[bytes], names: Sequence[str], first: int) -> Iterator[Block]:
    """The rows after the header, whose line has the number `first`."""
    before, rest = first, b""
    while True:
        piece = file.read(SIZE)
        data = rest + piece
        if not data:
            return
        if not (piece or data.endswith(b"\n")):
            data += b"\n"
        end = data.rfind(b"\n") + 1
        frame, doubtful = _read(source, data[:end], names)
        if frame is None:
            block, rest, count = _slowly(source, _Lines(data, file), end, names, before)
            yield block
        else:
            rest, count = data[end:], frame.height
            yield _without_blanks(Block(frame, np.arange(before + 1, before + 1 + count), (), doubtful))
        before += count


def _read(source: Input, data: bytes, names: Sequence[str]) -> tuple[pl.DataFrame | None, bool]:
    """Whole rows as a frame, and whether it is doubtful; no frame for rows that are not plain."""
    # Polars leaves out a byte order mark wherever it begins to read.
    empty = not data or data.startswith(BOM_UTF8)
    doubtful = None if empty else _plain(data, ord(DELIMITERS[source.format]), len(names))
    if doubtful is None:
        return None, True
    try:
        frame = pl.read_csv(
            data,
            has_header=False,
            separator=DELIMITERS[source.format],
            schema=dict.fromkeys(names, pl.String),
            infer_schema=False,
        )
    except pl.exceptions.PolarsError:
        return None, True
    return frame, doubtful


class _Lines:
    """The lines of some bytes, and then of the file that they are from."""

    def __init__(self, data: bytes, file: IO[bytes]) -> None:
        self._held, self._file = io.BytesIO(data), file
        self.count = 0

    def readline(self, most: int) -> bytes:
        line = self._held.readline(most)
        if not line.endswith(b"\n") and len(line) < most:
            line += self._file.readline(most - len(line))
        self.count += bool(line)
        return line

    def place(self) -> int:
        return self._held.tell()

    def rest(self) -> bytes:
        return self._held.read()


def _slowly(
    source: Input, lines: _Lines, end: int, names: Sequence[str], before: int
) -> tuple[Block, bytes, int]:
    """Rows up to a place or just past it, the bytes after them, and how many lines they are."""
    rows: list[Line] = []
    wrong: list[Line] = []
    for line in block_rows(source, lines, len(names), before):
        (wrong if line.wrong else rows).append(line)
        if lines.place() >= end:
            break
    cells = zip(*(row.cells for row in rows), strict=True) if rows else [()] * len(names)
    frame = pl.DataFrame(
        [pl.Series(name, column, pl.String) for name, column in zip(names, cells, strict=True)]
    )
    block = Block(frame, np.array([row.number for row in rows], np.int64), wrong, doubtful=True)
    return block, lines.rest(), lines.count


def _without_blanks(block: Block) -> Block:
    """Without rows that have nothing but blanks, as at the end of many a spreadsheet."""
    first = block.frame.to_series(0).str.strip_chars(BLANKS)
    maybe = first.is_null() | (first == "")
    if not maybe.any():
        return block
    blank = pl.all_horizontal(pl.all().str.strip_chars(BLANKS).fill_null("") == "")
    kept = ~(maybe & block.frame.select(blank).to_series())
    return block._replace(frame=block.frame.filter(kept), lines=block.lines[kept.to_numpy()])


def _plain(data: bytes, separator: int, width: int) -> bool | None:
    """Whether a plain block is doubtful; None for one that is not plain."""
    bytes_ = np.frombuffer(data, np.uint8)
    low = np.flatnonzero(bytes_ < BLANK)
    kinds = bytes_[low]
    if (kinds == 0).any():
        return None
    ends = low[kinds == NEWLINE]
    returns = low[kinds == RETURN]
    if len(returns) and not (len(returns) == len(ends) and (returns + 1 == ends).all()):
        return None
    marked = bytes_ == separator
    if quoted := b'"' in data:
        quotes = np.flatnonzero(bytes_ == QUOTE)
        inside = np.cumsum(bytes_ == QUOTE, dtype=np.uint8) & 1
        if inside[ends].any() or not _well_quoted(bytes_, quotes, separator):
            return None
        marked &= inside == 0
    marks = np.flatnonzero(marked)
    if not _even(marks, ends, width, returns=len(returns) > 0):
        return None
    starts = bytes_[np.append(marks, ends[:-1]) + 1]
    if quoted:
        starts = np.append(starts, bytes_[np.minimum(quotes + 1, len(data) - 1)])
    control = len(low) - len(ends) - len(returns) - (len(marks) if separator < BLANK else 0)
    odd = STARTS.copy()
    odd[[RETURN, separator]] = False
    return bool(odd[starts].any() or odd[data[0]] or control or b"\x7f" in data or b"\xc2" in data)


def _even(marks: NDArray[np.int64], ends: NDArray[np.int64], width: int, *, returns: bool) -> bool:
    """Whether every row has one separator less than the header has columns, and no cell that is too long."""
    lengths = np.diff(ends, prepend=-1)
    if len(marks) != len(ends) * (width - 1) or lengths.max() > MOST_CELL:
        return False
    if width == 1:
        return bool(lengths.min() > 1 + returns)
    rows = marks.reshape(len(ends), width - 1)
    return bool((rows[:, -1] < ends).all() and (rows[1:, 0] > ends[:-1]).all())


def _well_quoted(data: NDArray[np.uint8], quotes: NDArray[np.int64], separator: int) -> bool:
    """Whether quotes open after a separator or a line break and close before one; doubled ones stand for one."""
    if len(quotes) % 2:
        return False
    opening, closing = quotes[::2], quotes[1::2]
    before = np.where(opening > 0, data[opening - 1], NEWLINE)
    after = data[np.minimum(closing + 1, len(data) - 1)]
    edges = np.isin(np.arange(256), [separator, NEWLINE, RETURN, QUOTE])
    edges_before = np.isin(np.arange(256), [separator, NEWLINE, QUOTE])
    doubled = np.append(closing[:-1] + 1 == opening[1:], False)
    good_before = edges_before[before] & ((before != QUOTE) | np.insert(doubled[:-1], 0, False))
    good_after = edges[after] & ((after != QUOTE) | doubled)
    return bool(good_before.all() and good_after.all())
