"""Amounts are read right or refused, never misread."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each

from ehrpay.domain.amount import read_amount
from ehrpay.errors import UsageError


@each(
    ("text", "cents"),
    [
        ("61000", 6_100_000),
        (" 61,000 ", 6_100_000),
        ("$61,000.50", 6_100_050),
        ("61k", 6_100_000),
        ("61.5K", 6_150_000),
        ("29.50/h", 2950 * 2080),
        ("29.5 / hour", 2950 * 2080),
        ("27.50 an hour", 2750 * 2080),
        ("$27.50 per hour", 2750 * 2080),
        ("27.50/per hour", 2750 * 2080),
        ("27.50 / per hour", 2750 * 2080),
        ("61,000 a year", 6_100_000),
        ("5000/mo", 6_000_000),
        ("2,000/biweekly", 5_200_000),
        ("$2,000 biweekly", 5_200_000),
        ("$27.50 Hourly", 2750 * 2080),
        ("5000 monthly", 6_000_000),
        ("61k annually", 6_100_000),
        ("0", 0),
    ],
)
def test_amounts_are_read(text: str, cents: int) -> None:
    """To cents a year."""
    assert read_amount(text, "offer", 2080) == cents


@each(
    "text",
    ["75.000,00", "1O0000", "-5", "1E+99999999", "75000.005", "", "k", "61,00", "6,1000", "1,000,00", "٥٠٠٠٠",
     "61000 EUR", "1e5", "nan", "61_000", "61000/fortnight", "27.50 an", "27.50 per / hour",
     "5" + " " * 100_000 + "x", "99999999999", "9" * 5000, "61kk", "$", "61 000", "+5",
     "61000hourly", "27.50 per hourly x", "hourly"],
)  # fmt: skip
def test_what_could_be_misread_is_refused(text: str) -> None:
    """Exit code 2 and the value in the sentence."""
    with pytest.raises(UsageError):
        read_amount(text, "offer", 2080)


@each("text", ["$28.50 - $34.00 per hour", "28.50-34/h", "$65,000 to $70,000", "65k-70k"])
def test_a_range_is_called_one(text: str) -> None:
    """As job ads give it."""
    with pytest.raises(UsageError, match="is a range of pay; give one amount"):
        read_amount(text, "offer", 2080)


@given(st.integers(0, 10_000_000))
def test_every_whole_amount_in_every_form(dollars: int) -> None:
    """Bare, grouped and with a sign mean the same."""
    for form in (f"{dollars}", f"{dollars:,}", f"${dollars:,}.00"):
        assert read_amount(form, "offer", 2080) == dollars * 100


@given(st.text(max_size=50))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    """Nothing else comes out."""
    with contextlib.suppress(UsageError):
        assert 0 <= read_amount(text, "offer", 2087) <= 1_000_000_000
