"""Market wages: an occupation's percentiles for the nation and for areas, and the stated order of fall-backs.

Area tables of the same reference month as the national one are used: area cell, else occupation x area
factor, else state, else nation. What was used and what it fell back from is part of the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.compiled import packed_wages
from ehrpay.domain.facts import Fact, required
from ehrpay.domain.money import UNIT, ratio, times
from ehrpay.errors import NoRuleError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.compiled.rules import Rules
    from ehrpay.domain.compiled.wages import WagePoints
    from ehrpay.domain.place import WagePlace

REFERENCE = "29-2072"
"""The occupation whose area factors stand in where another has no cell of its own."""

OUTSIDE = {
    "AS": "American Samoa",
    "GU": "Guam",
    "MP": "the Northern Mariana Islands",
    "PR": "Puerto Rico",
    "VI": "the U.S. Virgin Islands",
}
"""Where the nation's wages may not stand in: they leave these out."""


class Shape(NamedTuple):
    """Four percentiles over the median, in 1/10,000."""

    p10: int
    p25: int
    p75: int
    p90: int


FLAT = Shape(UNIT, UNIT, UNIT, UNIT)


class AreaWage(NamedTuple):
    """The wages used for one occupation in one place.

    `fact` has those of the area itself (`factor` None), or of the nation, to be multiplied by `factor` (1/10,000).
    `levels` counts the levels fallen back.
    """

    kind: str
    code: str
    name: str
    fact: Fact[WagePoints]
    factor: int | None = None
    levels: int = 0
    fell_back: tuple[str, ...] = ()
    shape: Shape = FLAT

    @property
    def hidden(self) -> bool:
        """Whether BLS hides one of the area's percentiles, so that the nation's shape stands in."""
        points = self.fact.value
        return None in (points.p10, points.p25, points.p75, points.p90)

    @property
    def widened(self) -> int:
        """How many levels widen the range: those fallen back, and one where a percentile is hidden."""
        return self.levels + self.hidden

    @property
    def median(self) -> int:
        """The area's median in whole dollars, by the area factor where one stands in."""
        median = self.fact.value.p50
        return median if self.factor is None else times(median, self.factor)


class Wages:
    """National and area wages in force on one date."""

    def __init__(self, rules: Rules, as_of: str) -> None:
        """Take the compiled rules; the area tables are used only when a place is asked about."""
        self._rules, self.as_of = rules, as_of
        self._nations: dict[str, Fact[WagePoints]] = {}
        self._wages: dict[tuple[str, WagePlace | None], AreaWage] = {}

    def title(self, occupation: str) -> str:
        """An occupation's title as BLS writes it."""
        return self._rules.occupations[occupation].title

    def nation(self, occupation: str) -> Fact[WagePoints]:
        """The national percentiles in force; NoRuleError before the first."""
        if occupation not in self._nations:
            rows = self._rules.occupations[occupation].wages
            self._nations[occupation] = required(rows, self.as_of, f"wages of occupation {occupation}")
        return self._nations[occupation]

    def cell(self, occupation: str, kind: str, code: str) -> Fact[WagePoints] | None:
        """An area's own percentiles of the same reference month as the nation's; None if not published."""
        month = self.nation(occupation).effective
        for table in self._rules.areas.tables:
            if table.kind != kind or table.effective != month:
                continue
            cell = packed_wages.cell(table.cells, occupation, code)
            if cell is not None:
                line, points = cell
                return Fact(
                    effective=month,
                    value=points,
                    basis=table.basis,
                    sources=table.sources,
                    where=f"{table.file}:{line}",
                    review_by=table.review_by,
                )
        return None

    def name(self, kind: str, code: str) -> str:
        """An area's name as published."""
        return self._rules.areas.names[kind].get(code, code)

    def at(self, occupation: str, place: WagePlace | None) -> AreaWage:
        """The best known wages for an occupation in a place; the nation without a place."""
        wage = self._wages.get((occupation, place))
        if wage is None:
            wage = AreaWage("nation", "us", "United States", self.nation(occupation))
            if place is not None and place.areas:
                wage = self._in(occupation, place, wage)
            wage = wage._replace(shape=self._shape(occupation, wage))
            self._wages[occupation, place] = wage
        return wage

    def _in(self, occupation: str, place: WagePlace, nation: AreaWage) -> AreaWage:
        tried: list[str] = []
        for kind, code in place.areas:
            wage = self._own(occupation, kind, code) or self._by_factor(occupation, kind, code, nation)
            if wage is not None:
                return wage._replace(levels=len(tried), fell_back=tuple(tried))
            tried.append(self.name(kind, code))
        if place.state in OUTSIDE:
            where = OUTSIDE[place.state]
            msg = f"no rule covers occupation {occupation} in {where}, which national figures leave out"
            raise NoRuleError(msg)
        return nation._replace(levels=len(tried), fell_back=tuple(tried))

    def _own(self, occupation: str, kind: str, code: str) -> AreaWage | None:
        if self._rules.occupations[occupation].noisy:
            return None
        fact = self.cell(occupation, kind, code)
        return None if fact is None else AreaWage(kind, code, self.name(kind, code), fact)

    def _by_factor(self, occupation: str, kind: str, code: str, nation: AreaWage) -> AreaWage | None:
        """The nation's wages times the area's factor in the reference occupation (noisy or missing cells)."""
        if occupation == REFERENCE:
            return None
        fact = self.cell(REFERENCE, kind, code)
        if fact is None:
            return None
        factor = ratio(fact.value.p50, self.nation(REFERENCE).value.p50)
        mixed = nation.fact._replace(sources=(*nation.fact.sources, *fact.sources), where=fact.where)
        return AreaWage(kind, code, self.name(kind, code), mixed, factor)

    def _shape(self, occupation: str, wage: AreaWage) -> Shape:
        """The area's own; the nation's where the area hides one of its percentiles."""
        row = self.nation(occupation).value if wage.hidden else wage.fact.value
        return Shape(*(ratio(point or 0, row.p50) for point in (row.p10, row.p25, row.p75, row.p90)))
