"""A big CSV file as frames, block by block: Polars reads a block only once it is proven plain.

Plain is: whole rows of as many cells as the header has, quotes only around whole cells, no line breaks in them, no
NUL. Any other block is read by Python's own strict reader, which names what is wrong.
"""

from __future__ import annotations

import io
from codecs import BOM_UTF8
from typing import IO, TYPE_CHECKING

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
BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
"""What Python strips from a text; Polars left alone strips less."""


class Block(NamedTuple):
    """Rows as a frame of texts, the number of each one's line, rows that are no rows, and whether cells need a look.

    A `doubtful` block may have cells that a spreadsheet takes for formulas, control characters, or empty texts in place
    of none. `names` are its own columns where it is of a text file, which has no nulls; `texts` those of JSON rows.
    """

    frame: pl.DataFrame
    lines: NDArray[np.int64]
    wrong: Sequence[Line] = ()
    doubtful: bool = False
    texts: pl.Series | None = None
    names: Sequence[str] = ()


class _Marks(NamedTuple):
    """The rows of a block, its bytes beside cells and separators, and how many control characters and tabs it has.

    `twice` is true where a quote stands right after another.
    """

    rows: int
    size: int
    low: int
    twice: bool


def blocks(source: Input, file: IO[bytes], names: Sequence[str], first: int) -> Iterator[Block]:
    """The rows after the header, whose line has the number `first`."""
    before, rest = first, b""
    while True:
        piece = file.read(SIZE) + file.readline(MOST_CELL)
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
    separator, width = DELIMITERS[source.format], len(names)
    # Polars leaves out a byte order mark wherever it begins to read.
    empty = not data or data.startswith(BOM_UTF8)
    marks = None if empty or b"\0" in data else _marks(data, ord(separator))
    if marks is None:
        return None, True
    separators = (width - 1) * marks.rows
    try:
        frame = pl.read_csv(
            data,
            has_header=False,
            separator=separator,
            schema=dict.fromkeys(names, pl.String),
            infer_schema=False,
        )
    except pl.exceptions.PolarsError:
        return None, True
    lengths = pl.all().str.len_bytes()
    own = frame.select(lengths.sum()).sum_horizontal()[0]
    longest = frame.select(lengths.max().fill_null(0)).max_horizontal()[0]
    # A row too short or too long leaves out bytes, or has some that are nobody's.
    if frame.height != marks.rows or own + marks.size + separators != len(data) or longest > MOST_CELL:
        return None, True
    low = marks.low > (separators if separator == "\t" else 0)
    return frame, low or marks.twice or _may_be_formulas(frame, data)


def _may_be_formulas(frame: pl.DataFrame, data: bytes) -> bool:
    """Whether any cell begins as a formula does."""
    starts = [
        pl.any_horizontal(pl.all().str.starts_with(mark).any()) for mark in "=+-@" if mark.encode() in data
    ]
    return any(frame.select(start).item() for start in starts)


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
    found: list[Line] = []
    for line in block_rows(source, lines, len(names), before):
        found.append(line)
        if lines.place() >= end:
            break
    return of_lines(found, names), lines.rest(), lines.count


def of_lines(lines: Sequence[Line], names: Sequence[str]) -> Block:
    """Lines that were read one by one, as a block."""
    rows = [line for line in lines if not line.wrong]
    cells = zip(*(row.cells for row in rows), strict=True) if rows else [()] * len(names)
    columns = [pl.Series(name, column, pl.String) for name, column in zip(names, cells, strict=True)]
    return Block(
        frame=pl.DataFrame(columns),
        lines=np.array([row.number for row in rows], np.int64),
        wrong=[line for line in lines if line.wrong],
        doubtful=True,
    )


def _without_blanks(block: Block) -> Block:
    """Without rows that have nothing but blanks, as at the end of many a spreadsheet."""
    first = block.frame.to_series(0).str.strip_chars_start(BLANKS)
    maybe = first.is_null() | (first == "")
    if not maybe.any():
        return block
    blank = pl.all_horizontal(pl.all().str.strip_chars(BLANKS).fill_null("") == "")
    kept = ~(maybe & block.frame.select(blank).to_series())
    return block._replace(frame=block.frame.filter(kept), lines=block.lines[kept.to_numpy()])


def _marks(data: bytes, separator: int) -> _Marks | None:
    """What a plain block has beside its cells and separators; None for one that can't be plain."""
    bytes_ = np.frombuffer(data, np.uint8)
    places = np.flatnonzero((bytes_ == NEWLINE) | (bytes_ == QUOTE))
    quote = bytes_[places] == QUOTE
    newlines, quotes = np.flatnonzero(~quote), places[quote]
    rows = len(newlines)
    returns = data.count(b"\r") if b"\r" in data else 0
    if returns and not returns == rows == data.count(b"\r\n"):
        return None
    # Where a line ends in a cell, an odd number of quotes stands before its end.
    if ((newlines - np.arange(rows)) & 1).any():
        return None
    doubled = _doubled(bytes_, quotes, separator)
    if doubled is None:
        return None
    low = int(np.count_nonzero(bytes_ < BLANK)) - rows - returns + (b"\x7f" in data) + (b"\xc2" in data)
    twice = bool((np.diff(quotes) == 1).any())
    return _Marks(rows, rows + returns + len(quotes) - doubled, low, twice)


def _doubled(data: NDArray[np.uint8], quotes: NDArray[np.int64], separator: int) -> int | None:
    """How many quotes are written twice; None where others do not stand around a whole cell."""
    if len(quotes) % 2:
        return None
    opening, closing = quotes[::2], quotes[1::2]
    before = np.where(opening > 0, data[opening - 1], NEWLINE)
    after = data[np.minimum(closing + 1, len(data) - 1)]
    alone_before = (before == separator) | (before == NEWLINE)
    alone_after = (after == separator) | (after == NEWLINE) | (after == RETURN)
    if alone_before.all() and alone_after.all():
        return 0
    doubled = np.append(closing[:-1] + 1 == opening[1:], False)
    good_before = alone_before | np.insert(doubled[:-1], 0, False)
    return int(doubled.sum()) if good_before.all() and (alone_after | doubled).all() else None
