"""Amounts of pay as people write them: `61000`, `61,000.00`, `$61,000`, `61k`, `29.50/h`, `29.50 hourly`."""

from __future__ import annotations

import re

from ehrpay.domain.money import divide
from ehrpay.domain.typed_numbers import MOST_PAY
from ehrpay.errors import UsageError, shown

UNITS = {
    "": "year",
    "y": "year",
    "yr": "year",
    "year": "year",
    "yearly": "year",
    "annually": "year",
    "m": "month",
    "mo": "month",
    "month": "month",
    "monthly": "month",
    "biweekly": "biweekly",
    "h": "hour",
    "hr": "hour",
    "hour": "hour",
    "hourly": "hour",
}
ADVERBS = ("yearly", "annually", "monthly", "biweekly", "hourly")
"""The units that need neither a slash nor `per`."""
_FORM = re.compile(
    r"\$?\s*(?P<whole>[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<cents>[0-9]+))?(?P<k>[kK])?"
)
_PER = re.compile(rf"\s*/\s*(?:per\s+)?|\s+(?:an?|per)\s+|\s+(?=(?:{'|'.join(ADVERBS)})$)", re.IGNORECASE)
_RANGE = re.compile(r"[0-9]k?\s*(?:[-\u2013\u2014]|\bto\b)\s*\$?\s*[0-9]", re.IGNORECASE)
_LONGEST = 40


def read_amount(text: str, field: str, hours: int) -> int:
    """Cents a year from an amount as typed, by year unless it names another unit (`/h`, `a month`, `biweekly`).

    `hours` is the divisor for hourly pay (2,087 federal, 2,080 otherwise). UsageError for anything that could
    be read in two ways, has more than two decimals, or lies outside 0 to 10,000,000 dollars a year.
    """
    amount, unit = parts(text) if len(text) <= _LONGEST and text.isascii() else ("", "")
    found, per = _FORM.fullmatch(amount), UNITS.get(unit)
    if found is None or per is None:
        why = "is not an amount; use a form like 61000, 61,000.00, 61k or 29.50/h"
        if is_range(text):
            why = "is a range of pay; give one amount, like 61000 or 29.50/h"
        raise UsageError(f"{shown(text)} {why}", field=field)
    cents = _cents(found, text, field)
    yearly = {
        "year": cents,
        "month": cents * 12,
        "biweekly": divide(cents * hours, 80),
        "hour": cents * hours,
    }[per]
    if yearly > MOST_PAY * 100:
        raise UsageError(f"{shown(text)} is over the limit of ${MOST_PAY:,} a year", field=field)
    return yearly


def parts(text: str) -> tuple[str, str]:
    """The amount and its unit of time as typed, in small letters; no unit where none is named."""
    amount, *unit = _PER.split(text.strip(), maxsplit=1)
    return amount, "".join(unit).casefold()


def is_range(text: str) -> bool:
    """Whether the text has two numbers with a dash or `to` between."""
    return _RANGE.search(text) is not None


def _cents(found: re.Match[str], text: str, field: str) -> int:
    whole, part = int(found["whole"].replace(",", "")), found["cents"] or ""
    most = 3 if found["k"] else 2
    if len(part) > most:
        raise UsageError(f"{shown(text)} has more than {most} decimals", field=field)
    scaled = int(f"{whole}{part:0<{most}}")
    return scaled * 100 if found["k"] else scaled
