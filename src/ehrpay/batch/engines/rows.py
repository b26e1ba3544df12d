"""The engine that needs nothing but Python: row after row, in little memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.batch.files.faults import Fault
from ehrpay.batch.job.reasons import why
from ehrpay.batch.job.results import POSITIONS, against, current_pay
from ehrpay.batch.tables.codes import OneRow
from ehrpay.domain.estimate.market import HOURS
from ehrpay.domain.facts import CONFIDENCES
from ehrpay.domain.money import UNIT
from ehrpay.domain.roster import Group, Pay, Tally
from ehrpay.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.batch.files.lines import Line
    from ehrpay.batch.files.sinks import Value
    from ehrpay.batch.job.request import Job
    from ehrpay.batch.tables.grades import Cell
    from ehrpay.batch.tables.market import Priced

ONE = OneRow()


class RowEngine:
    """Prices one row after the other, and counts them."""

    def __init__(self, job: Job) -> None:
        """Take what is asked."""
        self._job, self.tally = job, Tally()

    @property
    def added(self) -> Sequence[str]:
        """The names of the columns that rows get."""
        return self._job.added

    def __call__(self, line: Line) -> list[Value] | Fault:
        """The values that a row gets, in the order of the job's added columns; or why it gets none."""
        found = Fault(line.number, line.cells, "", line.wrong) if line.wrong else self._priced(line)
        self.tally.faults += isinstance(found, Fault)
        return found

    def _priced(self, line: Line) -> list[Value] | Fault:
        cells, job = line.cells, self._job
        row = {name: cells[place].strip() or None for name, place in job.used.items()}
        try:
            texts = job.inputs.cells(row)
            priced = job.plan.one(texts)
            if priced is None:
                field, reason = why(texts, job.book, job.request.method, apply_band=job.request.apply_band)
                return Fault(line.number, cells, field, reason)
            method, points, cell = priced
            pay = self._pay(cells, cell)
        except UsageError as error:
            return Fault(line.number, cells, error.field, str(error))
        return [*self._range(method, points, cell), *self._against(cells, pay, points, cell)]

    def _range(self, method: str, priced: Priced, cell: Cell | None) -> list[Value]:
        p10, low, middle, high, p90 = priced.points
        word = CONFIDENCES[priced.unsure]
        self.tally.methods[method] += 1
        self.tally.confidences[word] += 1
        self.tally.middles[middle] += 1
        ends = [p10, p90] if self._job.request.ends else []
        grade, step = (None, None) if cell is None else (cell.grade, cell.step)
        return [low, middle, high, *ends, method, grade, step, word]

    def _pay(self, cells: Sequence[str], cell: Cell | None) -> int | None:
        """Current pay in cents a year, None where there is none; UsageError for text that is no pay."""
        if self._job.pay is None or not (text := cells[self._job.pay].strip()):
            return None
        return current_pay(text, HOURS if cell is None else cell.hours) or None

    def _against(
        self, cells: Sequence[str], pay: int | None, priced: Priced, cell: Cell | None
    ) -> list[Value]:
        if self._job.pay is None:
            return []
        if pay is None:
            return [None] * 4
        _, low, middle, high, _ = priced.points
        found = against(pay, priced.points, ONE)
        self.tally.pay = self.tally.pay.plus(
            Pay(
                people=1,
                pay_cents=pay,
                middle_cents=middle * 100,
                below=pay < low * 100,
                above=pay > high * 100,
                to_low_cents=max(0, low * 100 - pay),
                to_middle_cents=max(0, middle * 100 - pay),
            )
        )
        if self._job.group is not None:
            ratio = found.compa_ratio
            self.tally.add_group(cells[self._job.group].strip(), Group(1, pay, ratio, ratio * ratio))
        return [
            found.compa_ratio / UNIT,
            found.penetration / UNIT if high > low else None,
            found.percentile or None if cell is None else None,
            POSITIONS[found.position],
        ]
