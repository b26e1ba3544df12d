"""An offer read, and judged in integers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each
from tests.formats import samples

from ehrpay import Profile, estimate, load_rulebook
from ehrpay.domain.estimate.result import Percentiles
from ehrpay.domain.estimate.verdict import by_steps, read_offer, verdict
from ehrpay.domain.federal.schedule import PaySchedule
from ehrpay.errors import UsageError
from ehrpay.formats.amounts import Period
from ehrpay.formats.estimate import Answer
from ehrpay.formats.estimate.sentences import advice
from ehrpay.formats.writers import Screen, write


def told(offer: int, period: str = "year") -> str:
    """What is said of an offer in cents."""
    return advice(verdict(offer, ESTIMATE), ESTIMATE, Period(period, 2080))


ESTIMATE = samples.plainest()._replace(percentiles=Percentiles(40_000, 45_000, 55_000, 65_000, 80_000))


@each(
    ("text", "cents"),
    [
        ("61000", 61_000_00),
        ("$61,000.50", 61_000_50),
        ("61k", 61_000_00),
        ("61.5K", 61_500_00),
        ("29.50/h", 29_50 * 2087),
        (" 29.5 / hr ", 29_50 * 2087),
        ("5000/month", 60_000_00),
        ("1,234,567", 1_234_567_00),
    ],
)
def test_an_offer_as_people_write_it(text: str, cents: int) -> None:
    assert read_offer(text, 2087) == cents


@each(
    "text",
    [
        "",
        "-5",
        "nan",
        "1e5",
        "6_1000",
        "61,00",
        "61000 USD",
        "٦١٠٠٠",
        "0",
        "99999999999",
        "61000/week",
        "12.345",
    ],
)
def test_what_is_no_offer_is_refused_by_name(text: str) -> None:
    with pytest.raises(UsageError) as error:
        read_offer(text, 2080)
    assert error.value.field == "offer"


def test_a_bare_hourly_rate_is_refused_with_the_way_to_write_it() -> None:
    with pytest.raises(UsageError, match=r"write an hourly rate as 29\.50/h"):
        read_offer("29.50", 2080)


@each(
    ("offer", "standing", "word", "share"),
    [
        (39_999, "under P10", "low", None),
        (40_000, "P10", "low", 10),
        (44_999, "P25", "low", 25),
        (45_000, "P25", "fair", 25),
        (50_000, "P38", "fair", 38),
        (55_000, "P50", "fair", 50),
        (65_000, "P75", "fair", 75),
        (72_500, "P83", "strong", 83),
        (80_001, "over P90", "strong", None),
    ],
)
def test_percentile_by_straight_lines(offer: int, standing: str, word: str, share: int | None) -> None:
    found = verdict(offer * 100, ESTIMATE)
    assert (found.standing, found.word, found.percentile) == (standing, word, share)


def test_ratios_and_sentence() -> None:
    found = verdict(50_000_00, ESTIMATE)
    assert found.compa_ratio == 9091
    assert found.penetration == 2500
    assert found.to_middle_cents == -5_000_00
    assert told(50_000_00).startswith("$50,000 a year is $5,000 below the middle.")
    assert told(55_000_00).startswith("$55,000 a year is the middle.")
    assert told(60_000_50).startswith("$60,000.50 a year is ")


@each(
    ("offer", "period", "away", "then"),
    [
        (51_960_00, "year", "$51,960 a year is $3,040 below", "ask: $55,000 (the middle) to $65,000 (P75)."),
        (55_040_00, "year", "$55,040 a year is $40 above", "ask: up to $65,000 (P75)."),
        (65_000_00, "year", "$65,000 a year is $10,000 above", "Three in four people like this earn less."),
        (90_000_00, "year", "$90,000 a year is $35,000 above", "More than nine in ten people like this earn less."),
        (48_000_00, "month", "$4,000 a month is $583 below", "ask: $4,590 (the middle) to $5,420 (P75)."),
        (52_000_00, "hour", "$25.00 an hour is $1.44 below", "ask: $26.50 (the middle) to $31.30 (P75)."),
    ],
)  # fmt: skip
def test_an_offer_says_what_to_do_with_it_and_follows_the_period(
    offer: int, period: str, away: str, then: str
) -> None:
    assert told(offer, period) == f"{away} the middle. {then.replace('ask:', 'A reasonable ask:')}"


def test_an_ask_is_never_less_than_the_offer_and_never_the_same() -> None:
    tight = ESTIMATE._replace(percentiles=Percentiles(54_000, 54_500, 55_010, 55_020, 56_000))
    for offer in range(54_000, 55_020):
        asked = advice(verdict(offer * 100, tight), tight, Period("year", 2080)).partition("ask: ")[2]
        amounts = [int(word.strip("$.,").replace(",", "")) for word in asked.split() if word.startswith("$")]
        assert amounts
        assert min(amounts) > offer


GRADES = PaySchedule(load_rulebook("2026-11-28").rules.federal, "2026-11-28", "DEN")


@pytest.mark.parametrize(
    ("dollars", "standing", "steps"),
    [
        (52_318, "GS-6 step 2", ["GS-6 step 2", "GS-5 step 6"]),
        (52_000, "above GS-5 step 5", ["GS-5 step 5", "GS-6 step 2"]),
        (20_000, "below GS-5 step 1", ["GS-5 step 1"]),
        (99_000, "above GS-6 step 10", ["GS-6 step 10"]),
    ],
)
def test_an_offer_by_grade_names_the_nearest_real_steps_and_no_percentile(
    dollars: int, standing: str, steps: list[str]
) -> None:
    found = by_steps(verdict(dollars * 100, ESTIMATE), GRADES.cells((5, 6), (1, 10)))
    assert (found.percentile, found.standing, found.ask) == (None, standing, ())
    assert [rate.label for rate in found.steps] == steps
    text = advice(found, ESTIMATE, Period("year", 2087))
    assert all(label in text for label in steps)
    assert re.search(r"\bP\d\d\b", text) is None


def test_a_range_that_is_one_amount_has_no_penetration() -> None:
    fixed = ESTIMATE._replace(percentiles=Percentiles(*[59_607] * 5))
    assert verdict(59_607_00, fixed)[1:5] == (50, "P50", 10_000, None)
    assert verdict(59_608_00, fixed).word == "strong"


@given(
    st.lists(st.integers(1, 10**7), min_size=5, max_size=5), st.lists(st.integers(100_000, 10**9), min_size=2)
)
def test_a_higher_offer_never_stands_lower(points: list[int], offers: list[int]) -> None:
    estimate = ESTIMATE._replace(percentiles=Percentiles(*sorted(points)))
    found = [verdict(offer, estimate) for offer in sorted(offers)]
    order = {"under P10": 0, "over P90": 100}
    ranks = [order.get(v.standing, v.percentile or 0) for v in found]
    assert ranks == sorted(ranks)
    assert [v.compa_ratio for v in found] == sorted(v.compa_ratio for v in found)


def test_an_offer_and_the_longest_names_fit_80_by_24() -> None:
    """By the rules that ship, whose lists have the levels that the frozen ones lack."""
    book = load_rulebook("2026-11-28")
    longest = Profile(
        agency="ssa", role="trainer", years="3-5", degree="master", certs=(), level="entry",
        location="Seattle-Tacoma-Bellevue, WA",
    )  # fmt: skip
    answer = estimate(longest, book)
    view = Answer(answer, book.sources, "hour", verdict(52_000_00, answer))
    lines = write(view, "table", Screen()).splitlines()
    assert len(lines) <= 23
    assert lines[-1].startswith("More: add --explain")
