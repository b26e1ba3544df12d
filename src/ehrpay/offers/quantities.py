"""Readers of the quantities in an offer: money, shares, days, weekly hours, tiers of a retirement match.

Each returns an integer (shares in 1/10,000, money in cents a year, days in tenths, hours in hundredths), or raises
ValueError with the half-sentence that follows the value in the message.
"""

from __future__ import annotations

import re

from ehrpay.domain.amount import UNITS, parts, read_amount
from ehrpay.domain.package.terms import Tier
from ehrpay.domain.typed_numbers import LEAST_PAY
from ehrpay.errors import UsageError

FULL_WEEK = 4_000
FEDERAL_YEAR, WEEKS = 2_087, 52

LEAST_EXTRA = 100
"""Below this many dollars, a bonus is a share that lost its `%`."""

MOST_DAYS = 3_660
LEAST_HOURS, MOST_HOURS = 100, 8_000
DAY_HOURS, WEEK_DAYS = 8, 5
BIWEEKLY = 2_080
"""Hours of 26 pay periods, by which a biweekly premium is paid."""

_NUMBER = r"(?P<whole>[0-9]{1,4})(?:\.(?P<part>[0-9]{1,2}))?"
_SHARE = re.compile(rf"{_NUMBER}\s*%")
_TIER = re.compile(
    r"(?:(?P<rate>[0-9.]+\s*%)\s*(?:match\s+)?(?:of|up\s+to)\s*(?:the\s+first\s+)?)?(?P<pay>[0-9.]+\s*%)(?:\s*of\s+pay)?"
)
_DAYS = re.compile(rf"{_NUMBER}\s*(?P<unit>|d|days?|w|weeks?|h|hours?)")
_HOURS = re.compile(rf"{_NUMBER}\s*(?:|h|hours?)(?:\s*(?:/|a|per)\s*week)?")
_NONE = "none"
_MOST_SHARE = 10_000


def yearly_hours(week: int, *, federal: bool) -> int:
    """Paid hours of a year: 2,087 for a full federal week, else 52 weeks of hundredths of an hour."""
    return FEDERAL_YEAR if federal and week == FULL_WEEK else week * WEEKS // 100


def base_pay(text: str, hours: int) -> int:
    """Base pay in cents a year; refused where it is too small to be a year's."""
    cents = money(text, hours)
    if cents < LEAST_PAY * 100:
        hint = "" if _unit(text) else f"; an hourly rate is written {text.strip()}/h"
        raise ValueError(f"is less than {LEAST_PAY:,} dollars a year{hint}")
    return cents


def extra_pay(text: str, hours: int) -> int:
    """An amount besides base pay in cents; refused where it is so small that it may be a share or lack its `k`."""
    cents = money(text, hours)
    if 0 < cents < LEAST_EXTRA * 100:
        msg = f"is less than {LEAST_EXTRA} dollars a year; write a share as 5 %, thousands as 5k or 5,000"
        raise ValueError(msg)
    return cents


def money(text: str, hours: int) -> int:
    """An amount in cents a year; `none` is nothing.

    `hours` are the paid hours of the year; a pay period is two weeks whatever the hours of a week are.
    """
    if text.strip().casefold() == _NONE:
        return 0
    if _unit(text) == "biweekly" and hours != FEDERAL_YEAR:
        hours = BIWEEKLY
    try:
        return read_amount(text, "", hours)
    except UsageError as error:
        # The half-sentence behind the value: the caller shows the value itself.
        raise ValueError(str(error).rpartition("' ")[2]) from error


def premium(text: str) -> int:
    """A premium in cents a year: by year, month or biweekly pay period."""
    if _unit(text) == "hour":
        raise ValueError("is by the hour; write it by year, /month or /biweekly")
    cents = money(text, BIWEEKLY)
    if 0 < cents < LEAST_PAY * 100 and not _unit(text):
        msg = f"is less than {LEAST_PAY:,} dollars a year; one by the month is written {text.strip()}/month"
        raise ValueError(msg)
    return cents


def _unit(text: str) -> str:
    """The unit of time of an amount, as `domain.amount` reads it; empty where none is named."""
    unit = parts(text)[1]
    return unit and UNITS.get(unit, "")


def share(text: str) -> int:
    """A share of at most 100 %, in 1/10,000."""
    parsed = _SHARE.fullmatch(text.strip())
    if parsed is None:
        raise ValueError("is not a share; write it like 5 % or 4.5 %")
    value = _hundredths(parsed)
    if value > _MOST_SHARE:
        raise ValueError("is more than 100 %")
    return value


def match(text: str) -> tuple[Tier, ...]:
    """The tiers of a match, such as `100 % of 3 % + 50 % of 2 %`; `4 %` is all of 4 %; `none` is no tier.

    `up to` and `of the first` are `of`.
    """
    if text.strip().casefold() == _NONE:
        return ()
    tiers = []
    for part in re.split(r"\s*(?:\+|,|\bthen\b)\s*", text.strip()):
        tier = _TIER.fullmatch(part)
        if tier is None:
            raise ValueError("is not a match; write it like 50 % of 6 %, or 100 % of 3 % + 50 % of 2 %")
        rate = _MOST_SHARE if tier["rate"] is None else _rate(tier["rate"])
        tiers.append(Tier(rate=rate, of_pay=share(tier["pay"])))
    if sum(tier.of_pay for tier in tiers) > _MOST_SHARE:
        raise ValueError("matches more than the whole pay")
    return tuple(tiers)


def _rate(text: str) -> int:
    parsed = _SHARE.fullmatch(text)
    if parsed is None or _hundredths(parsed) > 3 * _MOST_SHARE:
        raise ValueError("is not a match; a rate is a percentage of at most 300 %")
    return _hundredths(parsed)


def days(text: str) -> int:
    """Days a year in tenths: `15`, `15 days`, `3 weeks` of five days, `104 h` of eight-hour days."""
    parsed = _DAYS.fullmatch(text.strip().casefold())
    if parsed is None:
        raise ValueError("is not a number of days; write it like 15, 15 days, 3 weeks or 104 h")
    unit = parsed["unit"][:1]
    tenths, rest = divmod(
        _hundredths(parsed) * (WEEK_DAYS if unit == "w" else 1), 10 * (DAY_HOURS if unit == "h" else 1)
    )
    if rest:
        raise ValueError("does not come to tenths of a day; give the days")
    if tenths > MOST_DAYS:
        raise ValueError("is more days than a year has")
    return tenths


def hours(text: str) -> int:
    """Hours of a week in hundredths, quarters of an hour at the finest."""
    parsed = _HOURS.fullmatch(text.strip().casefold())
    if parsed is None:
        raise ValueError("is not a number of hours a week; write it like 40 or 37.5")
    value = _hundredths(parsed)
    if not LEAST_HOURS <= value <= MOST_HOURS:
        raise ValueError(f"is out of range: hours a week are {LEAST_HOURS // 100} to {MOST_HOURS // 100}")
    if value % 25:
        raise ValueError("is too fine: give hours a week in quarters, like 37.5 or 37.75")
    return value


def _hundredths(number: re.Match[str]) -> int:
    return int(number["whole"]) * 100 + int(f"{number['part'] or '':0<2}")
