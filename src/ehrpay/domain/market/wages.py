"""Market wages: an occupation's percentiles for the nation and for areas, and the stated order of fall-backs.

Area tables of the same reference month as the national one are used: area cell, else occupation x area
factor, else state, else nation. What was used and what it fell back from is part of the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.facts import Fact, facts, in_force, required
from ehrpay.domain.market import packed_wages
from ehrpay.domain.money import UNIT, ratio, times
from ehrpay.errors import NoRuleError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from ehrpay.domain.place import Place

EMPLOYMENT, P10, P25, P50, P75, P90 = range(6)
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


class AreaWage(NamedTuple):
    """The wages used for one occupation in one place.

    `fact.value` is [employment, P10, P25, P50, P75, P90] in whole dollars a year, of the area itself
    (`factor` None) or of the nation times `factor` (1/10,000). `levels` counts the levels fallen back.
    """

    kind: str
    code: str
    name: str
    fact: Fact
    factor: int | None = None
    levels: int = 0
    fell_back: tuple[str, ...] = ()

    @property
    def hidden(self) -> bool:
        """Whether BLS hides one of the area's percentiles, so that the nation's shape stands in."""
        return None in self.fact.value[P10:]

    def percentile(self, index: int) -> int | None:
        """A published percentile in whole dollars, moved by the area factor where one stands in."""
        value: int | None = self.fact.value[index]
        return value if value is None or self.factor is None else times(value, self.factor)


class Wages:
    """National and area wages in force on one date."""

    def __init__(self, core: dict[str, Any], areas: Callable[[], dict[str, Any]], as_of: str) -> None:
        """Take the compiled rules; `areas` is called only when a place is asked about."""
        self._core, self.areas, self.as_of = core, areas, as_of
        self._nations: dict[str, Fact] = {}
        self._found: dict[tuple[str, Place | None], AreaWage] = {}

    def title(self, occupation: str) -> str:
        """An occupation's title as BLS writes it."""
        return str(self._core["occupations"][occupation]["title"])

    def nation(self, occupation: str) -> Fact:
        """The national percentiles in force; NoRuleError before the first."""
        if occupation not in self._nations:
            rows = self._core["occupations"][occupation]["wages"]
            self._nations[occupation] = required(rows, self.as_of, f"wages of occupation {occupation}")
        return self._nations[occupation]

    def cell(self, occupation: str, kind: str, code: str) -> Fact | None:
        """An area's own percentiles of the same reference month as the nation's; None if not published."""
        month = self.nation(occupation).effective
        for table in self.areas()["tables"]:
            if table["kind"] != kind or table["effective"] != month:
                continue
            row = packed_wages.cell(table["cells"], occupation, code)
            if row is not None and row[1 + P50] is not None:
                where = f"{table['file']}:{row[0]}"
                head = (month, row[1:], None, None, table["basis"], "high")
                return Fact(*head, tuple(table["sources"]), where, table["review_by"])
        return None

    def name(self, kind: str, code: str) -> str:
        """An area's name as published."""
        return str(self.areas()["names"][kind].get(code, code))

    def at(self, occupation: str, place: Place | None) -> AreaWage:
        """The best known wages for an occupation in a place; the nation where no place was said."""
        found = self._found.get((occupation, place))
        if found is None:
            found = AreaWage("nation", "us", "United States", self.nation(occupation))
            if place is not None and (place.state or place.area):
                found = self._in(occupation, place, found)
            self._found[occupation, place] = found
        return found

    def _in(self, occupation: str, place: Place, nation: AreaWage) -> AreaWage:
        tried: list[str] = []
        levels = 0
        for kind, code in _candidates(place):
            found = self._own(occupation, kind, code) or self._by_factor(occupation, kind, code, nation)
            if found is not None:
                return found._replace(levels=levels, fell_back=tuple(tried))
            tried.append(self.name(kind, code))
            levels += 1
        if place.state in OUTSIDE:
            where = OUTSIDE[place.state]
            msg = f"no rule covers occupation {occupation} in {where}, which national figures leave out"
            raise NoRuleError(msg)
        return nation._replace(levels=levels, fell_back=tuple(tried))

    def _own(self, occupation: str, kind: str, code: str) -> AreaWage | None:
        if self._core["occupations"][occupation]["noisy"]:
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
        factor = ratio(fact.value[P50], self.nation(REFERENCE).value[P50])
        mixed = nation.fact._replace(sources=(*nation.fact.sources, *fact.sources), where=fact.where)
        return AreaWage(kind, code, self.name(kind, code), mixed, factor)


