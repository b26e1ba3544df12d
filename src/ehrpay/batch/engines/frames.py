"""The engine that prices frames of many rows at once, by Polars and numpy (`pip install 'ehrpay[batch]'`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from ehrpay.batch.engines.counts import Amounts, counted, paid
from ehrpay.batch.files.blocks import BLANKS
from ehrpay.batch.files.faults import Fault
from ehrpay.batch.files.parquet import cells_of, text_of
from ehrpay.batch.job.reasons import why
from ehrpay.batch.job.results import POSITIONS, Against, against, current_pay
from ehrpay.batch.tables.codes import UNSAID
from ehrpay.batch.tables.columns import Columns
from ehrpay.batch.tables.grid import Mapped
from ehrpay.batch.tables.pieces import by_pieces, picked, price
from ehrpay.domain.estimate.market import HOURS
from ehrpay.domain.facts import CONFIDENCES
from ehrpay.domain.money import UNIT
from ehrpay.domain.roster import Tally
from ehrpay.domain.typed_numbers import LEAST_PAY, MOST_PAY
from ehrpay.errors import UsageError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ehrpay.batch.job.request import Job
    from ehrpay.batch.tables.codes import Codes
    from ehrpay.batch.tables.pieces import Many

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

ROWS = 131_072
"""Rows that are priced at once."""

WHOLE_PAY = r"^[0-9]{1,9}$"
"""Pay that is a number without marks."""

PLAIN_PAY = r"^\$?([0-9]{1,3}(,[0-9]{3})+|[0-9]{1,9})(\.[0-9]{1,2})?$"
"""Pay that can be read column by column; any other is read cell by cell."""


TENTHS = 4_096
"""Tenths below it are numbered as they are, as the years of most people."""

KINDS = {
    "method": pl.String,
    "pay_grade": pl.String,
    "confidence": pl.String,
    "position": pl.String,
    "compa_ratio": pl.Float64,
    "range_penetration": pl.Float64,
}
"""Added columns that are not whole numbers."""


class Texts:
    """The distinct texts of a column, numbered by Polars, and their codes."""

    def __init__(self, codes: Codes) -> None:
        """Take the codes of the column's texts."""
        self._kind = pl.Categorical(pl.Categories.random())
        self._codes = codes
        self._known: Ints = np.full(1, -1, np.int64)
        self._learned = 0
        self._tenths: Ints = np.full(TENTHS, -1, np.int64)
        # Polars numbers anew once no series of the kind is left.
        self._kept = pl.Series(["\0"]).cast(self._kind)

    def of(self, column: pl.Series) -> Any:
        """The code of each row's text, stripped; one number where no row has any."""
        if column.null_count() == len(column):
            return UNSAID
        tenths = _tenths(column)
        if tenths is not None:
            return self._of_tenths(tenths)
        numbered = text_of(column).cast(self._kind)
        numbers = numbered.to_physical().fill_null(0).to_numpy()
        most = int(numbers.max())
        with self._codes.lock:
            if most >= len(self._known):
                self._known = np.append(self._known, np.full(most + len(self._known), -1, np.int64))
            if most >= self._learned:
                self._learn(numbered.unique())
            known = self._known
        # Texts that only other threads have met may have no code yet.
        if len(known) > len(column):
            return known.take(numbers)
        return Mapped(numbers.astype(np.int64), np.maximum(known, UNSAID))

    def _of_tenths(self, tenths: Ints) -> Mapped:
        with self._codes.lock:
            for tenth in np.flatnonzero(np.bincount(tenths, minlength=TENTHS) * (self._tenths < 0)).tolist():
                self._tenths[tenth] = self._codes.of(str(tenth / 10))
            return Mapped(tenths, np.maximum(self._tenths, UNSAID))

    def _learn(self, distinct: pl.Series) -> None:
        places = distinct.to_physical().fill_null(0).to_list()
        for place, text in zip(places, distinct.cast(pl.String).to_list(), strict=True):
            self._known[place] = self._codes.of((text or "").strip() or None)
        self._known[0] = UNSAID
        unknown = np.flatnonzero(self._known < 0)
        self._learned = int(unknown[0]) if len(unknown) else len(self._known)


