"""The options of a ladder: how far ahead, in which dollars, and with which promotions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ehrpay.domain.federal.schedule import GRADES
from ehrpay.domain.money import UNIT, times
from ehrpay.domain.numerals import percent
from ehrpay.domain.typed_numbers import read_whole
from ehrpay.errors import UsageError, shown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

HORIZON, MOST_AHEAD = 10, 40
"""Years ahead that a ladder looks, and at most."""
MOST_RAISE = 20
DECIMALS = 2
_PERCENT = re.compile(r"([0-9]{1,4})(?:\.([0-9]{1,40}))?\s*%?")


class LadderOptions(NamedTuple):
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
        """A whole-dollar amount after so many yearly raises, rounded to the dollar at each."""
        for _ in range(year):
            amount = times(amount, UNIT + self.raise_points)
        return amount


def read_options(
    horizon: str | int | None, raised: str | float | None, to_grade: str | int | None, *, promotions: bool
) -> LadderOptions:
    """The options as typed; UsageError with the field (`horizon`, `raised`, `to_grade`) otherwise."""
    if to_grade is not None and not promotions:
        raise UsageError("--to-grade conflicts with --no-promotion")
    return LadderOptions(
        HORIZON if horizon is None else read_whole(horizon, "number of years", "horizon", 0, MOST_AHEAD),
        0 if raised is None else read_raise(str(raised)),
        promotions,
        None if to_grade is None else read_whole(to_grade, "grade", "to_grade", 1, GRADES),
    )


def read_raise(text: str) -> int:
    """Percent a year, 0 to 20 with two decimals at most, in 1/10,000; UsageError otherwise."""
    match = _PERCENT.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"{shown(text)} is not a raise; use a percentage a year such as 2.5", field="raised")
    decimals = (match[2] or "").rstrip("0")
    if len(decimals) > DECIMALS:
        msg = f"{shown(text)} is too fine; use at most {DECIMALS} decimals, such as 2.25"
        raise UsageError(msg, field="raised")
    points = int(match[1]) * 100 + int(decimals.ljust(DECIMALS, "0"))
    if points > MOST_RAISE * 100:
        msg = f"{shown(text)} is out of range: a raise must be 0 to {MOST_RAISE} percent a year"
        raise UsageError(msg, field="raised")
    return points


def refuse_ineffective(options: LadderOptions, last_grades: Sequence[int | None]) -> None:
    """Raise UsageError if a promotion option can't have an effect.

    `last_grades` has for each ladder the highest grade it can lead to, None for one by the market method.
    """
    if options.to_grade is None and options.promotions:
        return
    name, field = (
        ("--no-promotion", "no_promotion") if options.to_grade is None else ("--to-grade", "to_grade")
    )
    graded = [last for last in last_grades if last is not None]
    if not graded:
        msg = f"{name} needs pay by grade; use an agency on the General Schedule, such as --agency va"
        raise UsageError(msg, field=field)
    if options.to_grade is not None and options.to_grade > max(graded):
        last = max(graded)
        why = (
            f"this role's qualification ladder ends at GS-{last}"
            if last
            else "no ladder covers this role here"
        )
        raise UsageError(f"GS-{options.to_grade} is out of reach: {why}", field=field)
