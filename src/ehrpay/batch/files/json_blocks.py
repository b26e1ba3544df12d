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

SIZE = 8 * 2**20
"""Bytes of a block."""

ROWS = 16_384
"""Rows that Python's reader reads at once: their values take much more memory than columns."""

NUMBER = r"0|-?[1-9][0-9]{0,9}|-?(?:0|[1-9][0-9]{0,9})\.(?:[0-9]{0,3}[1-9]|0)"
"""A number that Python writes as it reads it."""

VALUE = rf'(?:"[^"\\\x00-\x1f]*"|{NUMBER}|true|false|null)'


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
    gap = " " if data.startswith(f'{{"{names[0]}": '.encode()) else ""
    pattern = f",{gap}".join(f'"{re.escape(name)}":{gap}{VALUE}' for name in names)
    try:
        lines = lines_of(data)
        if len(lines) != data.count(b"\n") or lines.null_count():
            return None
        if not lines.str.contains(f"^\\{{{pattern}\\}}$").all():
            return None
        frame = _exact(data, len(lines), names, gap)
    except pl.exceptions.PolarsError:
        return None
    if frame is None:
        return None
    numbers = np.arange(before + 1, before + 1 + len(lines))
    return Block(frame.fill_null(""), numbers, (), doubtful=True, texts=lines, names=names)


def _exact(data: bytes, rows: int, names: Sequence[str], gap: str) -> pl.DataFrame | None:
    """The cells as the data has them; None where Polars would write a number in another way, 5.0 as 5 or 5 as 5.0."""
    marks = len("{}\n") + len(names) * len(f":{gap}") + (len(names) - 1) * len(f",{gap}")
    marks += sum(len(name.encode()) for name in names)
    as_texts, by_kind = dict.fromkeys(names, pl.String), None
    for schema in (by_kind, as_texts) if b".0," in data else (as_texts, by_kind):
        frame = pl.read_ndjson(data, schema=schema, infer_schema_length=1_000)
        frame = frame.with_columns(map(text_of, frame.get_columns()))
        own = frame.select(pl.all().str.len_bytes().sum()).sum_horizontal()[0]
        nulls = sum(frame.null_count().row(0)) * len("null")
        if own + nulls + data.count(b'"') + marks * rows == len(data):
            return frame
    return None


def _slowly(source: Input, data: bytes, names: list[str], before: int) -> Iterator[Block]:
    lines = json_lines(source, io.BytesIO(data), names, before)
    while some := list(islice(lines, ROWS)):
        texts = pl.Series([line.text for line in some if not line.wrong], dtype=pl.String)
        yield of_lines(some, names)._replace(texts=texts, names=names)
