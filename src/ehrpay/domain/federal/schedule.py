"""The General Schedule: grade, step, locality pay and promotion, exact to the dollar, with OPM's own rounding.

Locality rate = base x (1 + percent), half up to the dollar, limited to level IV of the Executive Schedule
(5 CFR 531.604, 531.606). All in integers.

Promotion: 5 U.S.C. 5334(b) and the standard method of 5 CFR 531.214(d)(3), for pay under the same schedules before
and after: the locality pay area is the new one on both sides, and neither special nor retained rates are known.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from ehrpay.domain.facts import BASES, required, weakest
from ehrpay.domain.money import UNIT, times
from ehrpay.errors import NoRuleError, UsageError, unknown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from ehrpay.domain.compiled.federal import Facts, FederalRules
    from ehrpay.domain.facts import Fact, T

REST_OF_US = "RUS"
GRADES, STEPS, WEEKS = 15, 10, 52
STEP_INCREASES = 2
"""What a promotion brings at least."""
GS, GL = "GS", "GL"
"""Pay plans: the General Schedule, and the one of law enforcement, whose lower grades begin some steps ahead."""


class Rate(NamedTuple):
    """One cell of the locality table, whole dollars a year: base, locality pay, the rate, and whether capped."""

    grade: int
    step: int
    base: int
    uncapped: int
    annual: int
    plan: str = GS

    @property
    def capped(self) -> bool:
        """Whether the cap acted."""
        return self.annual < self.uncapped

    @property
    def label(self) -> str:
        """As people write it: `GS-8 step 3`."""
        return f"{self.plan}-{self.grade} step {self.step}"

    @property
    def short(self) -> str:
        """For narrow columns: `GS-8/3`."""
        return f"{self.plan}-{self.grade}/{self.step}"


class Cell(NamedTuple):
    """A rate, and the parts of people who are likely to hold it."""

    rate: Rate
    parts: int


class PaySchedule:
    """The tables in force on one date, for one locality pay area and one pay plan."""

    def __init__(self, rules: FederalRules, as_of: str, locality: str, plan: str = GS) -> None:
        """Take the compiled federal rules; NoRuleError where the year or the area's percentage is missing."""
        self.base = required(rules.base, as_of, "the General Schedule")
        self._ahead: Mapping[str, int] = {}
        self._rates: dict[tuple[int, int], Rate] = {}
        self.first_steps: dict[tuple[int, ...], int] = {}
        """For those who count cells: the step that a climb through grades ends with, once it was worked out."""
        self.cells_known: dict[Hashable, Sequence[Cell]] = {}
        """For them as well: the cells of a placement in order, once they were counted."""
        if plan == GL:
            ahead = required(rules.ahead, as_of, "pay plan GL")
            self._ahead, self.base = ahead.value, _both(self.base, ahead)
        self.cap = self._same_year(rules.caps, "the pay cap")
        self.divisor = required(rules.divisor, as_of, "the hourly divisor")
        self.waiting = required(rules.within_grade, as_of, "within-grade increases")
        self._weeks = (0, *accumulate(self.waiting.value))
        area = rules.localities[read_locality(rules, locality)]
        self.code, self.name = area.code, area.name
        self.percent = self._same_year(area.percents, f"locality pay for {self.code} ({self.name})")

    @property
    def year(self) -> str:
        """The year of the table in force."""
        return self.base.effective[:4]

    def _same_year(self, facts: Facts, what: str) -> Fact[int]:
        """The fact of the table's own year: a neighbouring year's percentage is never borrowed."""
        found = [fact for fact in facts if fact.effective[:4] == self.year]
        if not found:
            known = ", ".join(sorted({fact.effective[:4] for fact in facts})) or "none"
            raise NoRuleError(f"no rule covers {what} in {self.year}; available years: {known}")
        return found[-1]

    def rate(self, grade: int, step: int) -> Rate:
        """One cell of the table, grades 1 to 15 and steps 1 to 10."""
        found = self._rates.get((grade, step))
        if found is None:
            found = self._rates[grade, step] = self._rate(grade, step)
        return found

    def _rate(self, grade: int, step: int) -> Rate:
        base = self.base_pay(grade, step)
        uncapped = self.uncapped(base)
        return Rate(grade, step, base, uncapped, min(uncapped, self.cap.value), self.plan(grade))

    def base_pay(self, grade: int, step: int) -> int:
        """Base pay of a grade and step, whole dollars a year; beyond step 10 the grade's last increase counts again."""
        steps = self.base.value[str(grade)]
        beyond = step + self._ahead.get(str(grade), 0) - STEPS
        return steps[-1] + beyond * (steps[-1] - steps[-2]) if beyond > 0 else steps[beyond - 1]

    def plan(self, grade: int) -> str:
        """The pay plan a grade is paid by: `GL`, or `GS` where that plan is the same."""
        return GL if str(grade) in self._ahead else GS

    def named(self, grade: int) -> str:
        """A grade as people write it: `GS-8`."""
        return f"{self.plan(grade)}-{grade}"

    def span(self, grades: tuple[int, int]) -> str:
        """Two grades, once where they are the same: `GS-7 to 8`, `GL-9 to GS-12`."""
        first, last = map(self.named, grades)
        return first if first == last else f"{first} to {last.removeprefix(first[: len(GS) + 1])}"

    def uncapped(self, base: int) -> int:
        """Base pay with the locality payment, half up to the dollar; whole dollars a year, before the cap."""
        return times(base, UNIT + self.percent.value)

    def cells(self, grades: tuple[int, int], steps: tuple[int, int]) -> Iterator[Rate]:
        """Every cell of a range of grades and steps."""
        for grade in range(grades[0], grades[1] + 1):
            for step in range(steps[0], steps[1] + 1):
                yield self.rate(grade, step)

    def wait(self, step: int) -> int:
        """Weeks of acceptable service at a step before the next; 0 at the last."""
        return self.waiting.value[step - 1] if step < STEPS else 0

    def stay(self, step: int) -> int:
        """Weeks that people are at a step; at the last, which nothing ends, as long as at the one before it."""
        return self.wait(min(step, STEPS - 1))

    @property
    def longest(self) -> int:
        """Weeks from step 1 to the last."""
        return self._weeks[-1]

    def step_after(self, weeks: int, step: int = 1) -> int:
        """The step reached by within-grade increases alone after a number of weeks in the grade."""
        return bisect_right(self._weeks, self._weeks[step - 1] + weeks)


