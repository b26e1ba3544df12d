"""The `curve` step: a factor by years, straight between points, flat past the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.compiled.wages import Left
from ehrpay.domain.facts import Factor, in_force
from ehrpay.domain.money import divide
from ehrpay.domain.numerals import decimal
from ehrpay.domain.running import Term
from ehrpay.domain.story import Story, factor_story, factor_term, unsaid
from ehrpay.errors import NoRuleError

if TYPE_CHECKING:
    from ehrpay.domain.compiled.adjustments import Adjustment, Point
    from ehrpay.domain.compiled.adjustments import Curve as Points
    from ehrpay.domain.facts import Fact
    from ehrpay.domain.typed_numbers import Years

ONE_YEAR = (10, 10)


def factor_at(points: Points, tenths: int) -> Factor:
    """The curve's factor at a number of years in tenths, half up between points."""
    before = points[0]
    for after in points:
        if tenths <= after.years * 10:
            return _between(before, after, tenths)
        before = after
    return points[-1].factor


def _between(before: Point, after: Point, tenths: int) -> Factor:
    span = (after.years - before.years) * 10
    if span == 0:
        return after.factor
    gone = tenths - before.years * 10
    ends = zip(before.factor, after.factor, strict=True)
    return Factor(*(start + divide((end - start) * gone, span) for start, end in ends))


class Curve:
    """A factor by years of experience, in force on one date."""

    inputs = ("years",)

    def __init__(self, rule: Adjustment, as_of: str, left: Left | None = None) -> None:
        """Take the compiled rule, and what knowing the years leaves of the range."""
        self.id, self.title = rule.id, rule.title
        self._fact = in_force(rule.curve, as_of)
        self._as_of, self._narrow = as_of, (left or Left()).share

    def narrowed(self, years: Years | None) -> tuple[Years | None]:
        """The years."""
        return (years,)

    def term(self, years: Years | None) -> Term:
        """The factor for a number of years; a range takes the mean of its ends.

        Half of the range moves a quartile, as it would were every value in it equally likely.
        """
        if years is None:
            return Term()
        first, last = self._ends(years)
        term = factor_term(_mean(first, last), self._narrow)
        gap = (last.middle - first.middle) // 4
        return term._replace(down=term.down + gap, up=term.up + gap)

    def story(self, years: Years | None) -> Story:
        """The years, and for a range what its ends have."""
        if years is None:
            return unsaid(self.title)
        first, last = self._ends(years)
        noun = "year" if years == ONE_YEAR else "years"
        story = factor_story(f"{self.title}, {years} {noun}", _mean(first, last), self._in_force)
        if (last.middle - first.middle) // 4 == 0:
            return story
        return story._replace(formula=f"the mean of {decimal(first.middle)} and {decimal(last.middle)}")

    def _ends(self, years: Years) -> tuple[Factor, Factor]:
        points = self._in_force.value
        return factor_at(points, years.low), factor_at(points, years.high)

    @property
    def _in_force(self) -> Fact[Points]:
        if self._fact is None:
            msg = f"no {self.title.lower()} rule is in force on {self._as_of}"
            raise NoRuleError(msg)
        return self._fact


def _mean(first: Factor, last: Factor) -> Factor:
    return Factor(divide(first.middle + last.middle, 2), first.low, last.high)
