"""Market wages: an occupation's percentiles for the nation and for areas, and the stated order of fall-backs.

Area tables of the same reference month as the national one are used: the area's own cell, in small occupations blended
with what stands in for it; else the records specialists' area factor; else the newest area table's ratio, for dates
before the first; else the state, else the nation. What was used and what it fell back from is part of the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.compiled.wages import Cells
from ehrpay.domain.facts import Fact, in_force, required
from ehrpay.domain.money import UNIT, divide, ratio, times
from ehrpay.errors import NoRuleError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.compiled.rules import Rules
    from ehrpay.domain.compiled.wages import WagePoints
    from ehrpay.domain.facts import Factor
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
    `levels` counts the levels fallen back; `own` has the area's shape where its median is blended, and `note` says how.
    BLS may have `hidden` one of the area's percentiles: then `shape` is the nation's.
    """

    kind: str
    code: str
    name: str
    fact: Fact[WagePoints]
    factor: int | None = None
    levels: int = 0
    fell_back: tuple[str, ...] = ()
    own: Fact[WagePoints] | None = None
    note: str = ""
    shape: Shape = FLAT
    hidden: bool = False

    @property
    def widened(self) -> int:
        """How many levels widen the range: those fallen back, and one where a percentile is hidden."""
        return self.levels + self.hidden

    @property
    def median(self) -> int:
        """The area's median in whole dollars, by the area factor where one stands in."""
        median = self.fact.value.p50
        return median if self.factor is None else times(median, self.factor)


class AreaFactor(NamedTuple):
    """An area's median over the nation's in one reference month, and the figures it rests on."""

    factor: int
    month: str
    own: Fact[WagePoints] | None
    stand_in: Fact[WagePoints] | None
    note: str


def area_factor(
    own: Fact[WagePoints] | None,
    nation: WagePoints | None,
    stand_in: Fact[WagePoints] | None,
    reference: WagePoints | None,
    workers: int,
) -> AreaFactor | None:
    """The factor of an area's own figure, or of the one that stands in; of n workers n / (n + `workers`) is its own."""
    if own is None or nation is None:
        if stand_in is None or reference is None:
            return None
        note = "no reliable local figure of its own: uses the records specialists' area factor"
        return AreaFactor(ratio(stand_in.value.p50, reference.p50), stand_in.effective, None, stand_in, note)
    factor = ratio(own.value.p50, nation.p50)
    if stand_in is None or reference is None:
        return AreaFactor(factor, own.effective, own, None, "its own ratio to the nation")
    counted = own.value.employment or 0
    other = ratio(stand_in.value.p50, reference.p50)
    blended = divide(counted * factor + workers * other, counted + workers)
    note = f"its own figure, of {counted:,} workers, with the records specialists' area factor as if of {workers:,}"
    return AreaFactor(blended, own.effective, own, stand_in, note)


