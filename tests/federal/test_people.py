"""What an estimate says of federal people, against those who are there: OPM's averages and grades as announced."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ehrpay import Profile, estimate, load_rulebook
from ehrpay.domain.federal.placement import PARTS, cell_at
from ehrpay.domain.federal.schedule import Cell, Rate
from ehrpay.domain.federal.staff import FEW
from ehrpay.errors import NoRuleError

if TYPE_CHECKING:
    from ehrpay.domain.estimate.rulebook import Rulebook

POSTINGS = list(csv.DictReader(Path(__file__).with_name("postings.csv").read_text("utf-8").splitlines()))
COUNTED = "2025-03-31"
TODAY = "2026-11-23"
WITHIN_COUNTED, WITHIN_POSTED = 5, 95
"""Percent: how near the averages must lie, and how many of the announced grades must be inside."""


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_rulebook(COUNTED)


@pytest.mark.parametrize("agency", ["va", "dha", "ihs"])
def test_the_weighted_mean_is_what_opm_says_people_are_paid(book: Rulebook, agency: str) -> None:
    """Rest of U.S. stands for all places, so that the mean lies a little under OPM's."""
    found = estimate(Profile(agency=agency), book).grade
    counted = book.counted({"dha": "dod"}.get(agency, agency), None)
    assert found is not None
    assert counted is not None
    assert abs(found.mean - counted.average) * 100 <= WITHIN_COUNTED * counted.average


def test_the_law_enforcement_table_gives_what_opm_says_prisons_pay(book: Rulebook) -> None:
    prison, office = (estimate(Profile(agency=who), book).grade for who in ("bop", "va"))
    counted = book.counted("bop", None)
    assert prison is not None
    assert office is not None
    assert counted is not None
    assert abs(prison.mean - counted.average) * 100 <= WITHIN_COUNTED * counted.average
    assert prison.rate.label.startswith("GL-7")
    assert office.rate.label.startswith("GS-")


def test_one_line_says_what_people_there_are_paid(book: Rulebook) -> None:
    said = "3,285 VHA employees in series 0675 averaged $65,125 (OPM, March 2025)"
    found = estimate(Profile(agency="va", grade="8"), book).grade
    assert found is not None
    assert found.paid == said


def test_the_announced_grades_lie_inside_the_estimate_at_the_place_announced() -> None:
    inside = 0
    for row in POSTINGS:
        profile = Profile(agency=row["agency"], role=row["role"], location=row["place"])
        found = estimate(profile, load_rulebook(row["posted"]), method="grade").grade
        assert found is not None
        held = found.grades[0] <= int(row["first"]) and int(row["last"]) <= found.grades[1]
        inside += held and found.locality == row["locality"]
    assert inside * 100 >= WITHIN_POSTED * len(POSTINGS)


@pytest.mark.parametrize("profile", [Profile(agency="va"), Profile(agency="bop", role="coder", years="2-9")])
def test_percentiles_stay_cells_of_the_table(profile: Profile) -> None:
    book = load_rulebook(TODAY)
    found = estimate(profile, book)
    assert found.grade is not None
    table = book.pay_table(found.profile)
    paid = {rate.annual for rate in table.cells(found.grade.grades, found.grade.steps)}
    assert set(found.percentiles) <= paid


def test_a_grade_that_many_hold_counts_for_more_than_one_that_few_hold() -> None:
    """Of VHA's people 41 % are at GS-8, and 1 % at GS-4: the middle is at GS-8, and P10 far above GS-4."""
    found = estimate(Profile(agency="va"), load_rulebook(TODAY))
    assert found.grade is not None
    assert (found.grade.grades, found.grade.rate.grade) == ((4, 10), 8)
    assert found.percentiles.p10 > load_rulebook(TODAY).pay_table(found.profile).rate(6, 1).annual


def test_a_grade_whose_number_is_not_published_counts_as_a_few_people() -> None:
    counted = load_rulebook(TODAY).counted("ihs", "manager")
    assert counted is not None
    assert (counted.at(11), counted.at(10)) == (31, FEW)


def test_the_rate_at_a_percentile_is_the_lowest_with_that_share_of_people_at_or_below_it() -> None:
    cells = [Cell(Rate(grade, 1, pay, pay, pay), parts * PARTS) for grade, pay, parts in
             [(4, 40_000, 1), (5, 45_000, 2), (6, 50_000, 7)]]  # fmt: skip
    assert [cell_at(cells, share).grade for share in (1, 10, 11, 30, 31, 100)] == [4, 4, 5, 5, 6, 6]


def test_with_a_role_the_grades_are_the_ladders_and_without_one_those_of_everybody() -> None:
    book = load_rulebook(TODAY)
    coder, anybody = (estimate(Profile(agency="va", role=role), book).grade for role in ("coder", None))
    assert coder is not None
    assert anybody is not None
    assert (coder.grades, anybody.grades) == ((4, 8), (4, 10))


def test_years_bound_the_grades_of_everybody_by_what_they_open() -> None:
    book = load_rulebook(TODAY)
    tops = []
    for years in ("1", "3", "5", "30"):
        found = estimate(Profile(agency="va", years=years), book).grade
        assert found is not None
        tops.append(found.grades[1])
    assert tops == sorted(tops)
    assert tops[0] < tops[-1]


def test_a_grade_that_a_ladder_gives_is_never_sure() -> None:
    """One cell, and still a board's judgement; what the person says of the grade is sure."""
    book = load_rulebook(TODAY)
    by_ladder = estimate(Profile(agency="va", role="coder", years="1"), book)
    said = estimate(Profile(agency="va", grade="4", step="1"), book)
    prison = estimate(Profile(agency="bop", grade="7", step="1"), book)
    assert by_ladder.percentiles == said.percentiles
    assert [one.confidence.word for one in (by_ladder, said, prison)] == ["medium", "high", "medium"]
    assert "assumption" in prison.confidence.reason


def test_a_year_without_a_table_is_answered_from_the_last_one_and_says_so() -> None:
    found = estimate(Profile(agency="va", grade="8", step="1"), load_rulebook("2028-02-01"))
    assert found.confidence.word == "low"
    assert "no pay table after 2026 is here" in found.confidence.reason


def test_a_day_before_the_ladder_is_refused_by_a_reason_a_person_understands() -> None:
    book = load_rulebook("2024-06-01")
    reason = (
        "the grades agency 'va' gives role 'coder' are known here from 2025-07-01 on, not for 2024-06-01; "
        "use --grade or a later date"
    )
    with pytest.raises(NoRuleError) as refused:
        estimate(Profile(agency="va", role="coder"), book, method="grade")
    assert str(refused.value) == reason
    market = estimate(Profile(agency="va", role="coder"), book)
    assert market.cross_check is not None
    assert (market.method, market.cross_check.skipped) == ("market", reason)


def test_an_agency_without_grades_here_says_that_they_are_not_known() -> None:
    with pytest.raises(NoRuleError, match="the grades of agency 'ssa' are not known here; use --grade"):
        estimate(Profile(agency="ssa"), load_rulebook(TODAY), method="grade")


@pytest.mark.parametrize("name", ["dha", "defense health agency", "military treatment facility", "doj"])
def test_names_that_federal_postings_use_are_read(name: str) -> None:
    found = estimate(Profile(agency=name), load_rulebook(TODAY))
    assert found.method == "grade"
    assert found.profile.agency == ("bop" if name == "doj" else "dod")
