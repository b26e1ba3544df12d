"""Everything the program prints can be typed back: names in lists, grades and steps, titles of postings."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.each import each

from ehrpay import Profile, load_rulebook
from ehrpay.domain.catalog import LEVEL_KINDS, catalog
from ehrpay.domain.estimate.reading import read_profile, without_title
from ehrpay.domain.federal.schedule import read_locality
from ehrpay.domain.profile import FIELDS
from ehrpay.errors import UsageError, nearest
from ehrpay.places.resolve import resolve

if TYPE_CHECKING:
    from ehrpay import Rulebook

TITLES = Path(__file__).parent / "files" / "titles.csv"
FEWEST = 300


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook("2026-11-28")


@each("kind", LEVEL_KINDS)
def test_every_name_and_alias_in_a_list_is_accepted(book: Rulebook, kind: str) -> None:
    field = FIELDS[LEVEL_KINDS[kind]]
    for record in catalog(book, kind):
        for name in (record["id"], record["name"], *record["aliases"], *record.get("titles", ())):
            for typed in (name, name.upper(), f" {name} ", name.replace("'", "\u2019")):
                value = (typed,) if field.several else typed
                read = read_profile(book, Profile().with_value(field.name, value))
                held = getattr(read, field.name)
                assert held == ((record["id"],) if field.several else record["id"]), typed


@each(
    ("typed", "degree"),
    [
        ("Associates Degree", "associate"),
        ("Associate of Applied Science", "associate"),
        ("Bachelors Degree", "bachelor"),
        ("Bachelor of Science", "bachelor"),
        ("Masters Degree", "master"),
    ],
)
def test_degrees_as_people_and_diplomas_write_them(book: Rulebook, typed: str, degree: str) -> None:
    assert read_profile(book, Profile(degree=typed)).degree == degree


def test_every_name_of_an_agency_is_accepted(book: Rulebook) -> None:
    for record in catalog(book, "agencies"):
        for name in (record["id"], record["name"], *record["aliases"], book.employer(record["id"])):
            assert read_profile(book, Profile(agency=name)).agency == record["id"]


def test_every_code_and_name_of_a_locality_is_accepted(book: Rulebook) -> None:
    for record in catalog(book, "localities"):
        assert read_locality(book.rules.federal, record["code"]) == record["code"]
        assert read_locality(book.rules.federal, record["name"]) == record["code"]


def test_every_locality_that_is_no_place_is_answered_with_its_option(book: Rulebook) -> None:
    for record in catalog(book, "localities"):
        for typed in (record["code"], record["name"]):
            try:
                resolve(typed)
            except UsageError as error:
                told = str(error)
                assert f"--locality {record['code']}." in told or "did you mean" in told.casefold(), typed


def test_every_name_of_an_area_is_accepted(book: Rulebook) -> None:
    for record in catalog(book, "areas"):
        place = resolve(record["name"])
        assert record["code"] in (place.area, place.cbsa, place.state), record


def test_every_code_of_an_area_is_accepted_or_asked_about_with_a_way_to_type_it(book: Rulebook) -> None:
    """Where a code is a ZIP of somewhere else too, with the word that `--location` takes before it."""
    for record in catalog(book, "areas"):
        code = record["code"]
        try:
            place = resolve(code)
        except UsageError as error:
            assert f"cbsa {code}" in str(error)  # noqa: PT017 - most codes are accepted
            place = resolve(f"cbsa {code}")
        assert code in (place.area, place.cbsa, place.state), record


@each("grade", ["GS-8", "gs 8", "GS8", "grade 8", "8"])
@each("step", ["step 1", "Step 1", "step-1", "1"])
def test_a_grade_and_a_step_as_answers_print_them(book: Rulebook, grade: str, step: str) -> None:
    read = read_profile(book, Profile(agency="va", grade=grade, step=step))
    assert (read.grade, read.step) == (8, 1)


@each("grade", ["GS", "GS-", "GS-16", "WG-8", "GS--8x", "step 8"])
def test_what_is_no_grade_is_still_refused(book: Rulebook, grade: str) -> None:
    with pytest.raises(UsageError):
        read_profile(book, Profile(agency="va", grade=grade))


def titles() -> list[tuple[str, str, str]]:
    """Titles of postings, payrolls and O*NET, and how they are meant to be read."""
    with TITLES.open(encoding="utf-8", newline="") as file:
        return [(row["title"], row["role"], row["level"]) for row in csv.DictReader(file)]


def test_at_least_300_job_titles_resolve_to_a_role_and_the_level_they_say(book: Rulebook) -> None:
    known = titles()
    assert len({title.casefold() for title, _, _ in known}) >= FEWEST
    for title, role, level in known:
        read = without_title(book, Profile(role=title))
        assert (book.names("role").find(read.role or ""), read.level or "") == (role, level), title


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("medical record coderr", "medical-record-coder"),
        ("inpatient codr", "inpatient-coder"),
        ("health data analist", "health-data-analyst"),
    ],
)
def test_an_unknown_title_lists_the_nearest(book: Rulebook, title: str, named: str) -> None:
    with pytest.raises(UsageError, match=f"did you mean '{named}'"):
        read_profile(book, Profile(role=title))


@pytest.mark.parametrize(
    ("field", "typed", "option"),
    [
        ("setting", "remote", "a work place: use --work 'remote'"),
        ("work", "hospital", "an employer setting: use --setting 'hospital'"),
        ("agency", "hospital", "an employer setting: use --setting 'hospital'"),
        ("setting", "VA", "an agency: use --agency 'VA'"),
        ("ehr", ("ccs",), "a credential: use --cert 'ccs'"),
        ("level", "coder", "a role: use --role 'coder'"),
    ],
)
def test_a_name_that_another_option_takes_is_answered_with_that_option(
    book: Rulebook, field: str, typed: str, option: str
) -> None:
    with pytest.raises(UsageError) as caught:
        read_profile(book, Profile().with_value(field, typed))
    assert option in str(caught.value)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("typed", "near"), [("veterens", "'veterans-affairs'"), ("prisns", "'bureau-of-prisons'")]
)
def test_an_agency_that_is_like_a_word_of_a_name_is_suggested(book: Rulebook, typed: str, near: str) -> None:
    with pytest.raises(UsageError, match="did you mean") as caught:
        read_profile(book, Profile(agency=typed))
    assert near in str(caught.value)


@pytest.mark.parametrize("degree", ["doctorate", "PhD", "Doctoral degree"])
def test_a_doctorate_is_a_degree(book: Rulebook, degree: str) -> None:
    assert read_profile(book, Profile(degree=degree)).degree == "master"


@pytest.mark.parametrize(
    ("typed", "names", "first"),
    [
        ("--year", ["--cert", "--ehr", "--years-in-grade", "--years"], "--years"),
        ("vacation", ["location", "leave", "base"], "leave"),
        ("salary", ["base", "premium"], "base"),
        ("coder", ["coder", "coders", "decoder"], "coder"),
        ("RHIT certification", ["epic-certification", "rhit"], "rhit"),
    ],
)
def test_the_first_suggestion_is_what_was_meant(typed: str, names: list[str], first: str) -> None:
    assert nearest(typed, names)[0] == first