class Wages:
    """National and area wages in force on one date."""

    def __init__(self, rules: Rules, as_of: str) -> None:
        """Take the compiled rules; the area tables are used only when a place is asked about."""
        self._rules, self.as_of = rules, as_of
        self._nations: dict[str, Fact[WagePoints]] = {}
        self._wages: dict[tuple[str, WagePlace | None], AreaWage] = {}
        self._cells: dict[int, Cells] = {}

    def title(self, occupation: str) -> str:
        """An occupation's title as BLS writes it."""
        return self._rules.occupations[occupation].title

    def nation(self, occupation: str) -> Fact[WagePoints]:
        """The national percentiles in force; NoRuleError before the first."""
        if occupation not in self._nations:
            rows = self._rules.occupations[occupation].wages
            self._nations[occupation] = required(rows, self.as_of, f"wages of occupation {occupation}")
        return self._nations[occupation]

    def cell(self, occupation: str, kind: str, code: str, month: str) -> Fact[WagePoints] | None:
        """An area's own percentiles of a reference month; None if not published."""
        for number, table in enumerate(self._rules.areas.tables):
            if table.kind != kind or table.effective != month:
                continue
            if number not in self._cells:
                self._cells[number] = Cells(table.cells)
            cell = self._cells[number].at(occupation, code)
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
            wage = self._wages[occupation, place] = self._shaped(occupation, wage)
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
        """The area's own figure of the nation's month, where it is steady enough to be taken as it is."""
        if self._rules.occupations[occupation].noisy or self._blend(occupation):
            return None
        fact = self.cell(occupation, kind, code, self.nation(occupation).effective)
        return None if fact is None else AreaWage(kind, code, self.name(kind, code), fact)

    def _by_factor(self, occupation: str, kind: str, code: str, nation: AreaWage) -> AreaWage | None:
        """The nation's wages times the area's factor, of its month; else that of the newest area table."""
        month = nation.fact.effective
        found = self._blended(occupation, kind, code, month)
        if found is None:
            newest = max((t.effective for t in self._rules.areas.tables if t.kind == kind), default=month)
            found = None if newest == month else self._blended(occupation, kind, code, newest)
        if found is None:
            return None
        note = found.note
        if found.month != month:
            note = f"no area table of {month[:7]}: the ratio to the nation of {found.month[:7]} stands in; {note}"
        facts = [fact for fact in (found.own, found.stand_in) if fact is not None]
        cited = dict.fromkeys((*nation.fact.sources, *(id_ for fact in facts for id_ in fact.sources)))
        mixed = nation.fact._replace(sources=tuple(cited), where=facts[0].where)
        noisy = self._rules.occupations[occupation].noisy
        return AreaWage(
            kind=kind,
            code=code,
            name=self.name(kind, code),
            fact=mixed,
            factor=found.factor,
            own=None if noisy else found.own,
            note=note,
        )

    def _blended(self, occupation: str, kind: str, code: str, month: str) -> AreaFactor | None:
        """The factor of an area's own figure, of the reference occupation's, or of both by the number of workers."""
        workers = self._blend(occupation)
        noisy = self._rules.occupations[occupation].noisy and not workers
        own = None if noisy else self.cell(occupation, kind, code, month)
        stand_in = None
        if occupation != REFERENCE and (own is None or workers):
            stand_in = self.cell(REFERENCE, kind, code, month)
        return area_factor(
            own, self._nation_of(occupation, month), stand_in, self._nation_of(REFERENCE, month), workers
        )

    def _nation_of(self, occupation: str, month: str) -> WagePoints | None:
        rows = self._rules.occupations[occupation].wages
        return next((row.value for row in rows if row.effective == month), None)

    def _blend(self, occupation: str) -> int:
        """At how many workers an area's own figure counts as much as its stand-in; 0 where it is not blended."""
        rule = self._rules.occupation_rules.get(occupation)
        fact = None if rule is None else in_force(rule.blend, self.as_of)
        return 0 if fact is None else fact.value

    def growth_share(self, occupation: str) -> Fact[Factor] | None:
        """The share of the wage index's growth that an occupation takes part in; None for all of it."""
        rule = self._rules.occupation_rules.get(occupation)
        return None if rule is None else in_force(rule.ageing, self.as_of)

    def ends(self, occupation: str, place: WagePlace | None) -> tuple[int, int]:
        """P10 and P90 over the median in a place; a thin cell's, which may lie close, give way to the nation's."""
        wage = self.at(occupation, place)
        if wage.factor is None:
            return wage.shape.p10, wage.shape.p90
        nation = self.at(occupation, None).shape
        return min(wage.shape.p10, nation.p10), max(wage.shape.p90, nation.p90)

    def _shaped(self, occupation: str, wage: AreaWage) -> AreaWage:
        """The wages with the area's own shape; the nation's where the area hides one of its percentiles."""
        row = (wage.own or wage.fact).value
        hidden = None in (row.p10, row.p25, row.p75, row.p90)
        if hidden:
            row = self.nation(occupation).value
        shape = Shape(*(ratio(point or 0, row.p50) for point in (row.p10, row.p25, row.p75, row.p90)))
        return wage._replace(shape=shape, hidden=hidden)
