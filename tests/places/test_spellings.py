"""Two hundred ways of typing sixty places are read alike; wrong ones are refused with candidates."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each
from tests.examples import examples

from ehrpay.errors import UsageError
from ehrpay.places.resolve import resolve
from ehrpay.places.spelling import folded

LINES = [
    [cell.strip() for cell in line.split("|")]
    for line in (Path(__file__).parent / "spellings.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
WAYS = [(way, *line[0].split()) for line in LINES for way in line[1:]]


def test_there_are_as_many_as_promised() -> None:
    """At least 200 ways of 60 places, and 50 wrong ones that are answered with candidates."""
    assert len(LINES) >= 60
    assert len(WAYS) >= 200
    assert len(AMBIGUOUS) + len(UNKNOWN) >= 50


@each(("way", "area", "locality"), WAYS)
def test_ways_of_typing(way: str, area: str, locality: str) -> None:
    """As written, and with stray blanks and other case."""
    for text in (way, f"  {way} ", way.upper(), way.lower()):
        place = resolve(text)
        assert (place.area, place.locality) == (area, locality), text


AMBIGUOUS = [
    "Springfield", "Portland", "Columbus", "Kansas City", "Franklin", "Clinton", "Madison", "Georgetown", "Salem",
    "Fairview", "Riverside", "Arlington", "Burlington", "Manchester", "Lexington", "Oxford", "Greenville", "Bristol",
    "Auburn", "Dover", "Hudson", "Kingston", "Milton", "Newport", "Jackson County", "Washington County", "35620",
    "Springfield, PA", "Orange County", "20420", "Raleigh-Durham", "Portland metro",
]  # fmt: skip
UNKNOWN = [
    ("Springfeld", "Springfield"), ("Dever, CO", "Denver, CO"), ("Denvr", "Denver"), ("Chicgo", "Chicago, IL"),
    ("Philadelfia, PA", "Philadelphia, PA"), ("Seatle", "Seattle, WA"), ("Albuquerqe", "Albuquerque, NM"),
    ("Minneapolis, WI", "Minneapolis"), ("Pheonix, AZ", "Phoenix, AZ"), ("Cincinatti", "Cincinnati, OH"),
    ("Pittsburg, PA", "Pittsburgh, PA"), ("Colorodo", "Colorado"), ("Conneticut", "Connecticut"),
    ("Tuscon, AZ", "Tucson, AZ"), ("Milwakee", "Milwaukee, WI"), ("Bostn", "Boston"), ("Huston, TX", "Houston, TX"),
    ("Denver, CA", "Denver, CO"), ("Springfeld, IL", "Springfield, IL"), ("Butte Silver, MT", "Butte-Silver Bow, MT"),
    ("Philadelph", "Philadelphia"), ("Kansas Cty", "Kansas City"), ("Louisvile, KY", "Louisville, KY"),
    ("Indianopolis", "Indianapolis"), ("Sacremento", "Sacramento"), ("Nashvile", "Nashville"),
    ("Raliegh, NC", "Raleigh, NC"), ("Coook County, IL", "Cook County, IL"), ("800001", "0800001"),
    ("2138", "ZIP 02138"), ("San Fransisco", "San Francisco, CA"), ("Hosuton", "Houston"),
    ("Los Angelos, CA", "Los Angeles, CA"), ("Baltimroe, MD", "Baltimore, MD"), ("Charlote, NC", "Charlotte, NC"),
    ("Massachusets", "Massachusetts"), ("Pensylvania", "Pennsylvania"),
]  # fmt: skip
NOWHERE = [
    "xyzzy", "00000", "99999", "80202-12", "123456", "rural Atlantis", "rural NJ", "zip 00001", "cbsa 99999",
    "!!!", ",", "٨٠٢٠٢", "８０２０２", "Denver\x00, CO", "Denver\x1b[31m", "Denver\u202e", "Denver, CA 80202", "us us",
]  # fmt: skip


@each("text", AMBIGUOUS)
def test_ambiguity_lists_the_candidates(text: str) -> None:
    """Never a guess: the candidates, and every one of them can be typed as it is written."""
    with pytest.raises(UsageError, match="could be") as caught:
        resolve(text)
    told = str(caught.value).partition(" could be ")[2].removesuffix(". Write the one you mean").split("; ")
    assert len(told) > 1
    if text not in ("35620", "20420"):
        people = [int(line.rpartition(" (")[2].partition(")")[0].replace(",", "")) for line in told]
        assert people == sorted(people, reverse=True)
    for line in told:
        assert resolve(line.rpartition(" (")[0] or line)


@pytest.mark.parametrize(("text", "near"), UNKNOWN)
def test_a_near_miss_lists_the_nearest(text: str, near: str) -> None:
    """The place meant is among those named."""
    with pytest.raises(UsageError, match="Did you mean") as caught:
        resolve(text)
    assert near in str(caught.value)
    assert caught.value.field == "location"


@each("text", [*NOWHERE, "", "   ", "x" * 101])
def test_nowhere_is_refused_plainly(text: str) -> None:
    """An error of use, short, whatever was typed."""
    with pytest.raises(UsageError) as caught:
        resolve(text)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("text", ["us", "USA", "United States", " nation "])
def test_the_nation(text: str) -> None:
    """No state, no area."""
    place = resolve(text)
    assert (place.kind, place.state, place.area) == ("nation", None, None)


@pytest.mark.parametrize("text", ["rural Colorado", "Rural CO", "nonmetro colorado"])
def test_rural(text: str) -> None:
    """The state stands in, as rural."""
    place = resolve(text)
    assert (place.kind, place.state, place.area) == ("nonmetro", "CO", None)


@examples(100)
@given(st.text(max_size=60))
def test_any_text_is_a_place_or_a_usage_error(text: str) -> None:
    """Nothing else comes out."""
    try:
        assert resolve(text).name
    except UsageError as error:
        assert error.field == "location"  # noqa: PT017 - most texts are refused, some are read


WORDS = sorted(
    {word for way, *_ in WAYS for word in way.split()} | {"rural", "cbsa", "zip", "1234", "19740", ","}
)


@examples(100)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join))
def test_any_words_are_a_place_or_a_usage_error(text: str) -> None:
    """Likewise for words that mean something."""
    try:
        assert resolve(text).name
    except UsageError as error:
        assert error.field == "location"  # noqa: PT017 - most texts are refused, some are read


@given(st.text(max_size=60))
def test_folding_is_idempotent(text: str) -> None:
    """A folded name folds to itself."""
    assert folded(folded(text)) == folded(text)


@each(
    ("typed", "words", "never"),
    [
        ("Carrol, IA", "Carroll, IA?", "PA"),
        ("Denver, CA", "Denver, CO", "--work"),
        ("Remote - US", "--work remote", "Did you mean"),
    ],
)
def test_a_state_that_has_the_nearest_is_kept_to(typed: str, words: str, never: str) -> None:
    with pytest.raises(UsageError) as caught:
        resolve(typed)
    assert words in str(caught.value)
    assert never not in str(caught.value)
