"""Priced frames into a file of any form."""

from __future__ import annotations

import io
import os
from contextlib import contextmanager, suppress
from itertools import chain
from typing import IO, TYPE_CHECKING

import polars as pl
import polars.selectors as cs

from ehrpay.batch.engines.frames import ROWS
from ehrpay.batch.files import parquet
from ehrpay.batch.files.json_blocks import lines_of
from ehrpay.batch.files.lines import DELIMITERS
from ehrpay.batch.files.parquet_writer import fitted, parquet_file
from ehrpay.batch.files.sinks import CONTROL, FORMULA, NUMBER, Stream, header, opened, safe
from ehrpay.batch.files.source import Input, Meter
from ehrpay.batch.job.reports import refuse_others
from ehrpay.errors import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from polars.selectors import Selector

    from ehrpay.batch.files.blocks import Block
    from ehrpay.batch.job.reports import Target

SPELLED_OUT = cs.nested() | cs.binary() | cs.categorical() | cs.enum() | cs.duration()
"""Columns that CSV has no values for, or whose texts may need to be made safe."""


def write(blocks: Iterable[Block], target: Target, *, raw: bool) -> None:
    """Write blocks whose frames have their columns added into the target."""
    with opened(target.file, gzipped=target.gzipped) as file:
        blocks = _on_their_way(blocks, target.file)
        if target.format == "parquet":
            _write_parquet(blocks, file, target.old)
        elif target.format == "jsonl":
            for block in blocks:
                _write_json(block, file)
        else:
            _write_text(blocks, file, target, raw=raw)


def _on_their_way(blocks: Iterable[Block], file: IO[bytes]) -> Iterator[Block]:
    """The blocks; the system is asked to bring to the disk what is written, so that the end needs little waiting."""
    for block in blocks:
        yield block
        with suppress(AttributeError, OSError):  # not every system, nor every file
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _write_text(blocks: Iterable[Block], file: IO[bytes], target: Target, *, raw: bool) -> None:
    begun = target.old is not None
    for block in blocks:
        frame = _as_text(block.frame, SPELLED_OUT)
        if block.doubtful:
            frame = frame.with_columns(pl.col(pl.String).replace("", None))
            frame = frame if raw else _safe(frame)
        if not begun:
            frame.columns = header(frame.columns, raw=raw)
        with _rows_into(file) as rows:
            frame.write_csv(rows, include_header=not begun, separator=DELIMITERS[target.format])
        begun = True


def _as_text(frame: pl.DataFrame, kinds: Selector) -> pl.DataFrame:
    """A frame whose columns of some types are texts."""
    return frame.with_columns(map(parquet.text_of, frame.select(kinds).get_columns()))


@contextmanager
def _rows_into(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """What Polars writes a frame into: it writes pieces of rows, and a stream takes whole ones."""
    if not isinstance(file, Stream):
        yield file
        return
    whole = io.BytesIO()
    yield whole
    file.write(whole.getvalue())


def _safe(frame: pl.DataFrame) -> pl.DataFrame:
    """Text cells that no spreadsheet takes for formulas, without control characters."""
    text = pl.col(pl.String)
    odd = text.str.contains(CONTROL) | (text.str.contains(FORMULA) & ~text.str.contains(NUMBER))
    found = [name for name, any_ in frame.select(odd.any()).row(0, named=True).items() if any_]
    return frame.with_columns(pl.col(name).map_elements(safe, pl.String) for name in found)


def _write_json(block: Block, file: IO[bytes]) -> None:
    own = block.frame.get_columns()[: len(block.names)]
    if block.texts is None:
        frame = _as_text(block.frame, cs.binary()).with_columns(column.fill_null("") for column in own)
        with _rows_into(file) as rows:
            frame.write_ndjson(rows)
        return
    if not block.frame.height:
        return
    added = io.BytesIO()
    block.frame.drop(column.name for column in own).write_ndjson(added)
    texts, more = block.texts.str.strip_suffix("}").str.strip_chars_end(), lines_of(added.getvalue())
    between = pl.Series([",", ""]).gather((texts == "{").cast(pl.UInt32))
    lines = texts + between + more.str.strip_prefix("{")
    with _rows_into(file) as rows:
        lines.to_frame().write_csv(rows, include_header=False, quote_style="never")


def _write_parquet(blocks: Iterable[Block], file: IO[bytes], old: str | None) -> None:
    before: Iterable[pl.DataFrame] = ()
    if old is not None:
        before = (block.frame for block in parquet.blocks(Input(old, "parquet"), ROWS, Meter(()))[1])
    frames = chain(before, (block.frame for block in blocks))
    first = next(frames)
    name = "the first file" if old is None else shown(old)
    with parquet_file(file, first.schema) as write:
        write(first)
        for frame in frames:
            refuse_others(name, first.columns, frame.columns)
            write(fitted(frame, first.schema, name))
