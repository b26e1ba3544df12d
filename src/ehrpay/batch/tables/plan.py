"""A roster's plan: what the cells of rows mean, and what they pay, for one row or for columns of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.batch.tables.codes import FAULT, OneRow, Table
from ehrpay.batch.tables.grades import Cell, Grades
from ehrpay.batch.tables.market import Market, Priced
from ehrpay.batch.tables.reading import Reader
from ehrpay.domain.estimate.pricing import method_of
from ehrpay.domain.profile import ResolvedProfile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ehrpay.batch.tables.reading import Employment, Title
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.place import Place

MARKET, GRADE = 0, 1
METHODS = ("market", "grade")


class Plan:
    """Everything that prices the rows of one roster by one rulebook."""

    def __init__(
        self,
        book: Rulebook,
        resolve: Callable[[str], Place],
        method: str = "auto",
        *,
        apply_band: bool = False,
    ) -> None:
        """Take the rules, what reads a place, and the method; rows that can't be priced are FAULTs."""
        self.book, self._method = book, method
        self.reader = Reader(book, resolve)
        self._job, self._title = (self.reader.parts[name] for name in ("job", "title"))
        job, title = (self.reader.codes[part] for part in (self._job, self._title))
        self._methods = Table(job, title, self._method_of)
        self.graded = self._methods.codes.of(METHODS[GRADE])
        """The code of the grade method."""
        self.market = Market(book, self.reader, apply_band=apply_band)
        self.grades = Grades(book, self.reader)

    @property
    def texts(self) -> int:
        """How many distinct texts were read."""
        return sum(map(len, self.reader.texts.values()))

    def one(self, cells: Mapping[str, str | None]) -> tuple[str, Priced, Cell | None] | None:
        """The method and the range for one row's cells by field, and the cell of a pay table; None for a fault."""
        texts = self.reader.texts
        found = self.reader({name: texts[name].of(text) for name, text in cells.items()})
        method = self.method(found)
        if FAULT in found or method == FAULT:
            return None
        if method == self.graded:
            cell: Cell | None = self.grades.cells.values[self.grades.chain(found)[self.grades.cell]]
            return None if cell is None else (METHODS[GRADE], Priced(cell[:5], cell.unsure), cell)
        found = self.market.chain(found)
        return None if FAULT in found else (METHODS[MARKET], self.market.price(found, OneRow), None)

    def method(self, found: Sequence[Any]) -> Any:
        """The code of the method, or a column of them, for the codes of what was read."""
        return self._methods.at(found[self._job], found[self._title])

    def _method_of(self, job: Employment, title: Title) -> str:
        profile = ResolvedProfile(**job._asdict(), **title._asdict())
        return method_of(self.book, profile, self._method)
