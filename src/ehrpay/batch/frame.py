"""A frame in memory, priced: for people who have Polars, Arrow or pandas at hand already."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import polars as pl

from ehrpay.api import rulebooks
from ehrpay.api.arguments import wrong_type
from ehrpay.api.result import Result
from ehrpay.batch.engines.frames import ROWS, FrameEngine
from ehrpay.batch.files.parquet import text_of
from ehrpay.batch.job.head import read_head
from ehrpay.batch.job.request import Job, Request
from ehrpay.domain.roster import summary
from ehrpay.errors import DataError, EhrpayError, UsageError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.roster import Summary


class ArrowTable(Protocol):
    """A table of Polars, Arrow, pandas, DuckDB ...: whatever gives its rows by the Arrow protocol."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The rows as a stream of Arrow arrays."""


OPTION = re.compile(r"--map COLUMN=(\w+)")
"""What a sentence tells a command line to do; in Python it is an argument."""


class _Priced(NamedTuple):
    frame: pl.DataFrame
    errors: pl.DataFrame
    summary: Summary
    warnings: tuple[str, ...]
    rules_version: str
    as_of: str
    read: Mapping[str, str]
    unread: tuple[str, ...]


class PricedFrame(Result, _Priced):
    """A roster with its columns added, and the rows that have no price.

    `frame` has the rows with a price, in order, with `low`, `mid`, `high`, `method`, `pay_grade`, `pay_step`,
    `confidence` and, where the roster has a column `pay`, `compa_ratio`, `range_penetration`, `percentile` and
    `position`; amounts are whole dollars a year. `errors` has the number of each other row, counted from 0, the field
    at fault and the reason. Both are Polars frames, which Arrow and pandas take by the Arrow protocol.

    `read` has the column of each field, `unread` the columns that are carried through; `warnings` are sentences on
    those that look like a field, and on the rules. `to_dict()` is what `ehrpay batch --summary json` prints, `rows()`
    the rows of `frame`.
    """

    def rows(self) -> list[dict[str, Any]]:
        """The rows with a price, one dictionary each: the columns of the command's output."""
        return self.frame.to_dicts()

    def _view(self) -> Any:
        from ehrpay.formats.roster import RosterSummary

        return RosterSummary(
            summary=self.summary,
            files=(),
            rules_version=self.rules_version,
            as_of=self.as_of,
            engine="polars",
            warnings=self.warnings,
            read=self.read,
            unread=self.unread,
        )

    def _summary(self) -> str:
        found = self.summary
        bad = f", {found.faults:,} in errors" if found.faults else ""
        priced = f"{found.priced:,} of {found.rows:,} {'row' if found.rows == 1 else 'rows'} priced{bad}"
        if not found.middles:
            return priced
        _, p25, _, p75, _ = found.middles
        return f"{priced}; half of the middles are ${p25:,} to ${p75:,} a year"


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
    P90, `by` names the column of the groups in the summary. DataError where no column is a field, two mean the same, or
    Polars can't read one; UsageError for an unknown method or column, and for anything but a frame.
    """
    book = rulebooks.rulebook(rulebook)
    table = frame if isinstance(frame, pl.DataFrame) else _table(frame)
    request = Request(method=method, apply_band=apply_band, ends=percentiles, by=by, mapped=columns or {})
    with _said_in_python():
        head = read_head("the frame", table.columns, request.mapped)
        engine = FrameEngine(Job(book, head, request))
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
        warnings=(*map(_in_python, head.warnings(by)), *book.rules.conflicts),
        rules_version=book.version,
        as_of=book.as_of,
        read=head.read,
        unread=head.unread,
    )


@contextmanager
def _said_in_python() -> Iterator[None]:
    """What an error tells a command line to do is said as the argument that does it."""
    try:
        yield
    except EhrpayError as error:
        error.args = (_in_python(str(error)),)
        if isinstance(error, UsageError) and error.field == "map":
            error.field = "columns"
        raise


def _in_python(text: str) -> str:
    return OPTION.sub(r'columns={"COLUMN": "\1"}', text).replace("--by", "by")


def _table(frame: Any) -> pl.DataFrame:
    try:
        # Polars makes a column of a text, and a table without columns of None.
        found = None if frame is None or isinstance(frame, (str, bytes)) else pl.DataFrame(frame)
    except (TypeError, ValueError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        if hasattr(frame, "__arrow_c_stream__"):
            raise DataError(f"the frame can't be read: {'; '.join(map(str, error.args))}") from error
        found = None
    if found is None:
        raise wrong_type(frame, "frame", "a frame of Polars, Arrow or pandas (`ehrpay batch` prices files)")
    return found.with_columns(
        text_of(column)
        for column in found.get_columns()
        if isinstance(column.dtype, (pl.Categorical, pl.Enum))
    )
