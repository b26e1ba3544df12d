"""A run row by row: any file of lines into any file of lines, in little memory."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from ehrpay.batch.engines.rows import RowEngine
from ehrpay.batch.files.faults import Fault
from ehrpay.batch.files.lines import read
from ehrpay.batch.files.sinks import TextSink, opened
from ehrpay.batch.files.source import Meter
from ehrpay.batch.job.oddities import Oddities
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

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.batch.files.lines import Line
    from ehrpay.batch.files.source import Input
    from ehrpay.batch.job.head import Head
    from ehrpay.batch.job.reports import Reports, Target
    from ehrpay.batch.job.request import Request
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.roster import Tally

EVERY = 1_000
"""Rows between two looks at the progress."""


def by_rows(
    book: Rulebook, request: Request, sources: Sequence[Input], target: Target, reports: Reports
) -> Tally:
    """Price every row of every file into the target."""
    meter = Meter(sources)
    with ExitStack() as stack:
        file = stack.enter_context(opened(target.file, gzipped=target.gzipped))
        head: Head | None = None
        rows = 0
        stack.callback(lambda: reports.progress(rows, meter.share))
        for source, names, lines in _files(sources, request, meter):
            if head is None:
                head = started(source, names, request, reports)
                price, odd = RowEngine(Job(book, head, request)), Oddities(head, reports)
                same_as_before(target, [*head.names, *price.added], request)
                sink = stack.enter_context(
                    TextSink(file, target.format, head.names, price.added, raw=request.raw)
                )
                if target.old is None:
                    sink.header()
            same_columns(source, head, names)
            for line in lines:
                tidy = odd.row(source, line)
                found = price(tidy)
                if isinstance(found, Fault):
                    stop_if_strict(source, found, request)
                    reports.fault(head, found._replace(file=source.name))
                else:
                    sink.row(tidy, found)
                rows += 1
                if not rows % EVERY:
                    reports.progress(rows, meter.share)
    odd.finish()
    return accounted(price.tally, rows)


def _files(
    sources: Sequence[Input], request: Request, meter: Meter
) -> Iterator[tuple[Input, Sequence[str], Iterator[Line]]]:
    """Each file with its columns; those of an errors file without what was said of the rows."""
    for source in sources:
        with source.reading(meter) as file:
            names, _, lines = read(source, file, request.encoding)
            if of_errors(names):
                rows = (line._replace(cells=mended(line.cells, raw=request.raw)) for line in lines)
                yield source, mended(names, raw=request.raw), rows
            else:
                yield source, names, lines
