"""Values on a boundary, and words that count: what changed operators and numbers in the code showed to be untested."""

from __future__ import annotations

import pytest

from ehrpay import Profile, UsageError, estimate, load_rulebook
from ehrpay.domain.estimate.bands import priced
from ehrpay.domain.estimate.reading import read_profile
from ehrpay.domain.estimate.verdict import read_offer
from ehrpay.domain.federal.schedule import least

DAY = "2026-11-23"


def test_beyond_step_10_a_promotion_counts_the_grades_last_increase_again() -> None:
    book = load_rulebook(DAY)
    table = book.pay_table(read_profile(book, Profile(agency="va", grade=7, step=10)))
    last = table.rate(7, 10).base - table.rate(7, 9).base
    assert [least(table, 7, step) - table.rate(7, step).base for step in (8, 9, 10)] == [2 * last] * 3


@pytest.mark.parametrize(("years", "cut"), [("0", True), ("30", False), (None, False)])
def test_only_where_years_close_grades_does_the_reason_say_so(*, years: str | None, cut: bool) -> None:
    grade = estimate(Profile(agency="va", years=years), load_rulebook(DAY)).grade
    assert grade is not None
    assert ("up to what the years open" in grade.reasons[0]) is cut


def test_an_answer_without_grades_names_the_first_day_that_has_them() -> None:
    check = estimate(Profile(agency="va"), load_rulebook("2024-06-01")).cross_check
    assert check is not None
    assert "are known here from 2024-09-01 on, not for 2024-06-01" in check.skipped


@pytest.mark.parametrize(("years", "warned"), [("2.9", True), ("3", False)])
def test_as_many_years_as_announcements_ask_for_are_enough(*, years: str, warned: bool) -> None:
    found = estimate(Profile(role="director", years=years), load_rulebook(DAY)).warnings
    assert any("ask for 3 years of experience or more" in text for text in found) is warned


def test_a_thousand_dollars_is_the_least_offer() -> None:
    assert read_offer("1000", 2_080) == 100_000
    with pytest.raises(UsageError, match=r"'999.99' is less than \$1,000 a year"):
        read_offer("999.99", 2_080)


def test_a_grade_is_refused_without_an_agency_in_a_place_too() -> None:
    with pytest.raises(UsageError, match="--grade needs an agency on the General Schedule"):
        estimate(Profile(grade=7, location="Denver, CO"), load_rulebook(DAY))


def test_no_credential_and_one_contradict_each_other() -> None:
    with pytest.raises(UsageError, match="'none' can't be combined with others"):
        estimate(Profile(certs=("none", "rhit")), load_rulebook(DAY))


def test_the_reason_names_two_inputs_and_counts_the_others() -> None:
    said = Profile(role="coder", years="5", setting="hospital", location="Denver, CO")
    reason = estimate(said, load_rulebook(DAY)).confidence.reason
    named, _, counted = reason.removeprefix("weakest inputs: ").partition(" and ")
    assert len(named.split("; ")) == 2
    assert counted == "2 more"


@pytest.mark.parametrize(("day", "acts"), [("2025-01-31", True), ("2025-02-01", False)])
def test_a_band_no_longer_acts_from_the_day_on_which_it_was_contradicted(*, day: str, acts: bool) -> None:
    row = load_rulebook(DAY).rules.agencies["ssa"].bands[0]
    changed = row._replace(contradicted="by postings", contradicted_on="2025-02-01", review_by=None)
    band = priced(changed, None, day)
    assert band is not None
    assert band.acts is acts
