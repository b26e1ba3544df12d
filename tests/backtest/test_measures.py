"""The arithmetic of a backtest: weights, medians over time, weighted medians, intervals, levels in titles."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each

from ehrpay.domain.backtest.measures import Limits, Measure, Measures, median, read_percent, weigh
from ehrpay.domain.backtest.observation import Observation, level_of
from ehrpay.domain.backtest.trial import Medians
from ehrpay.domain.profile import Profile
from ehrpay.errors import NoRuleError, UsageError

MEDIANS = Medians.of({"2023-05-01": 48_000, "2022-05-01": 40_000, "2025-05-01": 52_000})


def seen(line: int, group: str, employer: str = "", **more: object) -> Observation:
    pay = {"low": 1, "high": 1, "middle": None, "date": "2024", "profile": Profile()} | more
    return Observation(line=line, id=str(line), group=group, employer=employer, **pay)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("date", "cents"),
    [
        ("2022-05-31", 4_000_000),
        ("2022-11-01", 4_400_000),
        ("2024-05-01", 5_000_000),
        ("2025-05-01", 5_200_000),
        ("2026-05-01", 5_400_000),
    ],
)
def test_medians_move_in_straight_lines(date: str, cents: int) -> None:
    """Between two months, and past the last at the pace before it."""
    assert MEDIANS.cents(date) == cents


def test_pay_older_than_the_medians_is_refused() -> None:
    with pytest.raises(NoRuleError, match="older than the first national median, of 2022-05"):
        MEDIANS.cents("2022-04-30")


def test_pay_long_after_the_medians_is_refused() -> None:
    assert MEDIANS.cents("2027-05-31") == 5_600_000
    with pytest.raises(NoRuleError, match="more than 24 months after the last national median"):
        MEDIANS.cents("2027-06-01")


def test_a_factor_carries_pay_from_one_date_to_another() -> None:
    assert MEDIANS.factor("2025-05-01", "2023-05-01") == 9_231


def test_rows_of_a_group_share_a_weight_and_an_employer_has_five_groups_at_most() -> None:
    rows = [
        seen(1, "a", "M"),
        seen(2, "a", "M"),
        *(seen(n, f"g{n}", "M") for n in range(3, 12)),
        seen(12, "z"),
    ]
    weights = weigh(rows)
    shares = {line: Fraction(weight, weights.unit) for line, weight in weights.by_line.items()}
    assert shares[1] == shares[2] == Fraction(1, 4)
    assert sum(share for line, share in shares.items() if line < 12) == 5
    assert shares[12] == 1


def test_employers_without_a_name_are_not_one_employer() -> None:
    weights = weigh([seen(n, f"g{n}") for n in range(9)])
    assert set(weights.by_line.values()) == {weights.unit}


@given(st.lists(st.tuples(st.integers(-99, 99), st.integers(1, 9)), min_size=1))
def test_a_weighted_median_has_half_the_weight_on_either_side(pairs: list[tuple[int, int]]) -> None:
    found = median(pairs)
    whole = sum(weight for _, weight in pairs)
    assert 2 * sum(weight for value, weight in pairs if value < found) < whole
    assert 2 * sum(weight for value, weight in pairs if value <= found) >= whole


@each(
    ("title", "level"),
    [
        ("Coder III", "senior"),
        ("Sr. Healthcare Data Analyst", "senior"),
        ("HIM Coder I - HIM Financial - Full Time", "entry"),
        ("Clinical Info Analyst Assoc", "entry"),
        ("Application Analyst - Hybrid (4 openings)", None),
        ("Technician 2, Buffalo Psychiatric Center, P24742", "intermediate"),
        ("Medical Coder", None),
        ("Project Delivery Senior Analyst II - Epic", "intermediate"),
        ("", None),
    ],
)
def test_a_title_names_its_level(title: str, level: str | None) -> None:
    """The word nearest the end counts; what follows the job's name does not."""
    words = {
        "entry": "entry i 1 assoc",
        "intermediate": "intermediate ii 2",
        "senior": "senior iii 3 sr",
        "lead": "lead iv 4",
    }
    names = {word: id_ for id_, found in words.items() for word in found.split()}
    assert level_of(title, names) == level


def test_the_pay_is_the_median_or_the_middle_of_the_range() -> None:
    assert seen(1, "a", low=50_000, high=60_001).pay == 55_001
    assert seen(1, "a", low=50_000, high=60_000, middle=51_000).pay == 51_000


@pytest.mark.parametrize(
    ("date", "day"), [("2024", "2024-07-01"), ("2024-03", "2024-03-01"), ("2024-03-31",) * 2]
)
def test_a_date_stands_for_a_day(date: str, day: str) -> None:
    assert seen(1, "a", date=date).day == day


def test_limits_name_what_is_missed() -> None:
    measures = Measures(
        rows=3,
        weight=300,
        error=Measure(1_570),
        bias=Measure(-400),
        outer=Measure(8_000),
        inner=Measure(5_000),
        width=6_770,
    )
    assert Limits(8_000, 1_570).missed(measures) == ()
    assert Limits(8_001, 1_569).missed(measures) == (
        "P10 to P90 covers 80.00 % of pay, less than 80.01 %",
        "the median error is 15.70 %, more than 15.69 %",
    )


@pytest.mark.parametrize(("text", "points"), [("75", 7_500), ("12.5 %", 1_250), ("0", 0), ("100", 10_000)])
def test_percentages_are_read(text: str, points: int) -> None:
    assert read_percent(text, "max_error") == points


@each("text", ["", "101", "-1", "0.123", "many", "1e1"])
def test_other_texts_are_no_percentages(text: str) -> None:
    with pytest.raises(UsageError, match="is not a percentage from 0 to 100") as caught:
        read_percent(text, "max_error")
    assert caught.value.field == "max_error"
