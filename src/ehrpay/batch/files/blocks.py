"""A big CSV file as frames, block by block: Polars reads a block only once it is proven plain.

Plain is: whole rows of as many cells as the header has, quotes only around whole cells, no line breaks in them, no
NUL. Any other block is read by Python's own strict reader, which names what is wrong.
"""

from __future__ import annotations

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
    while piece := file.read(SIZE):
        data = rest + piece
        end = _end(data)
        if end == 0:
            rest = data
            if len(rest) > SIZE + MOST_CELL * len(names):
                yield from _slowly(source, rest, names, before)
            continue
        block, rest = data[:end], data[end:]
        yield from _block(source, block, names, before)
        before += block.count(b"\n")
    if rest.strip(b"\r\n"):
        yield from _block(source, rest if rest.endswith(b"\n") else rest + b"\n", names, before)


def _end(data: bytes) -> int:
    """Where the last whole row ends: at the last line break with an even number of quotes before it."""
    end = data.rfind(b"\n") + 1
    while end and data.count(b'"', 0, end) % 2:
        end = data.rfind(b"\n", 0, end - 1) + 1
    return end


def _block(source: Input, data: bytes, names: Sequence[str], before: int) -> Iterator[Block]:
    doubtful = _plain(data, ord(DELIMITERS[source.format]), len(names))
    if doubtful is not None:
        try:
            frame = pl.read_csv(
                data,
                has_header=False,
                separator=DELIMITERS[source.format],
                schema=dict.fromkeys(names, pl.String),
                infer_schema=False,
            )
        except pl.exceptions.PolarsError:
            doubtful = None
        else:
            yield Block(frame, np.arange(before + 1, before + 1 + frame.height), (), doubtful)
            return
    yield from _slowly(source, data, names, before)


def _slowly(source: Input, data: bytes, names: Sequence[str], before: int) -> Iterator[Block]:
    rows: list[Line] = []
    wrong: list[Line] = []
    for line in block_rows(source, data, len(names), before):
        (wrong if line.wrong else rows).append(line)
    cells = zip(*(row.cells for row in rows), strict=True) if rows else [()] * len(names)
    frame = pl.DataFrame(
        [pl.Series(name, column, pl.String) for name, column in zip(names, cells, strict=True)]
    )
    yield Block(frame, np.array([row.number for row in rows], np.int64), wrong, doubtful=True)


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
    if not _even(marks, ends, width):
        return None
    starts = bytes_[np.append(marks, ends[:-1]) + 1]
    if quoted:
        starts = np.append(starts, bytes_[np.minimum(quotes + 1, len(data) - 1)])
    control = len(low) - len(ends) - len(returns) - (len(marks) if separator < BLANK else 0)
    odd = STARTS.copy()
    odd[[RETURN, separator]] = False
    return bool(odd[starts].any() or odd[data[0]] or control or b"\x7f" in data or b"\xc2" in data)


def _even(marks: NDArray[np.int64], ends: NDArray[np.int64], width: int) -> bool:
    """Whether every row has one separator less than the header has columns."""
    if len(marks) != len(ends) * (width - 1):
        return False
    if width == 1:
        return bool((np.diff(ends, prepend=-1) > 1).all())
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