def _tenths(column: pl.Series) -> Ints | None:
    """Numbers such as 4.5 in tenths, which are their own codes of texts; None where any other stands among them."""
    if not column.dtype.is_float() or column.null_count():
        return None
    values = column.to_numpy()
    if not (values.min() >= 0 and values.max() * 10 < TENTHS) or np.signbit(values).any():
        return None
    found = np.rint(values * 10).astype(np.int64)
    return found if (found / 10 == values).all() else None


class Outcomes(NamedTuple):
    """The rows that have a price, with their columns added, and the others; `kept` says which.

    `middles` are those of the rows with a price in whole dollars, `tally` counts the rest of them.
    """

    frame: pl.DataFrame
    faults: Sequence[Fault]
    kept: Flags
    middles: Ints
    tally: Tally


class FrameEngine:
    """Prices frames one after the other, and counts their rows."""

    def __init__(self, job: Job) -> None:
        """Take what is asked."""
        self._job, self._by = job, Columns()
        self._tally, self._middles = Tally(), Amounts()
        self._texts = {name: Texts(job.inputs.codes[name]) for name in job.used}
        self._cells = pl.Series(dtype=pl.String), pl.Series(dtype=pl.Int64)
        self._reasons: dict[tuple[str | None, ...], tuple[str, str]] = {}

    @property
    def added(self) -> Sequence[str]:
        """The names of the columns that rows get."""
        return self._job.added

    def __call__(self, frame: pl.DataFrame, lines: Ints) -> Outcomes:
        """Price a frame and count its rows."""
        return self.counted(self.price(frame, lines))

    def price(self, frame: pl.DataFrame, lines: Ints) -> Outcomes:
        """Price a frame of the roster's columns; `lines` has the number of each row's line. Safe in threads."""
        job, size = self._job, frame.height
        if not size:
            empty = [
                pl.lit(None, KINDS.get(name.removeprefix("est_"), pl.Int64)).alias(name) for name in job.added
            ]
            none = np.zeros(0, np.int64)
            return Outcomes(frame.with_columns(empty), (), none > 0, none, Tally())
        columns = frame.get_columns()
        codes = {name: self._texts[name].of(columns[place]) for name, place in job.used.items()}
        priced = price(job.plan, job.inputs.texts(codes), size, self._by)
        pay, wrong = (None, {}) if job.pay is None else self._pay(columns[job.pay], priced)
        faults = self._faults(frame, lines, priced.fault, wrong)
        kept = ~priced.fault
        kept[list(wrong)] = False
        found = None if pay is None else self._where(pay, priced.points)
        added = self._range(priced) + ([] if pay is None or found is None else _against(priced, pay, found))
        out = frame.with_columns(one.alias(name) for one, name in zip(added, job.added, strict=True))
        if faults:
            out = out.filter(pl.Series(kept))
        group = None if job.group is None else columns[job.group]
        tally = (
            counted(priced, kept) if pay is None or found is None else paid(priced, kept, pay, found, group)
        )
        return Outcomes(out, faults, kept, priced.points[2, picked(kept)], tally)

    def _where(self, pay: Ints, points: Ints) -> Against:
        """Where pay lies in the range."""
        width = len(Against._fields)
        return Against._make(
            by_pieces(len(pay), width, lambda part: against(pay[part], points[:, part], self._by))
        )

    def counted(self, outcomes: Outcomes, *, ragged: int = 0) -> Outcomes:
        """The same, with its rows counted, and so many that no frame could hold."""
        self._tally.add(outcomes.tally)
        self._tally.faults += ragged
        self._middles.add(outcomes.middles)
        return outcomes

    @property
    def tally(self) -> Tally:
        """The counts of all rows that were counted."""
        self._tally.middles = self._middles.counter()
        return self._tally

    def _range(self, priced: Many) -> list[pl.Series]:
        p10, low, middle, high, p90 = map(pl.Series, priced.points)
        ends = [p10, p90] if self._job.request.ends else []
        cells = self._cells_known()
        grade, step = (column.gather(pl.Series(priced.cell)) for column in cells)
        method = pl.Series(["market", "grade"]).gather(pl.Series(priced.graded.astype(np.int64)))
        word = pl.Series(CONFIDENCES).gather(pl.Series(priced.unsure))
        return [low, middle, high, *ends, method, grade, step, word]

    def _cells_known(self) -> tuple[pl.Series, pl.Series]:
        """The grade and the step of every cell by its code; other threads may add some meanwhile."""
        cells, known = self._job.plan.grades.cells.values, self._cells
        if len(known[0]) < len(cells):
            found = list(cells)
            grades = pl.Series([cell.grade if cell else None for cell in found], dtype=pl.String)
            steps = pl.Series([cell.step if cell else None for cell in found], dtype=pl.Int64)
            known = self._cells = grades, steps
        return known

    def _pay(self, column: pl.Series, priced: Many) -> tuple[Ints, dict[int, UsageError]]:
        """Current pay in cents a year, 0 where there is none; and what is wrong with it, by row."""
        cents, odd = _cents(column)
        wrong: dict[int, UsageError] = {}
        cells = self._job.plan.grades.cells.values
        rows = np.flatnonzero(odd & ~priced.fault).tolist()
        for row, text in zip(rows, text_of(column.gather(rows)), strict=True):
            cell = cells[priced.cell[row]]
            try:
                cents[row] = current_pay((text or "").strip(), HOURS if cell is None else cell.hours)
            except UsageError as error:
                wrong[row] = error
        return cents, wrong

    def _faults(
        self, frame: pl.DataFrame, lines: Ints, fault: Flags, wrong: dict[int, UsageError]
    ) -> list[Fault]:
        found = []
        rows = sorted([*np.flatnonzero(fault).tolist(), *wrong])
        for row, cells in zip(rows, cells_of(frame[rows]), strict=True):
            field, reason = (wrong[row].field, str(wrong[row])) if row in wrong else self._why(cells)
            found.append(Fault(int(lines[row]), cells, field, reason))
        return found

    def _why(self, cells: Sequence[str]) -> tuple[str, str]:
        """Why a row has no price; many rows have the same texts."""
        job = self._job
        key = tuple(cells[place].strip() or None for place in job.used.values())
        if key not in self._reasons:
            try:
                texts = job.inputs.cells(dict(zip(job.used, key, strict=True)))
                found = why(texts, job.book, job.request.method, apply_band=job.request.apply_band)
            except UsageError as error:
                found = error.field, str(error)
            self._reasons[key] = found
        return self._reasons[key]


