"""Parquet files as frames of rows, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from ehrpay.batch.files.blocks import Block
from ehrpay.batch.files.source import Meter
from ehrpay.errors import DataError, InputError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.batch.files.source import Input

FEW = 10_000
"""Rows read at a time where each cell is wanted as text."""


def blocks(source: Input, rows: int, meter: Meter) -> tuple[Sequence[str], Iterator[Block]]:
    """The names of the columns, and so many rows at a time. DataError (65) for a file that is not Parquet."""
    try:
        scan = pl.scan_parquet(source.path, glob=False, hive_partitioning=False)
        names = scan.collect_schema().names()
        count = scan.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _unreadable(source, error) from error
    return names, _blocks(source, scan.collect_batches(chunk_size=rows, maintain_order=True), count, meter)


def _blocks(source: Input, frames: Iterator[pl.DataFrame], count: int, meter: Meter) -> Iterator[Block]:
    done, size = 0, source.size / max(1, count)
    try:
        for frame in frames:
            if frame.height:
                yield Block(frame, np.arange(done + 1, done + 1 + frame.height), doubtful=True)
                done += frame.height
                meter.add(size * frame.height)
    except pl.exceptions.PolarsError as error:
        raise _unreadable(source, error) from error


def _unreadable(source: Input, error: Exception) -> DataError | InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(f"cannot read {shown(source.name)}: file not found")
    return DataError(f"{source.name}: not a Parquet file that can be read: {str(error).splitlines()[0]}")


def texts(source: Input) -> Iterator[tuple[int, Sequence[str]]]:
    """The header, then the rows as texts, numbered from 1."""
    names, found = blocks(source, FEW, Meter([source]))
    yield 0, names
    for block in found:
        rows = block.frame.with_columns(text_of(column) for column in block.frame.get_columns()).iter_rows()
        for number, row in zip(block.lines.tolist(), rows, strict=True):
            yield number, [text or "" for text in row]


def text_of(column: pl.Series) -> pl.Series:
    """A column as text; of a list its parts with `;` between them."""
    if column.dtype == pl.String:
        return column
    if isinstance(column.dtype, (pl.List, pl.Array)):
        return column.cast(pl.List(pl.String)).list.join(";")
    return column.cast(pl.String)
