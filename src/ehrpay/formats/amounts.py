"""Integers as people write them: dollars with thousands, cents, signs, factors; pay by the year or the hour."""

from __future__ import annotations

from ehrpay.domain.money import divide
from ehrpay.domain.numerals import exact, fixed, whole
from ehrpay.named_tuple import NamedTuple

WORDS = {"year": "a year", "month": "a month", "biweekly": "every two weeks", "hour": "an hour"}
ROUND = {"year": 100_00, "month": 10_00, "biweekly": 10_00, "hour": 10}
"""What a round amount is a multiple of, in cents."""

MONTHS, BIWEEKLY_HOURS = 12, 80


def signed(text: str) -> str:
    """An amount of a change with its sign; nothing before a zero."""
    return text if text.startswith("-") or not text.strip("0. %") else f"+{text}"


def gained(dollars: int) -> str:
    """A change in whole dollars with its sign: `+1,250`."""
    return signed(f"{dollars:,}")


def tenths(share: int) -> str:
    """A share in 1/10,000 as a percentage with one place, without its sign: `109.3`."""
    return fixed(divide(share, 10), 1)


def percentage(share: int) -> str:
    """A share in 1/10,000 as a percentage with one place: `109.3 %`."""
    return f"{tenths(share)} %"


def hundredths(factor: int) -> str:
    """A factor in 1/10,000 with two places, half up: `1.11`."""
    return exact(divide(factor, 100))


class Period(NamedTuple):
    """The stretch of time pay is shown for; `hours` is the year's divisor.

    The hourly rate is rounded first, and two weeks are 80 of it, as a payroll does (5 CFR 531.607, 5504).
    """

    unit: str
    hours: int

    def cents(self, annual: int) -> int:
        """Cents for the period from cents a year, half up."""
        if self.unit == "year":
            return annual
        if self.unit == "month":
            return int(divide(annual, MONTHS))
        hourly = int(divide(annual, self.hours))
        return hourly * BIWEEKLY_HOURS if self.unit == "biweekly" else hourly

    def text(self, annual: int) -> str:
        """Cents a year as the period's pay: cents are shown for an hour and for two weeks."""
        return self._written(self.cents(annual))

    def _written(self, cents: int) -> str:
        return (whole if self.unit in ("year", "month") else exact)(cents)

    def amount(self, cents: int) -> str:
        """Cents of the period in a sentence: `$4,586`."""
        return f"${self._written(cents)}"

    def priced(self, annual: int) -> str:
        """Cents a year as the period's pay in a sentence: `$55,039`."""
        return f"${self.text(annual)}"

    def about(self, annual: int, *, up: bool = False) -> str:
        """Cents a year as the period's pay, to a round amount in a sentence: `$55,800`."""
        amount, unit = self.cents(annual), ROUND[self.unit]
        rounded = (-(-amount // unit) if up else divide(amount, unit)) * unit
        return f"${whole(rounded) if rounded % 100 == 0 and self.unit != 'hour' else exact(rounded)}"

    @property
    def words(self) -> str:
        """The period in words, as in `dollars a year`."""
        return WORDS[self.unit]

    @property
    def formula(self) -> str:
        """How it comes from the annual amount, with its divisor; empty for a year."""
        hourly = f"hourly = annual / {self.hours:,}"
        return {
            "year": "",
            "month": f"monthly = annual / {MONTHS}",
            "biweekly": f"biweekly = hourly x {BIWEEKLY_HOURS}, {hourly}",
            "hour": hourly,
        }[self.unit]
