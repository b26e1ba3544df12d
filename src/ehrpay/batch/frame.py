"""A frame in memory, priced: for people who have Polars, Arrow or pandas at hand already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import polars as pl

from ehrpay.api import rulebooks
from ehrpay.batch.engines.frames import ROWS, FrameEngine
from ehrpay.batch.files.parquet import text_of
from ehrpay.batch.job.head import read_head
from ehrpay.batch.job.request import Job, Request
from ehrpay.domain.roster.summary import summary
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.roster.summary import Summary


class ArrowTable(Protocol):
    """A table of Polars, Arrow, pandas, DuckDB ...: whatever gives its rows by the Arrow protocol."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The rows as a stream of Arrow arrays."""


class PricedFrame(NamedTuple):
    """A roster with its columns added, and the rows that have no price.

    `frame` has the rows with a price, in order, with `low`, `mid`, `high`, `method`, `pay_grade`, `pay_step`,
    `confidence` and, where the roster has a column `pay`, `compa_ratio`, `range_penetration`, `percentile` and
    `position`; amounts are whole dollars a year. `errors` has the number of each other row, counted from 0, the field
    at fault and the reason. Both are Polars frames, which Arrow and pandas take by the Arrow protocol.
    """

    frame: pl.DataFrame
    errors: pl.DataFrame
    summary: Summary


def price(
    frame: ArrowTable | pl.DataFrame,
    rulebook: Rulebook | None = None,
    *,
    method: str = "auto",
    apply_band: bool = False,
    percentiles: bool = False,
    by: str = "",
    columns: Mapping[str, str] | None = None,
) -> PricedFrame:
    """The estimate of every row of a frame, by the rules of today or of a rulebook.

    Columns mean what `ehrpay batch` takes them for; `columns` gives some a meaning by name, `percentiles` adds P10 and
    P90, `by` names the column of the groups in the summary. DataError where no column is a field, or two mean the same;
    UsageError for an unknown method or column.
    """
    book = rulebooks.rulebook(rulebook)
    table = frame if isinstance(frame, pl.DataFrame) else _table(frame)
    request = Request(method=method, apply_band=apply_band, ends=percentiles, by=by, mapped=columns or {})
    engine = FrameEngine(Job(book, read_head("the frame", table.columns, request.mapped), request))
    parts, errors = [], []
    for start in range(0, max(1, table.height), ROWS):
        piece = table.slice(start, ROWS)
        outcomes = engine(piece, np.arange(start, start + piece.height))
        parts.append(outcomes.frame)
        errors += [(fault.line, fault.field, fault.reason, fault.nearest) for fault in outcomes.faults]
    kinds = {"row": pl.Int64, "field": pl.String, "reason": pl.String, "nearest": pl.String}
    return PricedFrame(
        frame=pl.concat(parts, rechunk=False),
        errors=pl.DataFrame(errors, schema=kinds, orient="row"),
        summary=summary(engine.tally, by),
    )


def _table(frame: Any) -> pl.DataFrame:
    found = pl.DataFrame(frame)
    return found.with_columns(
        text_of(column)
        for column in found.get_columns()
        if isinstance(column.dtype, (pl.Categorical, pl.Enum))
    )
