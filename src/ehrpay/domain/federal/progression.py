"""One cell of the pay table followed through time: within-grade increases, and promotions where a way is given.

Weeks are counted from today. An increase due on the same day as a promotion comes before it (5 CFR 531.214(c)),
and a promotion begins a new waiting period (5 CFR 531.405(b)(2)).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.federal.schedule import STEPS, WEEKS, promote
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ehrpay.domain.federal.schedule import PaySchedule, Rate

STEP, PROMOTION = "step", "promotion"

NEVER = 10**6
"""A week past every horizon."""


class Served(NamedTuple):
    """Weeks already waited at the step, and spent in the grade."""

    at_step: int = 0
    in_grade: int = 0


class Opening(NamedTuple):
    """The next grade of a ladder, the first week the person qualifies for it by years, and the rule that grants it."""

    grade: int
    week: int = 0
    rule: str = ""
    basis: str = "official"
    sources: tuple[str, ...] = ()


class Move(NamedTuple):
    """What happens in a week: an increase within the grade, or a promotion."""

    week: int
    kind: str
    before: Rate
    after: Rate


def served(table: PaySchedule, weeks: int) -> Served:
    """Of weeks in a grade entered at step 1, those left over at the step they led to."""
    at_step = weeks - sum(map(table.wait, range(1, table.step_after(weeks))))
    return Served(at_step, weeks)


def moves(
    table: PaySchedule, start: Rate, was: Served, way: Mapping[int, Opening], last: int
) -> Iterator[Move]:
    """Everything that happens to a cell up to a week; a promotion whose time is served comes in week 1."""
    rate, step_since, grade_since = start, -was.at_step, -was.in_grade
    while True:
        raised = step_since + table.wait(rate.step) if rate.step < STEPS else NEVER
        up = way.get(rate.grade)
        promoted = NEVER if up is None else max(grade_since + WEEKS, up.week, 1)
        week, before = min(raised, promoted), rate
        if week > last:
            return
        step_since = week
        if raised <= promoted or up is None:
            rate = table.rate(rate.grade, rate.step + 1)
            yield Move(week, STEP, before, rate)
        else:
            grade_since, rate = week, promote(table, rate.grade, rate.step, up.grade)
            yield Move(week, PROMOTION, before, rate)
