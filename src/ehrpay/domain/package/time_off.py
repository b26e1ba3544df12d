"""Days off and the hours worked a year: 52 weeks less every day off, a fifth of a week each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.money import divide
from ehrpay.domain.numerals import fixed
from ehrpay.domain.package.figures import Figure, computed, gap, of_rule, said
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.package.benefits import Benefit
    from ehrpay.domain.package.parts import Asking
    from ehrpay.domain.package.terms import Said

WEEKS, WORKDAYS = 52, 5
TENTHS = 10


class Time(NamedTuple):
    """Days off in tenths of a day a year, the week in hundredths of an hour, and hours worked, in hundredths."""

    leave: Figure
    sick: Figure
    holidays: Figure
    week: Figure
    worked: Figure


def time(asking: Asking) -> Time:
    """What is said of days off and hours, filled in by the rules; days not known count as none."""
    terms = asking.terms
    leave = _filled(terms.leave, asking, "annual-leave")
    sick = _filled(terms.sick, asking, "sick-leave")
    holidays = _filled(terms.holidays, asking, "holidays")
    week = _filled(terms.hours, asking, "week")
    return Time(leave, sick, holidays, week, _worked((leave, sick, holidays), week))


def _filled(one: Said[int] | None, asking: Asking, kind: str) -> Figure:
    if one is not None:
        return said(one)
    rule = asking.benefits.get(asking.employer, kind)
    return gap() if rule is None else Figure(_of(rule), of_rule(rule))


def _of(rule: Benefit) -> int:
    """The value; of a list by years of service, that of a new employee."""
    return int(rule.value[0][1] if isinstance(rule.value, list) else rule.value)


def _worked(off: tuple[Figure, ...], week: Figure) -> Figure:
    if week.value is None:
        return gap("hours not said")
    days = sum(figure.value or 0 for figure in off)
    hours = divide(week.value * (WEEKS * WORKDAYS * TENTHS - days), WORKDAYS * TENTHS)
    if hours <= 0:
        return gap("no hours are left after the days off")
    words = f"52 weeks of {_trimmed(week.value, 2)} hours less {_trimmed(days, 1)} days off"
    known = [figure.origin for figure in off if figure.value is not None]
    return computed(hours, words, week.origin, *known)


def _trimmed(value: int, places: int) -> str:
    return fixed(value, places).rstrip("0").removesuffix(".")
