"""VA, IHS and military hospitals and clinics: each of 616 is found by its name and by the place that postings name."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from tests.each import each

from ehrpay.errors import UsageError
from ehrpay.places.resolve import resolve

FILE = Path(__file__).parent / "files" / "federal_facilities.tsv"
ROWS = list(csv.DictReader(FILE.read_text("utf-8").splitlines(), delimiter="\t"))
CITY_FIRST = {"Fort Knox, KY", "Peridot, AZ", "Hamilton, NJ", "Vieques, PR"}
"""Places with a city of the name in the state, which comes first or must be told apart by its county."""


def settled(text: str) -> tuple[str, str, str, str]:
    """The state, county, wage area and locality of a text; a city's county is not asked for."""
    place = resolve(text)
    return place.state or "", place.county or "", place.cbsa or "", place.locality or ""


def expected(row: dict[str, str]) -> tuple[str, str, str, str]:
    return row["state"], row["county_fips"], row["cbsa"], row["gs_locality"]


def test_there_are_616() -> None:
    assert Counter(row["agency"] for row in ROWS) == {"va": 453, "ihs": 62, "dod": 101}


def test_every_place_that_a_posting_names() -> None:
    """Its state, CBSA and locality; its county too where the name is not a city's, which may lie in several."""
    wrong = set()
    for row in ROWS:
        place = row["place"]
        try:
            state, county, cbsa, locality = settled(place)
        except UsageError as error:
            assert "could be" in str(error), place  # noqa: PT017 - nearly all are read
            wrong.add(place)
            continue
        if (state, cbsa, locality) != (row["state"], row["cbsa"], row["gs_locality"]):
            wrong.add(place)
        if resolve(place).kind == "facility":
            assert county == row["county_fips"], place
    assert wrong == CITY_FIRST


def test_every_facility_by_its_name_and_state() -> None:
    """Two hospitals of one name in a state are told apart by the county."""
    twins = Counter()  # type: Counter[str]
    for row in ROWS:
        for name in row["facility"].split("; ") if row["facility"] else ():
            try:
                found = settled(f"{name}, {row['state']}")
            except UsageError as error:
                assert "Write the one you mean" in str(error)  # noqa: PT017 - nearly all are read
                twins[name] += 1
                continue
            assert found == expected(row), name
    assert set(twins) == {"Naval Hospital Bremerton"}
    assert settled("Naval Hospital Bremerton, Kitsap County, WA")[1] == "53035"


def test_every_facility_by_its_name_alone() -> None:
    """Where several states have one of the name, they are listed."""
    states: dict[str, set[str]] = {}
    for row in ROWS:
        states.setdefault(row["facility"], set()).add(row["state"])
    for row in ROWS:
        name = row["facility"]
        if not name or ";" in name or name == "Naval Hospital Bremerton":
            continue
        if len(states[name]) == 1:
            assert settled(name) == expected(row), name
            continue
        with pytest.raises(UsageError) as caught:
            resolve(name)
        assert all(f"{name}, {state}" in str(caught.value) for state in states[name])


@each(
    ("text", "state", "area", "locality"),
    [
        ("Hines, IL", "IL", "16980", "CHI"),
        ("Jamaica Plain, Massachusetts", "MA", "14460", "BOS"),
        ("Fort Harrison, MT", "MT", "25740", "RUS"),
        ("Fort Meade, SD", "SD", "39660", "RUS"),
        ("Ft. Meade, South Dakota", "SD", "39660", "RUS"),
        ("Fort Bragg, NC", "NC", "22180", "RA"),
        ("Fort Liberty, NC", "NC", "22180", "RA"),
        ("camp lejeune", "NC", "27340", "RUS"),
        ("Choctaw, MS", "MS", "2800008", "RUS"),
        ("Travis Air Force Base, CA", "CA", "46700", "SF"),
        ("Travis AFB, CA", "CA", "46700", "SF"),
        ("Womack Army Medical Center", "NC", "22180", "RA"),
        ("Martin ACH", "GA", "17980", "ATL"),
        ("Pago Pago, AS", "AS", None, "RUS"),
    ],
)
def test_names_that_federal_postings_use(text: str, state: str, area: str | None, locality: str) -> None:
    place = resolve(text)
    assert (place.state, place.area, place.locality) == (state, area, locality)


@pytest.mark.parametrize("text", ["Hines", "Fort Bragg", "Fort Campbell"])
def test_a_name_alone_that_several_places_share_is_refused_with_the_choices(text: str) -> None:
    with pytest.raises(UsageError, match=f"could be .*{text}"):
        resolve(text)


def test_a_city_of_the_name_comes_first() -> None:
    assert resolve("Fort Knox, KY").kind == "city"


def test_what_is_not_known_of_a_facility_is_said() -> None:
    assert resolve("Inscription House, AZ").notes == (
        "its county is not known: the state stands in; give a city near it",
    )
    assert resolve("Hines, IL").notes == ("a federal site (Edward Hines Junior Hospital)",)