def _candidates(place: Place) -> list[tuple[str, str]]:
    """The areas to try, nearest first."""
    found = []
    if place.area is not None:
        found.append(("nonmetro" if len(place.area) > 5 else "metro", place.area))  # noqa: PLR2004 - CBSA codes have five digits
    if place.state is not None:
        found.append(("state", place.state))
    return found


def shape(wage: AreaWage, nation: Fact) -> tuple[int, int, int, int]:
    """P10, P25, P75, P90 over the median in 1/10,000; the nation's where the area does not publish all five."""
    row = nation.value if wage.hidden else wage.fact.value
    p10, p25, p75, p90 = (ratio(row[p], row[P50]) for p in (P10, P25, P75, P90))
    return p10, p25, p75, p90


class Ageing:
    """The wage index that moves pay from its reference month to a date; past its last reading, a stated pace."""

    def __init__(self, rule: dict[str, Any]) -> None:
        """Take the compiled rule: readings by quarter in thousandths of a point, and how far a pace may carry."""
        self.title = rule["title"]
        self._readings = {row[0]: row for row in rule["readings"]}
        self._last = max(self._readings)
        self._beyond = in_force(rule["beyond"], "9999-12-31")

    def factor(self, since: str, as_of: str) -> tuple[int, int, Fact]:
        """The factor in 1/10,000 from one ISO date's quarter to another date, and months extrapolated."""
        start = self._reading(quarter(since))
        end = self._readings.get(quarter(as_of))
        if end is not None:
            return ratio(end[1], start[1]), 0, _both(start, facts([end])[0])
        factor, months, fact = self._carried(start[1], as_of)
        return factor, months, _both(start, fact)

    def _reading(self, name: str) -> list[Any]:
        if name not in self._readings:
            msg = f"no reading of the {self.title} for {name}; the first is {min(self._readings)}"
            raise NoRuleError(msg)
        return list(self._readings[name])

    def _carried(self, start: int, as_of: str) -> tuple[int, int, Fact]:
        last, year = self._readings[self._last], int(self._last[:4])
        before = self._readings[f"{year - 1}{self._last[4:]}"]
        months = (int(as_of[:4]) - year) * 12 + int(as_of[5:7]) - 3 * int(self._last[5])
        beyond = self._beyond
        if beyond is None or not 0 < months <= beyond.value:
            msg = f"no rule covers {as_of}: wages are aged at most {beyond and beyond.value} months past {self._last}"
            raise NoRuleError(msg)
        # last * (1 + yearly rise * months / 12) / start, in whole numbers, rounded once.
        top = last[1] * (12 * before[1] + (last[1] - before[1]) * months)
        told = facts([last])[0]
        return (
            ratio(top, 12 * before[1] * start),
            months,
            told._replace(
                basis=beyond.basis, sources=beyond.sources, where=beyond.where, review_by=beyond.review_by
            ),
        )

    @property
    def last(self) -> str:
        """The last published quarter, such as `2026 Q1`."""
        return f"{self._last[:4]} {self._last[4:]}"

    @property
    def pace(self) -> int:
        """The rise of the last twelve months in 1/10,000."""
        year = int(self._last[:4])
        return ratio(self._readings[self._last][1], self._readings[f"{year - 1}{self._last[4:]}"][1]) - UNIT


def _both(start: list[Any], end: Fact) -> Fact:
    """The later reading's fact, citing the earlier one's sources too."""
    return end._replace(sources=tuple(dict.fromkeys((*start[6], *end.sources))))


def quarter(date: str) -> str:
    """The quarter of an ISO date, as in `2025Q2`."""
    return f"{date[:4]}Q{(int(date[5:7]) + 2) // 3}"
