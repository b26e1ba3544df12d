"""The `curve` step: a factor by years, straight between points, flat past the last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.facts import in_force
from ehrpay.domain.money import divide
from ehrpay.domain.numerals import decimal
from ehrpay.domain.outcome import Outcome, factor, unsaid
from ehrpay.errors import NoRuleError

if TYPE_CHECKING:
    from ehrpay.domain.typed_numbers import Years

Point = tuple[int, int, int, int]
"""Years, then factor, low and high in 1/10,000."""


def at(points: list[Point], tenths: int, column: int) -> int:
    """The curve's value at a number of years in tenths, half up between points (column 1 factor, 2 low, 3 high)."""
    before = points[0]
    for after in points:
        if tenths <= after[0] * 10:
            break
        before = after
    else:
        return points[-1][column]
    span = (after[0] - before[0]) * 10
    if span == 0:
        return after[column]
    rise = (after[column] - before[column]) * (tenths - before[0] * 10)
    return before[column] + divide(rise, span)


class Curve:
    """A factor by years of experience, in force on one date."""

    inputs = ("years",)

    def __init__(self, rule: dict[str, Any], as_of: str) -> None:
        """Take the compiled rule; nothing in force is known only when someone asks."""
        self.id, self.title = rule["id"], rule["title"]
        self._fact = in_force(rule["curve"], as_of)
        self._as_of = as_of

    def ask(self, years: Years | None) -> Outcome:
        """The factor for a number of years. A range of years takes the mean of its ends and widens honestly."""
        if years is None:
            return unsaid(self.id, self.title)
        if self._fact is None:
            msg = f"no {self.title.lower()} rule is in force on {self._as_of}"
            raise NoRuleError(msg)
        points: list[Point] = self._fact.value
        ends = [at(points, tenths, 1) for tenths in years]
        middle = divide(ends[0] + ends[1], 2)
        fact = self._fact._replace(value=middle, low=at(points, years.low, 2), high=at(points, years.high, 3))
        noun = "year" if years == (10, 10) else "years"
        return _widened(factor(self.id, f"{self.title}, {years} {noun}", fact), ends)


def _widened(outcome: Outcome, ends: list[int]) -> Outcome:
    """Half of the person's own range moves a quartile, as it would were every value in it equally likely."""
    gap = (ends[1] - ends[0]) // 4
    if not gap:
        return outcome
    formula = f"the mean of {decimal(ends[0])} and {decimal(ends[1])}"
    return outcome._replace(down=outcome.down + gap, up=outcome.up + gap, formula=formula)
