"""Parquet files as frames of rows, in their order."""

from __future__ import annotations

import json
from datetime import time
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from ehrpay.batch.files.blocks import Block
from ehrpay.batch.files.source import Meter
from ehrpay.errors import DataError, InputError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.batch.files.source import Input

BROKEN = pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError
"""What Polars raises of a file; it panics at a time zone that is an offset, such as +05:30."""

MIDNIGHT = time()

FEW = 10_000
"""Rows read at a time where each cell is wanted as text."""


def blocks(source: Input, rows: int, meter: Meter) -> tuple[Sequence[str], Iterator[Block]]:
    """The names of the columns, and so many rows at a time. DataError (65) for a file that is not Parquet."""
    try:
        scan = pl.scan_parquet(source.path, glob=False, hive_partitioning=False)
        names = scan.collect_schema().names()
        count = scan.select(pl.len()).collect().item()
    except BROKEN as error:
        raise _unreadable(source, error) from error
    return names, _blocks(source, scan, rows, source.size / max(1, count), meter)


def _blocks(source: Input, scan: pl.LazyFrame, rows: int, size: float, meter: Meter) -> Iterator[Block]:
    done = 0
    try:
        for frame in scan.collect_batches(chunk_size=rows, maintain_order=True):
            if frame.height:
                yield Block(frame, np.arange(done + 1, done + 1 + frame.height), doubtful=True)
                done += frame.height
                meter.add(size * frame.height)
        if not done:
            yield Block(pl.DataFrame(schema=scan.collect_schema()), np.arange(0))
    except BROKEN as error:
        raise _unreadable(source, error) from error


def _unreadable(source: Input, error: BaseException) -> DataError | InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(f"cannot read {shown(source.name)}: file not found")
    return DataError(f"{source.name}: not a Parquet file that can be read: {str(error).splitlines()[0]}")


def texts(source: Input) -> Iterator[tuple[int, Sequence[str]]]:
    """The header, then the rows as texts, numbered from 1."""
    names, found = blocks(source, FEW, Meter([source]))
    yield 0, names
    for block in found:
        yield from zip(block.lines.tolist(), cells_of(block.frame), strict=True)


def cells_of(frame: pl.DataFrame) -> Iterator[list[str]]:
    """The texts of each row; an empty one where it has no value."""
    for row in frame.with_columns(text_of(column) for column in frame.get_columns()).iter_rows():
        yield [text or "" for text in row]


def text_of(column: pl.Series) -> pl.Series:
    """A column as text; of a list its parts with `;` between them, of a time at midnight its date."""
    if column.dtype == pl.String:
        return column
    try:
        if isinstance(column.dtype, pl.Datetime):
            day = column.dt.date().cast(pl.String)
            return day.zip_with((column.dt.time() == MIDNIGHT).fill_null(value=False), column.cast(pl.String))
        if isinstance(column.dtype, (pl.List, pl.Array)):
            return column.cast(pl.List(pl.String)).list.join(";")
        if not isinstance(column.dtype, pl.Struct):
            return column.cast(pl.String)
    except pl.exceptions.PolarsError:
        pass
    return pl.Series(column.name, map(_written_out, column), pl.String)


def _written_out(value: Any) -> str | None:
    """A value that has no plain text: bytes by their digits, whatever has parts as JSON."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (pl.Series, dict)):
        parts = value if isinstance(value, dict) else value.to_list()
        return json.dumps(parts, ensure_ascii=False, default=str)
    return None if value is None else str(value)
