"""Numbers as people type them: years of experience, grades, counts."""

from __future__ import annotations

import re

from ehrpay.errors import UsageError, shown
from ehrpay.named_tuple import NamedTuple

MOST_YEARS = 60
LEAST_PAY, MOST_PAY = 1_000, 10_000_000
"""The fewest and the most dollars a year that are pay; a bare number below is an hourly rate that lost its `/h`."""
_LONGEST = 40
# Compiled when they are needed: most numbers are digits, and at a start each costs as much as a module.
_NOUN = r"(?i)(?<=[0-9]) ?(?:years?|yrs?\.?)$"
_TO = r"(?i)(?<=[0-9])\s+to\s+(?=[0-9])"
_NUMBER = re.compile(r"([+-]?)([0-9]+)(?:\.([0-9]*))?")
_ANY, _POWER = r"[0-9]{1,2}(?:\.[0-9])?", r"[0-9]e[+-]?[0-9]"


class Years(NamedTuple):
    """Years of experience in tenths of a year, a range where the person gave one (equal ends otherwise)."""

    low: int
    high: int

    @property
    def words(self) -> str:
        """With the noun: `1 year`, `3-5 years`."""
        return f"{self} year" if self == (10, 10) else f"{self} years"

    def __str__(self) -> str:
        """As the person would write it: `5`, `2.5`, `3-5`."""
        ends = [f"{t // 10}.{t % 10}" if t % 10 else str(t // 10) for t in self]
        return ends[0] if self.low == self.high else "-".join(ends)


def _error(text: str, why: str, field: str) -> UsageError:
    return UsageError(f"{shown(text)} {why}", field=field)


def read_tenths(text: str, field: str = "years") -> int:
    """A number of years in tenths, 0 to 60; UsageError otherwise."""
    plain = text.strip()
    if not plain:
        raise UsageError("the number of years is empty; use a number like 5 or 2.5", field=field)
    if len(plain) > _LONGEST:
        raise _error(plain, "is too long for a number of years", field)
    match = _NUMBER.fullmatch(plain)
    if match is None:
        raise _error(plain, f"is not a number of years; {_instead(plain)}", field)
    whole, part = int(match[2]), (match[3] or "").rstrip("0")
    if match[1] == "-" or (whole, part) > (MOST_YEARS, ""):
        raise _error(plain, f"is out of range: years must be 0 to {MOST_YEARS}", field)
    if len(part) > 1:
        raise _error(plain, "has too many decimals: use tenths of a year, like 2.5", field)
    return whole * 10 + int(part or 0)


def _instead(text: str) -> str:
    """What to write in its place; a number in it is named, unless it counts months."""
    plain, number = text.casefold(), re.search(_ANY, text)
    if "," in text and not text.replace(",", "").strip("0123456789"):
        return f"use a decimal point, like {text.replace(',', '.')}"
    if plain.strip("+-") in ("nan", "inf", "infinity") or re.search(_POWER, plain):
        return "use a plain number, like 5 or 2.5"
    if "month" in plain:
        return "give years, like 1.5 for 18 months"
    if number is not None and text.isascii() and "_" not in text:
        return f"write the number alone, like {number[0]}, or a range, like 3-5"
    return "use the digits 0-9, like 5 or 2.5"


def read_years(value: str | float) -> Years:
    """Years as typed (`5`, `2.5`, `3-5`, `3 to 5`, `5 yrs`), to tenths; UsageError names what is wrong with it."""
    text = str(value).strip()
    if not text.isdigit():
        text = re.sub(_TO, "-", re.sub(_NOUN, "", text.replace("–", "-")))
    first, dash, last = text.partition("-")
    if not dash or not first.strip():
        tenths = read_tenths(text)
        return Years(tenths, tenths)
    low, high = read_tenths(first), read_tenths(last)
    if low > high:
        raise _error(text, f"is backwards; write {last.strip()}-{first.strip()}", "years")
    return Years(low, high)


def read_whole(value: int | str, noun: str, field: str, low: int, high: int) -> int:
    """A whole number within its bounds, such as a grade; UsageError otherwise."""
    text = str(value).strip()
    if not (text.isascii() and text.isdigit()) or len(text) > _LONGEST:
        raise _error(text, f"is not a {noun}; use a whole number from {low} to {high}", field)
    if not low <= int(text) <= high:
        raise _error(text, f"is out of range: {noun} must be {low} to {high}", field)
    return int(text)
