"""Single cells of observed pay: amounts and dates, or what is wrong with them."""

from __future__ import annotations

import re
from datetime import date

from ehrpay.domain.amount import read_amount
from ehrpay.domain.money import dollars
from ehrpay.errors import UsageError, shown

LEAST_PAY, MOST_PAY = 1_000, 10_000_000
HOURS = 2080
"""The divisor for pay by the hour."""

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


def read_pay(text: str) -> int | None:
    """Whole dollars a year, half up; None for an empty cell. UsageError for anything else."""
    plain = text.strip()
    if not plain:
        return None
    amount = dollars(read_amount(plain, "pay", HOURS))
    if not LEAST_PAY <= amount <= MOST_PAY:
        by_hour = "; multiply pay by the hour by 2,080" if amount < LEAST_PAY else ""
        msg = f"{shown(plain)} is not pay for a year, {LEAST_PAY:,} to {MOST_PAY:,} dollars{by_hour}"
        raise UsageError(msg)
    return amount


def read_date(text: str) -> str:
    """A date as written: a year, a month or a day. UsageError for anything else."""
    plain = text.strip()
    found = _DATE.fullmatch(plain)
    if found is None:
        what = f"{shown(plain)} is not a date" if plain else "there is no date"
        msg = f"{what}; write a year, a month or a day: 2024, 2024-05 or 2024-05-31"
        raise UsageError(msg)
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        msg = f"{shown(plain)} is not a calendar date"
        raise UsageError(msg) from None
    return plain