def _both(base: Fact[T], ahead: Fact[Mapping[str, int]]) -> Fact[T]:
    """The base table as it is known for pay plan GL: by the weaker of two bases, from the sources of both."""
    return base._replace(
        basis=weakest((base.basis, ahead.basis), BASES),
        sources=(*base.sources, *ahead.sources),
    )


def read_locality(rules: FederalRules, code: str) -> str:
    """OPM's code as typed, in any case; UsageError with the nearest codes and names otherwise."""
    wanted = code.strip().upper()
    if wanted in rules.localities:
        return wanted
    by_name = {area.name.casefold(): area.code for area in rules.localities.values()}
    by_name |= {key.casefold(): key for key in rules.localities}
    if found := by_name.get(code.strip().casefold()):
        return found
    raise UsageError(unknown("locality pay area", code, by_name, listing="localities"), field="locality")


def promote(schedule: PaySchedule, grade: int, step: int, to_grade: int) -> Rate:
    """The rate on promotion from a grade and step: the lowest of the new grade that is at least `least`.

    Locality rates under the cap are compared, for what the cap cuts off counts for nothing (5 CFR 531.606(d)):
    a capped rate leads to the first capped one. Where the new grade has no such rate, its step 10. ValueError
    unless the new grade is a higher one.
    """
    if not grade < to_grade <= GRADES:
        raise ValueError(f"GS-{to_grade} is not above GS-{grade}, or no grade of the General Schedule")
    wanted = min(schedule.uncapped(least(schedule, grade, step)), schedule.cap.value)
    higher = schedule.cells((to_grade, to_grade), (1, STEPS))
    return next((rate for rate in higher if rate.annual >= wanted), schedule.rate(to_grade, STEPS))


def least(schedule: PaySchedule, grade: int, step: int) -> int:
    """Base pay two step increases above a grade and step, whole dollars a year: what a promotion must reach.

    For steps 9 and 10 of GS-1 and GS-2 the regulation has a sentence of its own, which was not seen.
    """
    return schedule.base_pay(grade, step + STEP_INCREASES)
