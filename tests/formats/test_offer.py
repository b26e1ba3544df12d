"""An offer read, and judged in integers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.formats import samples

from ehrpay.domain.estimate.result import Percentiles
from ehrpay.domain.estimate.verdict import read_offer, verdict
from ehrpay.errors import UsageError

ESTIMATE = samples.plainest()._replace(percentiles=Percentiles(40_000, 45_000, 55_000, 65_000, 80_000))


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
    ("offer", "standing", "word", "share"),
    [
        (39_999, "under P10", "low", None),
        (40_000, "P10", "low", 10),
        (44_999, "P25", "low", 25),
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
    assert found.sentence == "A fair offer: $50,000 a year is at P38, $5,000 below the middle."
    assert verdict(55_000_00, ESTIMATE).sentence.endswith("is at P50, exactly the middle.")
    assert "60,000.50 a year" in verdict(60_000_50, ESTIMATE).sentence


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
