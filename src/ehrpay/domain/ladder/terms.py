"""What a ladder is asked with: how far ahead, in which dollars, and with which promotions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ehrpay.domain.federal.schedule import GRADES
from ehrpay.domain.ladder.promotions import MOST_AHEAD
from ehrpay.domain.money import times
from ehrpay.domain.numerals import percent
from ehrpay.domain.typed_numbers import read_whole
from ehrpay.errors import UsageError, shown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

HORIZON = 10
MOST_RAISE = 20
_PERCENT = re.compile(r"([0-9]{1,4})(?:\.([0-9]{1,40}))?\s*%?")


class Terms(NamedTuple):
    """Years ahead (0 to 40); a general raise a year in 1/10,000, 0 for today's dollars; promotions.

    `to_grade` is the last grade a promotion may lead to, None for the ladder's own.
    """

    horizon: int = HORIZON
    raise_points: int = 0
    promotions: bool = True
    to_grade: int | None = None

    @property
    def percent(self) -> str:
        """The raise as people write it: `2.50 %`."""
        return percent(self.raise_points)

    @property
    def money(self) -> str:
        """Which dollars the amounts are in."""
        if self.raise_points:
            return f"nominal dollars, +{self.percent} a year (assumption)"
        return "today's dollars, today's tables"

    def nominal(self, amount: int, year: int) -> int:
        """A whole-dollar amount after so many yearly raises, half up to the dollar at each."""
        for _ in range(year):
            amount = times(amount, 10_000 + self.raise_points)
        return amount


def read_terms(
    horizon: str | int | None = None,
    raised: str | float | None = None,
    to_grade: str | int | None = None,
    *,
    promotions: bool = True,
) -> Terms:
    """The terms as typed; UsageError with the field (`horizon`, `raised`, `to_grade`) otherwise."""
    if to_grade is not None and not promotions:
        msg = "--to-grade conflicts with --no-promotion"
        raise UsageError(msg)
    return Terms(
        HORIZON if horizon is None else read_whole(horizon, "number of years", "horizon", 0, MOST_AHEAD),
        0 if raised is None else read_raise(str(raised)),
        promotions,
        None if to_grade is None else read_whole(to_grade, "grade", "to_grade", 1, GRADES),
    )


def read_raise(text: str) -> int:
    """Percent a year, 0 to 20 with two decimals at most, in 1/10,000; UsageError otherwise."""
    found = _PERCENT.fullmatch(text.strip())
    if found is None:
        msg = f"{shown(text)} is not a raise; write percent a year, like 2.5"
        raise UsageError(msg, field="raised")
    part = (found[2] or "").rstrip("0")
    if len(part) > 2:  # noqa: PLR2004 - hundredths of a percent are basis points
        msg = f"{shown(text)} is too fine: give the raise in hundredths of a percent, like 2.25"
        raise UsageError(msg, field="raised")
    points = int(found[1]) * 100 + int(part.ljust(2, "0"))
    if points > MOST_RAISE * 100:
        msg = f"{shown(text)} is out of range: a raise must be 0 to {MOST_RAISE} percent a year"
        raise UsageError(msg, field="raised")
    return points


def refuse_idle(terms: Terms, last_grades: Sequence[int | None]) -> None:
    """UsageError where a word on promotions can do nothing.

    `last_grades` has for each ladder the highest grade it can lead to, None for one that is not of grades.
    """
    graded = [last for last in last_grades if last is not None]
    if terms.to_grade is not None:
        name, field = "--to-grade", "to_grade"
    elif not terms.promotions:
        name, field = "--no-promotion", "no_promotion"
    else:
        return
    if not graded:
        msg = f"{name} needs pay by grade: give an agency on a pay plan, such as --agency va"
        raise UsageError(msg, field=field)
    if terms.to_grade is not None and terms.to_grade > max(graded):
        why = f"the qualification ladder of this role ends at GS-{max(graded)}"
        msg = f"GS-{terms.to_grade} is out of reach: {why if max(graded) else 'no ladder covers this role here'}"
        raise UsageError(msg, field=field)
