"""The `curve` step: a factor by years, straight between points, flat past the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.facts import Factor, in_force
from ehrpay.domain.money import UNIT, divide, drawn, root
from ehrpay.domain.numerals import decimal
from ehrpay.domain.running import Term
from ehrpay.domain.story import Story, factor_story, factor_term, unsaid
from ehrpay.errors import NoRuleError

if TYPE_CHECKING:
    from ehrpay.domain.compiled.adjustments import Adjustment, Point
    from ehrpay.domain.compiled.adjustments import Curve as Points
    from ehrpay.domain.compiled.wages import Left
    from ehrpay.domain.facts import Fact
    from ehrpay.domain.typed_numbers import Years


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
    """A factor by years of experience, in force on one date; beside a level only a share of it counts."""

    inputs = ("years", "level")

    def __init__(self, rule: Adjustment, as_of: str, left: Left) -> None:
        """Take the compiled rule, and what knowing the years leaves of the range."""
        self.id, self.title = rule.id, rule.title
        self._fact = in_force(rule.curve, as_of)
        self._as_of, self._narrow = as_of, left.share
        beside = in_force(rule.beside_level, as_of)
        self._beside = UNIT if beside is None else beside.value.middle

    def narrowed(self, years: Years | None, level: str | None) -> tuple[Years | None, int]:
        """The years, and how much of the curve counts."""
        return years, UNIT if level is None else self._beside

    def term(self, years: Years | None, share: int) -> Term:
        """The factor for a number of years; a range takes the mean of its ends, and narrows less."""
        if years is None:
            return Term()
        ends = self._ends(years, share)
        known = UNIT - self._open(ends, share)
        return factor_term(_mean(*ends), self._left(known), known)

    def story(self, years: Years | None, share: int) -> Story:
        """The years, and how the factor comes of the curve."""
        if years is None:
            return unsaid(self.title)
        first, last = self._ends(years, share)
        story = factor_story(f"{self.title}, {years.words}", _mean(first, last), self._in_force)
        parts = [] if first == last else [f"the mean of {decimal(first.middle)} and {decimal(last.middle)}"]
        if share != UNIT:
            parts.append(f"{decimal(share)} of the curve's distance from 1.0000 counts beside a level")
        return story._replace(formula="; ".join(parts))

    def _ends(self, years: Years, share: int) -> tuple[Factor, Factor]:
        points = self._in_force.value
        first, last = (factor_at(points, tenths) for tenths in years)
        return Factor(*(drawn(one, share) for one in first)), Factor(*(drawn(one, share) for one in last))

    def _open(self, ends: tuple[Factor, Factor], share: int) -> int:
        """How much of what years could tell a range of them leaves open: the square of its part of the curve."""
        points = self._in_force.value
        whole = (points[-1].factor.middle - points[0].factor.middle) * share // UNIT
        gap = ends[1].middle - ends[0].middle
        part = min(gap * UNIT // whole, UNIT) if whole else 0
        return part * part // UNIT

    def _left(self, known: int) -> int | None:
        """What is left of the range: the rule's own share for one number, all of it where years leave all open."""
        if self._narrow is None:
            return None
        return root(UNIT * UNIT - (UNIT * UNIT - self._narrow * self._narrow) * known // UNIT)

    @property
    def _in_force(self) -> Fact[Points]:
        if self._fact is None:
            raise NoRuleError(f"no {self.title.lower()} rule is in force on {self._as_of}")
        return self._fact


def _mean(first: Factor, last: Factor) -> Factor:
    return Factor(*(divide(start + end, 2) for start, end in zip(first, last, strict=True)))
