"""Days off and the hours worked a year: 52 weeks less every day off, a fifth of a week each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.money import divide
from ehrpay.domain.numerals import fixed
from ehrpay.domain.package.figures import Figure, computed, of_rule, stated, unknown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.package.parts import BenefitQuery
    from ehrpay.domain.package.terms import Stated

WEEKS, WORKDAYS = 52, 5
TENTHS = 10
PARTS = {"annual-leave": "leave", "sick-leave": "sick"}
"""Kinds of rules whose part has another name."""


class TimeOff(NamedTuple):
    """Days off in tenths of a day a year, the week in hundredths of an hour, and hours worked, in hundredths."""

    leave: Figure
    sick: Figure
    holidays: Figure
    week: Figure
    worked: Figure


def time_off(query: BenefitQuery) -> TimeOff:
    """Days off and hours as stated, filled in by the rules; unknown days count as none."""
    terms = query.terms
    leave = _filled(terms.leave, query, "annual-leave")
    sick = _filled(terms.sick, query, "sick-leave")
    holidays = _filled(terms.holidays, query, "holidays")
    week = _filled(terms.hours, query, "week")
    worked = _worked((leave, sick, holidays), week)
    return TimeOff(leave=leave, sick=sick, holidays=holidays, week=week, worked=worked)


def _filled(term: Stated[int] | None, query: BenefitQuery, kind: str) -> Figure:
    if term is not None:
        return stated(term, term.value)
    rule, part = query.rule(kind), PARTS.get(kind, kind)
    if rule is None or query.filling.without(part):
        return query.filled(part) or unknown()
    # Of a list by years of service, a new employee's.
    value = int(rule.value[0][1] if isinstance(rule.value, list) else rule.value)
    return Figure(value, of_rule(rule), low=value, high=value)


def _worked(off: tuple[Figure, ...], week: Figure) -> Figure:
    if week.value is None:
        return unknown("hours not specified")
    days = sum(figure.counted for figure in off)
    hours = divide(week.value * (WEEKS * WORKDAYS * TENTHS - days), WORKDAYS * TENTHS)
    if hours <= 0:
        return unknown("the days off leave no hours")
    formula = f"52 weeks of {_trimmed(week.value, 2)} hours less {_trimmed(days, 1)} days off"
    origins = [figure.origin for figure in off if figure.value is not None]
    return computed(hours, formula, week.origin, *origins)


def _trimmed(value: int, places: int) -> str:
    return fixed(value, places).rstrip("0").removesuffix(".")
