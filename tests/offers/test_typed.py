"""Offers in words: read right, or refused with the reason; never misread."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each
from tests.examples import examples

from ehrpay.domain.package.terms import OfferTerms, Tier
from ehrpay.domain.profile import Profile
from ehrpay.errors import UsageError
from ehrpay.offers.build import Employers
from ehrpay.offers.offer_text import read_text

EMPLOYERS = Employers.named({"va": "va", "veterans affairs": "va", "private": "private"}, {"va"})
ME = Profile(role="coder", years="5")


def offer(text: str) -> OfferTerms:
    return read_text(text, 2, ME, EMPLOYERS)


@each(
    ("text", "name", "agency", "grade", "step", "base", "place", "work"),
    [
        ("VA GS-9/1 Denver", "VA", "va", "9", "1", None, "Denver", None),
        ("va gs9 in Denver, CO", "va", "va", "9", None, None, "Denver, CO", None),
        ("VA GS-9 step 1 Denver", "VA", "va", "9", "1", None, "Denver", None),
        ("VA GS-9, Step 4, Denver", "VA", "va", "9", "4", None, "Denver", None),
        ("Veterans Affairs GS 9/3", "Veterans Affairs", "va", "9", "3", None, None, None),
        ("Acme Health 61k Boise, ID", "Acme Health", "private", None, None, 6_100_000, "Boise, ID", None),
        ("Acme Health: $61,000 in Boise", "Acme Health", "private", None, None, 6_100_000, "Boise", None),
        ("Mercy 29.50/h remote", "Mercy", "private", None, None, 6_136_000, None, "remote"),
        ("Mercy 29.50 an hour remote", "Mercy", "private", None, None, 6_136_000, None, "remote"),
        ("Mercy $29.50 hourly, Boise", "Mercy", "private", None, None, 6_136_000, "Boise", None),
        ("Mercy 2,360 biweekly Boise", "Mercy", "private", None, None, 6_136_000, "Boise", None),
        ("Mercy $29.50 per hour, Boise", "Mercy", "private", None, None, 6_136_000, "Boise", None),
        ("Mercy 61,000 a year in 80202", "Mercy", "private", None, None, 6_100_000, "80202", None),
        ("Mercy $61,000 80202", "Mercy", "private", None, None, 6_100_000, "80202", None),
        ("3M 61k", "3M", "private", None, None, 6_100_000, None, None),
        ("VA GS-9/1 in 80202", "VA", "va", "9", "1", None, "80202", None),
        ("Acme $61,000, Boise", "Acme", "private", None, None, 6_100_000, "Boise", None),
        ("Acme 61k IN", "Acme", "private", None, None, 6_100_000, "IN", None),
        ("Acme 61k in remote;", "Acme", "private", None, None, 6_100_000, None, "remote"),
        ("VA GS-9/1 70k Denver", "VA", "va", "9", "1", 7_000_000, "Denver", None),
    ],
)
def test_words_that_are_read(
    text: str, name: str, agency: str | None, grade: str | None, step: str | None, base: int | None,
    place: str | None, work: str | None,
) -> None:  # fmt: skip
    found = offer(text)
    assert (found.name, found.profile.agency, found.profile.grade) == (name, agency, grade)
    assert (found.profile.step, found.profile.location, found.profile.work) == (step, place, work)
    assert (None if found.base is None else found.base.value) == base
    assert found.where == "--offer 2"
    assert found.profile.role == "coder"


def test_settings_after_a_semicolon() -> None:
    found = offer("Acme 61k Boise; bonus=5 %; match=50 % of 6 %; leave=3 weeks; role=auditor; hours=37.5")
    assert found.bonus_share is not None
    assert found.match is not None
    assert (found.bonus_share.value, found.match.value) == (500, (Tier(5_000, 600),))
    assert found.profile.role == "auditor"


@each(
    ("text", "words"),
    [
        ("Acme Boise", ["neither a grade nor an amount"]),
        ("61k Boise", ["has no employer"]),
        ("", ["neither"]),
        ("Acme 61k 65k Boise", ["two amounts", "'61k'", "'65k'"]),
        ("Acme 61,000 Boise, 20 days, 401k", ["two amounts", "'20'", "; leave=20"]),
        ("Acme $28.50 - $34.00 per hour Boise", ["a range of pay", "one amount"]),
        ("Acme $61,000-$65,000 Boise", ["a range of pay"]),
        ("Acme 61k to 65k Boise", ["a range of pay"]),
        ("Acme 61000 80202", ["two amounts"]),
        ("Unit 5 Clinic 61k Boise", ["two amounts"]),
        ("Acme GS-9 Denver 61k", ["words between"]),
        ("VA GS-9/1 80202", ["may be pay or a ZIP", "$80,202", "'in 80202'"]),
        ("VA GS-9 GS-11 Denver", ["two grades", "'GS-9'", "'GS-11'"]),
        ("Mercy GS-9 Boise", ["'Mercy'", "isn't on a pay plan"]),
        ("Mercy 61k Boise; grade=9", ["'Mercy'", "isn't on a pay plan"]),
        ("VA Denver 61k", ["'VA Denver'", "agency va or agency private"]),
        ("Denver VA GS-9", ["'Denver VA'", "agency va or agency private"]),
        ("Acme remote 61k", ["put it last"]),
        ("Acme 61k remote Boise", ["both remote and a place"]),
        ("Acme 61k in", ["no place follows 'in'"]),
        ("Acme 401k Boise", ["retirement plan"]),
        ("Acme 61 k Boise", ["'61'", "less than 1,000"]),
        ("Acme 61k Boise; bonus=0.05", ["'0.05'", "5 %"]),
        ("Acme 61k Boise; Sign-On=2k; sign_on=3k", ["given twice"]),
        ("Acme 61,00 Boise", ["'61,00'", "not an amount"]),
        ("Acme 61 Boise", ["less than 1,000"]),
        ("Acme 61k Boise; bonus", ["'bonus'", "key=value"]),
        ("Acme 61k Boise; bnous=5 %", ["'bnous'", "'bonus'"]),
        ("Acme 61k Boise; base=62k", ["twice"]),
        ("Acme 61k Boise; leave=lots", ["'lots'", "days"]),
    ],
)
def test_words_that_are_refused(text: str, words: list[str]) -> None:
    with pytest.raises(UsageError) as error:
        offer(text)
    assert error.value.field == "offer"
    assert not [word for word in words if word not in str(error.value)]


WORDS = st.sampled_from(
    ["VA", "GS-9/1", "61k", "$5", "in", "Denver", ";", "a=b", "bonus=5 %", "remote", "80202"]
)


@examples(500)
@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=9).map(" ".join)))
def test_any_words_are_an_offer_or_a_sentence(text: str) -> None:
    """Whatever else comes out of the reader fails the test."""
    with suppress(UsageError):
        found = offer(text)
        assert found.base is not None or found.profile.grade is not None


AMOUNTS = {"61k": 6_100_000, "$61,000": 6_100_000, "61,000": 6_100_000, "5,100/month": 6_120_000}
PLACES = st.sampled_from(["", "Denver", "Boise, ID", "in Boise, ID", "in 80202", "remote", "in remote"])


@examples(300)
@given(
    st.sampled_from(["Acme", "3M", "Mercy & Co.", "[red]", "Studio One"]),
    st.sampled_from([*AMOUNTS]),
    PLACES,
    st.sampled_from([" ", "  ", ", "]),
)
def test_parts_come_back_as_put_together(employer: str, amount: str, place: str, gap: str) -> None:
    found = offer(f"{employer} {amount}{gap}{place}")
    assert (found.name, found.profile.agency) == (employer, "private")
    assert found.base is not None
    assert found.base.value == AMOUNTS[amount]
    bare = place.removeprefix("in ")
    assert found.profile.work == ("remote" if bare == "remote" else None)
    assert found.profile.location == (bare if bare not in ("", "remote") else None)


@examples(100)
@given(st.integers(1, 15), st.one_of(st.none(), st.integers(1, 10)), PLACES)
def test_a_grade_comes_back(grade: int, step: int | None, place: str) -> None:
    found = offer(f"VA GS-{grade}{'' if step is None else f'/{step}'} {place}")
    assert (found.profile.grade, found.profile.step) == (str(grade), None if step is None else str(step))
    assert (found.profile.agency, found.base) == ("va", None)
