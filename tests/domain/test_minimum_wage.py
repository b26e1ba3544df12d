"""The minimum wage of a place and date: the highest of nation, state and part of the state."""

from __future__ import annotations

from itertools import pairwise

from tests.each import each

from ehrpay import load_rulebook
from ehrpay.domain.estimate.market import minimum_wage
from ehrpay.domain.facts import in_force
from ehrpay.places.resolve import resolve

WAGES = load_rulebook("2026-11-23").rules.minimum_wages


@each(
    ("place", "as_of", "cents", "name"),
    [
        ("us", "2021-01-01", 725, "United States"),
        ("Jackson, MS", "2026-11-23", 725, "United States"),
        ("Georgia", "2026-11-23", 725, "United States"),
        ("Seattle, WA", "2023-01-01", 1574, "Washington"),
        ("WA", "2022-12-31", 1449, "Washington"),
        ("San Francisco, CA", "2022-01-01", 1500, "California"),
        ("Portland, OR", "2022-07-01", 1475, "Portland, Oregon"),
        ("38900", "2022-07-01", 1475, "Portland, Oregon"),
        ("Vancouver, WA", "2022-07-01", 1449, "Washington"),
        ("Bend, OR", "2022-07-01", 1350, "Oregon"),
        ("DC", "2023-07-01", 1700, "District of Columbia"),
        ("Hawaii", "2024-01-01", 1400, "Hawaii"),
        ("New York, NY", "2023-06-01", 1500, "New York City"),
        ("10001", "2026-11-23", 1700, "New York City"),
        ("New York-Newark-Jersey City, NY-NJ", "2024-06-01", 1600, "New York City"),
        ("Newark, NJ", "2026-01-01", 1592, "New Jersey"),
        ("Long Beach, NY", "2021-06-01", 1400, "Long Island and Westchester, New York"),
        ("Buffalo, NY", "2026-01-01", 1600, "New York"),
        ("Arlington, VA", "2021-04-30", 725, "United States"),
        ("Guam", "2021-09-01", 925, "Guam"),
        ("Puerto Rico", "2022-01-01", 850, "Puerto Rico"),
    ],
)
def test_the_highest_that_holds_counts(place: str, as_of: str, cents: int, name: str) -> None:
    found = minimum_wage(WAGES.values(), resolve(place), as_of)
    assert found is not None
    assert (found.fact.value, found.name) == (cents, name)


def test_without_a_place_it_is_the_nation_s() -> None:
    found = minimum_wage(WAGES.values(), None, "2026-11-23")
    assert found is not None
    assert found.fact.value == 725


def test_territories_with_minimums_of_their_own_have_none_here() -> None:
    assert minimum_wage(WAGES.values(), resolve("American Samoa"), "2026-11-23") is None


def test_before_the_first_there_is_none() -> None:
    assert minimum_wage(WAGES.values(), None, "2009-07-23") is None


def test_every_state_has_one_from_2021_on_and_none_falls_or_is_below_the_nation_s() -> None:
    states = {wage.state for wage in WAGES.values()}
    assert len(states - {None}) == 54
    for id_, wage in WAGES.items():
        values = [fact.value for fact in wage.values]
        assert all(before < after for before, after in pairwise(values)), id_
        assert values[0] >= 725
        assert in_force(wage.values, "2021-01-01") is not None
        assert len({fact.effective for fact in wage.values}) == len(values)
