"""The flip is exact: at its value the first two have changed places, a dollar short of it they have not."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.compare.offers import AS_OF, HOSPITAL, PAYER, PERSON, THREE, VA, said
from tests.examples import examples

from ehrpay import Comparison, Rulebook, compare, load_rulebook
from ehrpay.domain.package.terms import OfferTerms, Stated, Tier

if TYPE_CHECKING:
    from collections.abc import Sequence

SORTS = ("base", "package", "adjusted", "hourly", "percent", "percentile")
WEIGHTS = ("package=3,percentile=1,leave=1", "adjusted=1", "hourly=5,leave=7", "percent=2,base=1")
PLACES = ("Boise, ID", "Denver", "San Francisco, CA", "MS", "PR", None)


@cache
def book() -> Rulebook:
    return load_rulebook(AS_OF)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values.map(said)


SHARES = {
    "bonus": st.integers(0, 1_500_000),
    "bonus_share": st.integers(0, 2_500),
    "sign_on": st.integers(0, 2_000_000),
    "match": st.sampled_from(
        [(Tier(10_000, 300), Tier(5_000, 200)), (Tier(5_000, 600),), (Tier(2_500, 425),)]
    ),
    "save": st.integers(0, 1_500),
    "premium": st.integers(0, 3_000_000),
    "premium_share": st.integers(0, 10_000),
    "leave": st.integers(0, 400),
    "sick": st.integers(0, 200),
    "holidays": st.integers(0, 150),
    "hours": st.integers(3_000, 5_000),
    "loan_repayment": st.integers(0, 1_000_000),
}


@st.composite
def terms(draw: st.DrawFn, number: int) -> OfferTerms:
    paid = {name: draw(maybe(values)) for name, values in SHARES.items()}
    place = draw(st.sampled_from(PLACES))
    if draw(st.integers(0, 2)) == 0:
        grade, step = draw(st.integers(4, 12)), draw(st.integers(1, 10))
        profile = PERSON._replace(agency="va", grade=grade, step=step, location=place)
        return OfferTerms(f"offer {number}", profile, f"offers.yaml:{number}", **paid)
    profile = PERSON._replace(location=place, work=draw(st.sampled_from([None, "remote", "onsite"])))
    base = said(draw(st.integers(4_000_000, 12_000_000)))
    return OfferTerms(f"offer {number}", profile, f"offers.yaml:{number}", base=base, **paid)


OFFERS = st.integers(2, 4).flatmap(lambda count: st.tuples(*(terms(n) for n in range(count))))


@st.composite
def ways(draw: st.DrawFn) -> dict[str, Any]:
    way: dict[str, Any] = {"home": draw(st.sampled_from([None, "Denver", "Boise, ID"]))}
    way["years"] = draw(st.sampled_from([None, 1, 3, 10]))
    ranking = draw(st.sampled_from([("sort", name) for name in SORTS] + [("weights", w) for w in WEIGHTS]))
    return way | {ranking[0]: ranking[1]}


def changed(offers: Sequence[OfferTerms], name: str, field: str, dollars: int) -> list[OfferTerms]:
    """The offers with one amount as if the file had said it."""
    amount = Stated(dollars * 100, str(dollars), "offers.yaml:1")
    new = {"base": amount} if field == "base" else {"bonus": amount, "bonus_share": None}
    return [one._replace(**new) if one.name == name else one for one in offers]


def order(found: Comparison) -> list[str]:
    return [one.name for one in found.offers]


def is_exact(offers: Sequence[OfferTerms], way: dict[str, Any]) -> bool:
    """Whether there is a flip; where there is one it is exact."""
    found = compare(offers, book(), **way)
    flip = found.tipping
    assert flip is not None
    if flip.value is None:
        return False
    first, second = order(found)[:2]
    short = flip.value + 1 if flip.field == "base" and flip.offer == first else flip.value - 1
    assert f"{flip.value:,}" in flip.sentence
    turned = order(compare(changed(offers, flip.offer, flip.field, flip.value), book(), **way))
    assert turned.index(second) < turned.index(first)
    kept = order(compare(changed(offers, flip.offer, flip.field, short), book(), **way))
    assert kept.index(first) < kept.index(second)
    return True


@examples(60)
@given(OFFERS, ways())
def test_one_dollar_decides(offers: tuple[OfferTerms, ...], way: dict[str, Any]) -> None:
    is_exact(offers, way)


@examples(40)
@given(OFFERS, ways(), st.integers(1, 2_000_000))
def test_a_higher_base_never_ranks_lower(
    offers: tuple[OfferTerms, ...], way: dict[str, Any], more: int
) -> None:
    before = order(compare(offers, book(), **way))
    for one in offers:
        if one.base is not None:
            raised = one._replace(base=said(one.base.value + more))
            after = order(compare([raised if other is one else other for other in offers], book(), **way))
            assert after.index(one.name) <= before.index(one.name)


@pytest.mark.slow
@examples(1_000)
@given(OFFERS, ways())
def test_one_dollar_decides_for_many(offers: tuple[OfferTerms, ...], way: dict[str, Any]) -> None:
    is_exact(offers, way)


@pytest.mark.parametrize("way", [{}, {"home": "Denver"}, {"years": 5}, {"weights": WEIGHTS[0]}], ids=str)
def test_three_offers_have_a_flip(way: dict[str, Any]) -> None:
    assert is_exact(THREE, way)


@pytest.mark.parametrize(
    ("offers", "field", "whose"),
    [
        ((HOSPITAL, PAYER), "base", "Treasure Valley Hospital"),
        ((VA, HOSPITAL), "base", "Treasure Valley Hospital"),
        ((VA, VA._replace(name="VA Boise", premium=said(500_000))), "bonus", "VA Boise"),
    ],
    ids=["the runner-up's base", "the leader's base", "a bonus"],
)
def test_what_can_be_bargained_is_what_flips(offers: tuple[OfferTerms, ...], field: str, whose: str) -> None:
    found = compare(offers, book(), home="Denver")
    assert found.tipping is not None
    assert (found.tipping.field, found.tipping.offer) == (field, whose)
    assert is_exact(offers, {"home": "Denver"})


def test_where_nothing_in_range_flips_it_says_so() -> None:
    small = PAYER._replace(name="Small", base=said(2_000_000))
    found = compare([HOSPITAL, small], book())
    assert found.tipping is not None
    assert found.tipping.value is None
    assert found.tipping.sentence == "Small doesn't move ahead with any base up to $40,000."
    two = [VA, VA._replace(name="VA GS-8", profile=VA.profile._replace(grade="8"))]
    by_base = compare(two, book(), sort="base").tipping
    assert by_base is not None
    assert by_base.value is None
    assert "pay plan" in by_base.sentence


def test_a_leader_may_be_out_of_reach_of_a_pay_plan() -> None:
    rich = HOSPITAL._replace(base=said(40_000_000))
    found = compare([rich, VA], book()).tipping
    assert found is not None
    assert found.value is None
    assert found.sentence == (
        "Treasure Valley Hospital stays ahead of VA Denver even with a base of $200,000."
    )


def test_one_offer_has_nothing_to_flip() -> None:
    assert compare([VA], book()).tipping is None


def test_a_list_sorted_by_name_is_turned_by_no_amount() -> None:
    found = compare(THREE, book(), sort="name")
    assert order(found) == ["Granite Health Plan", "Treasure Valley Hospital", "VA Denver"]
    assert found.tipping is not None
    assert found.tipping.value is None
