"""A run by frames: files as frames of rows, priced one after the other, into files of every form."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from typing import IO, TYPE_CHECKING

import numpy as np
import polars as pl

from ehrpay.batch.engines.frames import ROWS, FrameEngine
from ehrpay.batch.engines.written import write
from ehrpay.batch.files import json_blocks, parquet
from ehrpay.batch.files.ahead import ahead
from ehrpay.batch.files.blocks import BLANKS, Block, blocks
from ehrpay.batch.files.faults import ERRORS, Fault
from ehrpay.batch.files.lines import read
from ehrpay.batch.files.sinks import FORMULA, NUMBER
from ehrpay.batch.files.source import Meter
from ehrpay.batch.job.oddities import SHORT, Oddities
from ehrpay.batch.job.reports import (
    accounted,
    mended,
    of_errors,
    same_as_before,
    same_columns,
    started,
    stop_if_strict,
)
from ehrpay.batch.job.request import Job
from ehrpay.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from ehrpay.batch.engines.frames import Outcomes
    from ehrpay.batch.files.source import Input
    from ehrpay.batch.job.head import Head
    from ehrpay.batch.job.reports import Reports, Target
    from ehrpay.batch.job.request import Request
    from ehrpay.batch.tables.plan import Plan
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.roster import Tally


class Priced:
    """The priced frames of a run, one after the other; `head` and `tally` are known once it began and ended."""

    def __init__(
        self,
        book: Rulebook,
        request: Request,
        sources: Sequence[Input],
        target: Target,
        reports: Reports,
        plan: Plan | None,
    ) -> None:
        """Take what is asked, and who hears of it."""
        self._book, self._request, self._sources, self._plan = book, request, sources, plan
        self._target, self._reports = target, reports
        self.head: Head | None = None
        self.engine: FrameEngine | None = None
        self._odd: Oddities | None = None
        self.rows = 0

    @property
    def tally(self) -> Tally:
        """The counts of all rows."""
        if self.engine is None:
            raise DataError("there is no roster to price")
        return accounted(self.engine.tally, self.rows)

    def __iter__(self) -> Iterator[Block]:
        """Blocks of rows with their columns added."""
        meter = Meter(self._sources)
        for source in self._sources:
            with source.reading(None if source.format == "parquet" else meter) as file:
                names, found = _blocks(source, file, self._request, meter)
                head, engine, odd = self._begun(source, names)
                with nullcontext(found) if source.stream else ahead(found) as coming:
                    tidy = (_tidied(source, block, odd) for block in _some(coming, names))
                    for block, outcomes in self._in_order(engine, tidy):
                        engine.counted(outcomes, ragged=len(block.wrong))
                        self.rows += block.frame.height + len(block.wrong)
                        for fault in _in_place(block, outcomes):
                            stop_if_strict(source, fault, self._request)
                            self._reports.fault(head, fault._replace(file=source.name))
                        self._reports.progress(self.rows, meter.share)
                        own = () if source.format == "parquet" else names
                        yield block._replace(frame=outcomes.frame, texts=_kept(block, outcomes), names=own)
        if self._odd is not None:
            self._odd.finish()

    def _begun(self, source: Input, names: Sequence[str]) -> tuple[Head, FrameEngine, Oddities]:
        """The columns, the engine and the oddities of all files."""
        if self.head is None or self.engine is None or self._odd is None:
            self.head = started(source, names, self._request, self._reports)
            self.engine = FrameEngine(Job(self._book, self.head, self._request, self._plan))
            self._odd = Oddities(self.head, self._reports)
            same_as_before(self._target, [*self.head.names, *self.engine.added], self._request)
        same_columns(source, self.head, names)
        return self.head, self.engine, self._odd

    def _in_order(self, engine: FrameEngine, found: Iterable[Block]) -> Iterator[tuple[Block, Outcomes]]:
        """Blocks priced by several threads while others are read and written; a few are held at a time."""
        most = pl.thread_pool_size()
        with ThreadPoolExecutor(most) as pool:
            waiting: deque[tuple[Block, Future[Outcomes]]] = deque()
            try:
                for block in found:
                    waiting.append((block, pool.submit(engine.price, block.frame, block.lines)))
                    if len(waiting) > most:
                        done, outcomes = waiting.popleft()
                        yield done, outcomes.result()
                while waiting:
                    done, outcomes = waiting.popleft()
                    yield done, outcomes.result()
            finally:
                pool.shutdown(cancel_futures=True)


def _some(found: Iterable[Block], names: Sequence[str]) -> Iterator[Block]:
    """The blocks; where there is none one without rows, so that an empty roster has an output with all its columns."""
    block = None
    for block in found:
        yield block
    if block is None:
        yield Block(pl.DataFrame(schema=dict.fromkeys(names, pl.String)), np.arange(0))


def _tidied(source: Input, block: Block, odd: Oddities) -> Block:
    """Rows as they should be."""
    frame = block.frame
    if odd.person is not None and not odd.full:
        odd.people(source, parquet.text_of(frame.to_series(odd.person)).to_list(), block.lines.tolist())
    if odd.series is None or frame.dtypes[odd.series] != pl.String:
        return block
    series = frame.to_series(odd.series).str.strip_chars(BLANKS)
    short = series.str.contains(SHORT).fill_null(value=False)
    if not short.any():
        return block
    name = series.name
    odd.restored(series.filter(short)[0])
    frame = frame.with_columns(pl.when(short).then("0" + series).otherwise(pl.col(name)).alias(name))
    if block.texts is None:
        return block._replace(frame=frame)
    return block._replace(frame=frame, texts=pl.Series(map(odd.text, block.texts), dtype=pl.String))


def _in_place(block: Block, outcomes: Outcomes) -> list[Fault]:
    """Rows without a price, in the order of their lines."""
    ragged = [Fault(line.number, line.cells, "", line.wrong) for line in block.wrong]
    return sorted([*ragged, *outcomes.faults], key=lambda fault: fault.line)


def _kept(block: Block, outcomes: Outcomes) -> pl.Series | None:
    return None if block.texts is None else block.texts.filter(pl.Series(outcomes.kept))


def by_frames(
    book: Rulebook,
    request: Request,
    sources: Sequence[Input],
    target: Target,
    reports: Reports,
    plan: Plan | None = None,
) -> Tally:
    """Price every row of every file into the target; a `plan` of the same rules and request has tables already."""
    priced = Priced(book, request, sources, target, reports, plan)
    write(priced, target, raw=request.raw)
    return priced.tally


def columns(source: Input, request: Request) -> tuple[str, ...]:
    """The names of a file's columns."""
    with source.reading(None) as file:
        return tuple(_blocks(source, file, request, Meter([source]))[0])


def _blocks(
    source: Input, file: IO[bytes], request: Request, meter: Meter
) -> tuple[Sequence[str], Iterator[Block]]:
    if source.format == "parquet":
        return parquet.blocks(source, ROWS, meter)
    names, first, _ = rows = read(source, file, request.encoding)
    if source.format == "jsonl":
        return names, json_blocks.blocks(source, file, rows)
    found = blocks(source, file, names, first)
    if of_errors(names):
        return mended(names, raw=request.raw), (_mended(block, raw=request.raw) for block in found)
    return names, found


def _mended(block: Block, *, raw: bool) -> Block:
    frame = block.frame.drop(ERRORS)
    if not raw:
        text = pl.all().str.slice(1)
        marked = pl.all().str.starts_with("'") & text.str.contains(FORMULA) & ~text.str.contains(NUMBER)
        frame = frame.select(pl.when(marked).then(text).otherwise(pl.all()))
        frame.columns = mended(block.frame.columns, raw=raw)
    wrong = [line._replace(cells=mended(line.cells, raw=raw)) for line in block.wrong]
    return block._replace(frame=frame, wrong=wrong)
