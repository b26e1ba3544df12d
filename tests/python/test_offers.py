"""Offers in Python: an Offer, a dictionary, words, or a file, all the same to `compare`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_type_hints

import pytest

from ehrpay import DataError, InputError, Offer, Profile, Rulebook, compare, read_offers
from ehrpay.offers.cells import KEYS

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
home: Boise
person: {role: coder, years: 5}
offers:
  - {employer: VA, grade: 9, step: 1, location: Denver}
  - {employer: Mercy, base: 66500, location: Boise, match: 50 % of 6 %, leave: 20}
"""
ME = Profile(role="coder", years=5)
OFFERS = [
    Offer(employer="VA", grade=9, step=1, location="Denver"),
    Offer(employer="Mercy", base=66500, location="Boise", match="50 % of 6 %", leave=20),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "offers.yaml"
    path.write_text(TEXT)
    return path


def test_an_offer_has_the_keys_of_a_file() -> None:
    assert set(get_type_hints(Offer)) == set(KEYS)


def test_offers_mean_the_same_in_a_file_in_python_and_in_words(file: Path, book: Rulebook) -> None:
    read = compare(read_offers(file, book), book).rows()
    words = ["VA GS-9/1 Denver", "Mercy 66500 Boise; match=50 % of 6 %; leave=20"]
    assert read == compare(OFFERS, book, person=ME, home="Boise").rows()
    assert read == compare(words, book, person=ME, home="Boise").rows()
    assert read == compare([words[0], OFFERS[1]], book, person=ME, home="Boise").rows()


def test_an_argument_wins_over_the_home_of_the_file(file: Path, book: Rulebook) -> None:
    assert compare(read_offers(file, book), book, home="Denver").rows()[0]["home"] == "Denver, CO"


def test_terms_can_be_read_changed_and_compared(file: Path, book: Rulebook) -> None:
    va, mercy = read_offers(file, book).offers
    assert mercy.base is not None
    assert mercy.base.value == 66_500_00
    moved = va._replace(profile=va.profile._replace(location="Boise"))
    assert {row["place"] for row in compare([moved, mercy], book).rows()} == {"Boise, ID"}


@pytest.mark.parametrize(
    ("offer", "sentence"),
    [
        (
            {"emploer": "x", "base": 61000, "agency": "private"},
            "unknown key 'emploer'; did you mean 'employer'",
        ),
        ({"employer": "x"}, "no base or grade"),
        ({"employer": "x", "base": float("nan")}, "base: 'nan' "),
        ({"employer": "x", "base": 66500, "certs": ("zzz",)}, "certs: unknown credential 'zzz'"),
        ({"employer": "x", "base": [1]}, "base: should be one text or number"),
    ],
)
def test_an_offer_that_cannot_be_read_says_why(offer: dict[str, Any], sentence: str, book: Rulebook) -> None:
    with pytest.raises(DataError) as caught:
        compare(["Mercy 66,500", offer], book)
    assert "offer 2: " in str(caught.value)
    assert sentence in str(caught.value)


def test_a_file_that_is_not_there_is_an_input_error(tmp_path: Path, book: Rulebook) -> None:
    with pytest.raises(InputError, match="cannot read"):
        read_offers(tmp_path / "none.yaml", book)
