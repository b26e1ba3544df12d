"""The `curve` step: a factor by years, straight between points, flat past the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.facts import Factor, in_force
from ehrpay.domain.money import divide
from ehrpay.domain.numerals import decimal
from ehrpay.domain.outcome import Outcome, factor, unsaid
from ehrpay.errors import NoRuleError

if TYPE_CHECKING:
    from ehrpay.domain.compiled.adjustments import Adjustment, Point
    from ehrpay.domain.compiled.adjustments import Curve as Points
    from ehrpay.domain.typed_numbers import Years


def at(points: Points, tenths: int) -> Factor:
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

    def __init__(self, rule: Adjustment, as_of: str) -> None:
        """Take the compiled rule; nothing in force is known only when someone asks."""
        self.id, self.title = rule.id, rule.title
        self._fact = in_force(rule.curve, as_of)
        self._as_of = as_of

    def ask(self, years: Years | None) -> Outcome:
        """The factor for a number of years. A range of years takes the mean of its ends and widens honestly."""
        if years is None:
            return unsaid(self.id, self.title)
        if self._fact is None:
            msg = f"no {self.title.lower()} rule is in force on {self._as_of}"
            raise NoRuleError(msg)
        first, last = (at(self._fact.value, tenths) for tenths in years)
        ends = [first.middle, last.middle]
        value = Factor(divide(sum(ends), 2), first.low, last.high)
        noun = "year" if years == (10, 10) else "years"
        return _widened(factor(self.id, f"{self.title}, {years} {noun}", value, self._fact), ends)


def _widened(outcome: Outcome, ends: list[int]) -> Outcome:
    """Half of the person's own range moves a quartile, as it would were every value in it equally likely."""
    gap = (ends[1] - ends[0]) // 4
    if not gap:
        return outcome
    formula = f"the mean of {decimal(ends[0])} and {decimal(ends[1])}"
    return outcome._replace(down=outcome.down + gap, up=outcome.up + gap, formula=formula)