def _against(priced: Many, pay: Ints, found: Against) -> list[pl.Series]:
    known = pl.Series(pay > 0)
    wide = known & pl.Series(priced.points[3] > priced.points[1])
    inside = known & pl.Series((found.percentile > 0) & ~priced.graded)
    return [
        pl.Series(found.compa_ratio / UNIT).set(~known, None),
        pl.Series(found.penetration / UNIT).set(~wide, None),
        pl.Series(found.percentile).set(~inside, None),
        pl.Series(POSITIONS).gather(pl.Series(found.position)).set(~known, None),
    ]


def _cents(column: pl.Series) -> tuple[Ints, Flags]:
    """Current pay in cents a year, and where it is to be read cell by cell; 0 where there is none."""
    text = column if column.dtype.is_integer() else text_of(column)
    if column.dtype.is_integer() or text.str.contains(WHOLE_PAY).all():
        cents = text.cast(pl.Int64, strict=False).fill_null(0).to_numpy().clip(0, MOST_PAY + 1) * 100
        known = text.is_not_null().to_numpy()
    else:
        text = text.str.strip_chars(BLANKS).fill_null("")
        plain = text.str.contains(PLAIN_PAY)
        amounts = text.set(~plain, None).str.replace_all("[$,]", "").cast(pl.Float64)
        cents = (amounts.fill_null(0) * 100).round().cast(pl.Int64).to_numpy().copy()
        known = (text != "").to_numpy()
    return cents, known & ((cents < LEAST_PAY * 100) | (cents > MOST_PAY * 100))
