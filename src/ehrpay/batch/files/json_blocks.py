"""JSON Lines as frames, block by block: Polars reads a block only once every line is proven plain.

Plain is: the names of the first line in their order, each with a number, true, false, null, or a text without
backslashes. Any other block is read by Python's own reader, which names what is wrong.
"""

from __future__ import annotations

import io
import re
from itertools import islice
from typing import IO, TYPE_CHECKING

import numpy as np
import polars as pl

from ehrpay.batch.files.blocks import Block, of_lines
from ehrpay.batch.files.lines import MOST_LINE, json_lines
from ehrpay.batch.files.parquet import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.batch.files.lines import Rows
    from ehrpay.batch.files.source import Input

    Kinds = dict[str, type[pl.DataType]]

SIZE = 8 * 2**20
"""Bytes of a block."""

ROWS = 16_384
"""Rows that Python's reader reads at once: their values take much more memory than columns."""

TEXT = r'"[^"\\\x00-\x1f]*"'
WHOLE = r"0|-?[1-9][0-9]{0,9}"
HALVES = r"-?(?:0|[1-9][0-9]{0,9})\.[0-9]{0,3}[1-9]"
VALUES = {
    pl.String: rf"(?:{TEXT}|{WHOLE}|{HALVES}|true|false|null)",
    pl.Float64: rf"(?:{HALVES}|-?(?:0|[1-9][0-9]{{0,9}})\.0|null)",
}
"""What Polars writes as Python does, by the type it reads: as a text 5.0 would be 5, as a float 5 would be 5.0."""


def blocks(source: Input, file: IO[bytes], rows: Rows) -> Iterator[Block]:
    """The rows of a file whose first line is read already."""
    names, before, lines = rows
    rest = "".join(f"{line.text}\n" for line in islice(lines, 1)).encode()
    while data := rest + file.read(SIZE) + file.readline(MOST_LINE):
        rest = b""
        block = plain(data, names, before)
        if block is None:
            yield from _slowly(source, data, names, before)
        else:
            yield block
        before += data.count(b"\n")


def lines_of(data: bytes) -> pl.Series:
    """Lines of text as a column, without their ends."""
    return pl.read_csv(
        data,
        has_header=False,
        separator="\x01",
        quote_char=None,
        schema={"line": pl.String},
        infer_schema=False,
    ).to_series()


def plain(data: bytes, names: Sequence[str], before: int) -> Block | None:
    """Whole lines as a block; None where a line is not plain. `before` is how many lines came before."""
    try:
        lines = lines_of(data)
        # Beside lines without a text, Polars leaves out byte order marks and carriage returns.
        if lines.null_count() or lines.str.len_bytes().sum() + len(lines) != len(data):
            return None
        kinds = next((kinds for kinds in _kinds(data, names) if _are_all(lines, kinds)), None)
        if kinds is None:
            return None
        frame = pl.read_ndjson(data, schema=kinds)
    except pl.exceptions.PolarsError:
        return None
    frame = frame.select(map(text_of, frame.get_columns())).fill_null("")
    return Block(frame, np.arange(before + 1, before + 1 + len(lines)), (), doubtful=True, texts=lines)


def _kinds(data: bytes, names: Sequence[str]) -> Iterator[Kinds]:
    """What columns may be read as: those of floats as such where any value looks like 5.0, or all as texts."""
    if b".0" in data:
        found = pl.scan_ndjson(data, infer_schema_length=1_000).collect_schema()
        floats = {name for name, kind in found.items() if kind == pl.Float64}
        yield {name: pl.Float64 if name in floats else pl.String for name in names}
    yield dict.fromkeys(names, pl.String)


def _are_all(lines: pl.Series, kinds: Kinds) -> bool:
    """Whether all lines have the names in their order, each with a value of its kind."""
    gap = " " if lines[0].startswith(f'{{"{next(iter(kinds))}": ') else ""
    values = (f'"{re.escape(name)}":{gap}{VALUES[kind]}' for name, kind in kinds.items())
    return lines.str.contains(f"^\\{{{f',{gap}'.join(values)}\\}}$").all()


def _slowly(source: Input, data: bytes, names: list[str], before: int) -> Iterator[Block]:
    lines = json_lines(source, io.BytesIO(data), names, before)
    while some := list(islice(lines, ROWS)):
        texts = pl.Series([line.text for line in some if not line.wrong], dtype=pl.String)
        yield of_lines(some, names)._replace(texts=texts)
