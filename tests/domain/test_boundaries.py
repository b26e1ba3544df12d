"""Values on a boundary, and words that count: what changed operators and numbers in the code showed to be untested."""

from __future__ import annotations

from copy import copy

import pytest
from tests.each import each

from ehrpay import Profile, UsageError, estimate, load_rulebook
from ehrpay.domain.estimate.bands import of_any_role, priced
from ehrpay.domain.estimate.confidence import confidence, doubts
from ehrpay.domain.estimate.grade import covered, grade, placed
from ehrpay.domain.estimate.market import least_pay, market, ranged
from ehrpay.domain.estimate.reading import read_profile
from ehrpay.domain.estimate.result import BAND, MINIMUM_WAGE, Confidence, Doubt
from ehrpay.domain.estimate.verdict import read_offer
from ehrpay.domain.estimate.warnings import stale, too_early
from ehrpay.domain.federal.schedule import least
from ehrpay.domain.profile import ResolvedProfile
from ehrpay.domain.running import Term
from ehrpay.domain.story import Story
from ehrpay.domain.typed_numbers import Years
from ehrpay.places.resolve import resolve

DAY = "2026-11-23"
BOOK = load_rulebook(DAY)


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


@each(("years", "warned"), [("1.9", False), ("2", True), ("2-3", True), ("1-3", False), (None, False)])
def test_an_apprentices_mark_should_be_gone_once_two_years_are_sure(
    years: str | None, *, warned: bool
) -> None:
    found = estimate(Profile(role="coder", certs=("cpc-a",), years=years), BOOK).warnings
    assert ("CPC-A becomes CPC once two years are documented; use cpc" in found) is warned
    assert not any("CPC" in text for text in estimate(Profile(certs=("cpc",), years=years), BOOK).warnings)


@each(("day", "warned"), [("2026-11-22", False), (DAY, True)])
def test_announcements_speak_from_the_day_they_take_effect(day: str, *, warned: bool) -> None:
    role = BOOK.levels("role")["director"]
    assert role.asks_years is not None
    asked = role._replace(asks_years=role.asks_years._replace(effective=DAY))
    said = ResolvedProfile(role="director", years=Years(10, 10))
    assert bool(too_early(asked, said, day)) is warned


@each(
    ("location", "code", "warned"),
    [("Colorado", "CO", True), ("us", "us", False), ("Denver, CO", "19740", False), (None, "RUS", False)],
)
def test_a_place_without_one_locality_is_paid_by_rest_of_us_and_says_so(
    location: str | None, code: str, *, warned: bool
) -> None:
    found = estimate(Profile(agency="va", grade=7, location=location), BOOK)
    assert found.area.code == code
    assert found.warnings == (
        ("no single locality pay area for Colorado: Rest of U.S. used",) if warned else ()
    )


@each(
    ("step", "headline", "sure"),
    [
        (None, "VA, GS-7 step 1 to 10, United States", "only the step is open"),
        (3, "VA, GS-7 step 3, United States", "grade and step are fixed"),
    ],
)
def test_a_grade_that_is_given_is_told_with_its_step_or_its_steps(
    step: int | None, headline: str, sure: str
) -> None:
    found = estimate(Profile(agency="va", grade=7, step=step), BOOK)
    assert found.headline == headline
    assert sure in found.confidence.reason


def test_a_grade_that_cannot_be_read_is_shown_as_it_was_typed() -> None:
    with pytest.raises(UsageError, match=r"^'GS-x' is not a grade"):
        estimate(Profile(agency="va", grade="GS-x"), BOOK)


@each(("grade", "step"), [(None, None), (7, 3)])
def test_years_in_grade_need_a_grade_and_set_the_step(grade: int | None, step: int | None) -> None:
    with pytest.raises(UsageError, match="--years-in-grade needs --grade and can't be combined with --step"):
        estimate(Profile(agency="va", years_in_grade="3", grade=grade, step=step), BOOK)


def has_grades(agency: str) -> bool:
    try:
        return estimate(Profile(agency=agency, grade=7), BOOK).grade is not None
    except UsageError:
        return False


def test_a_grade_elsewhere_is_refused_with_the_agencies_that_have_one() -> None:
    with pytest.raises(UsageError, match=r"and 'private' is not$") as refused:
        estimate(Profile(agency="private", grade=7), BOOK)
    named = str(refused.value).partition("(")[2].partition(")")[0].split(", ")
    assert named == sorted(name for name in BOOK.rules.agencies if has_grades(name))
    assert {"dod", "va"} <= {*named} < BOOK.rules.agencies.keys()


@each(("amount", "where"), [(49_999, "below"), (50_000, "inside"), (100_000, "inside"), (100_001, "above")])
def test_the_ends_of_a_band_are_inside_it(amount: int, where: str) -> None:
    band = priced(BOOK.rules.agencies["ssa"].bands[-1], None, DAY)
    assert band is not None
    assert (band.minimum, band.maximum) == (50_000, 100_000)
    assert band.place(amount) == where


def test_a_minimum_wage_is_rounded_up_to_whole_dollars_a_year() -> None:
    """Washington's 17.13 an hour is 35,630.40 for 2,080 hours; Hawaii's 16.00 is 33,280 and not a dollar more."""
    bounds = [least_pay(BOOK, resolve(state)) for state in ("WA", "HI")]
    assert [bound and bound.term.low for bound in bounds] == [35_631_00, 33_280_00]


@each(("day", "known"), [("2025-06-30", False), ("2025-07-01", True)])
def test_a_ladder_counts_from_the_day_it_takes_effect(day: str, *, known: bool) -> None:
    assert ("va-coder" in [ladder.id for ladder in load_rulebook(day).ladders("va", "0675")]) is known


def test_an_entry_requirement_that_is_not_met_is_the_warning() -> None:
    found = estimate(Profile(agency="va", role="cdi"), BOOK)
    assert found.grade is not None
    assert (len(found.grade.reasons), found.grade.steps) == (2, (1, 10))
    [warning] = found.warnings
    assert warning.startswith("entry requirement not met, so the lowest grade is shown: GS-9: ")


@each(
    ("step", "sentence"),
    [
        (3, "step 4 after 52 weeks at step 3: $55,506 a year (+$1,682)"),
        (9, "step 10 after 156 weeks at step 9: $65,599 a year (+$1,682)"),
        (10, "none: step 10 is the last"),
    ],
)
def test_the_next_step_is_told_with_its_wait_and_its_raise(step: int, sentence: str) -> None:
    found = estimate(Profile(agency="va", grade=7, step=step), BOOK).grade
    assert found is not None
    assert found.next_increase == sentence


def test_a_title_of_two_levels_is_refused_with_both() -> None:
    reason = "'Senior Coder II' names two levels, 'intermediate' and 'senior'; give one with --level"
    with pytest.raises(UsageError) as refused:
        estimate(Profile(role="Senior Coder II"), BOOK)
    assert str(refused.value) == reason


@each(
    ("day", "said", "skipped"),
    [
        ("2022-06-01", Profile(agency="private"), "no pay plan here covers this employer"),
        (
            "2022-06-01",
            Profile(agency="va", role="coder", location="Denver, CO"),
            "the grades agency 'va' gives role 'coder' are known here from 2025-07-01 on, not for 2022-06-01;",
        ),
        (
            "2024-10-01",
            Profile(agency="va", location="Denver, CO"),
            "no rule covers locality pay for DEN (Denver-Aurora, CO) in 2024; available years: 2025, 2026",
        ),
    ],
)
def test_a_cross_check_that_is_not_to_be_had_says_why(day: str, said: Profile, skipped: str) -> None:
    check = estimate(said, load_rulebook(day), method="market").cross_check
    assert check is not None
    assert check.method == "grade"
    assert check.skipped.startswith(skipped)


def test_the_cap_says_which_way_it_moved_the_middle() -> None:
    found = estimate(Profile(agency="va", grade=15, step=10, locality="SF"), BOOK)
    assert found.warnings == ("Executive Schedule level IV cap, 197,200 lowered the middle",)


def test_of_any_role_the_newest_band_is_first_and_of_one_day_that_for_all_roles() -> None:
    row = BOOK.rules.agencies["ssa"].bands[-1]._replace(roles=(), effective="2024-01-01")
    roi, newer = row._replace(roles=("roi",)), row._replace(roles=("roi",), effective="2025-01-01")
    assert of_any_role([roi, row, newer], DAY) == [newer, row, roi]
    assert of_any_role([roi, row, newer], "2024-12-31") == [row, roi]


@each(("day", "due"), [("2027-03-01", False), ("2027-03-02", True)])
def test_a_number_is_not_due_on_its_review_day_but_after_it(day: str, *, due: bool) -> None:
    story = Story("Coder", where="coder.yaml:3", review_by="2027-03-01")
    assert stale([story], day) == (["Coder (coder.yaml:3) was due for review by 2027-03-01"] if due else [])


@each(
    ("bound", "basis", "doubted"),
    [(BAND, "reported", True), (BAND, "official", False), (MINIMUM_WAGE, "reported", False)],
)
def test_of_bounds_only_a_band_that_is_not_official_makes_an_answer_less_sure(
    bound: str, basis: str, *, doubted: bool
) -> None:
    found = list(doubts(bound, Term(low=0, high=1), Story("50,000 to 100,000", basis=basis)))
    assert found == ([Doubt("low", "50,000 to 100,000 (reported)")] if doubted else [])


@each(("down", "up", "always"), [(500, 0, True), (0, 500, True), (500, 500, True), (0, 0, False)])
def test_an_assumption_counts_where_it_widens_the_range_and_else_only_where_it_moves_the_middle(
    down: int, up: int, *, always: bool
) -> None:
    term = Term(factor=10_000, down=down, up=up)
    [doubt] = doubts("work", term, Story("Remote", basis="assumption"))
    assert doubt == Doubt("medium", "Remote", if_changed=not always)


@each(("day", "known"), [("2024-08-31", False), ("2024-09-01", True)])
def test_the_people_of_an_agency_are_priced_from_the_day_they_were_counted(day: str, *, known: bool) -> None:
    book = load_rulebook(day)
    assert covered(book, read_profile(book, Profile(agency="va"))) is known


def test_an_employers_setting_is_that_of_who_names_none() -> None:
    book = load_rulebook(DAY)
    private = book.rules.agencies["private"]._replace(setting="hospital")
    book.rules = copy(book.rules)
    book.rules.agencies = {**book.rules.agencies, "private": private}
    assert read_profile(book, Profile(agency="private")).setting == "hospital"
    assert read_profile(book, Profile(agency="private", setting="hospital")).setting == "hospital"
    with pytest.raises(
        UsageError, match="'payer' conflicts with agency 'private', whose setting is 'hospital'"
    ):
        read_profile(book, Profile(agency="private", setting="payer"))


def test_a_market_answer_without_a_doubt_is_sure() -> None:
    profile = read_profile(BOOK, Profile(years=5), resolve("Colorado"))
    found = market(BOOK, profile, ranged(BOOK, profile, None))
    assert confidence(found, profile, stale=False).word == "medium"
    sure = Confidence("high", "every number is official and recent")
    assert confidence(found._replace(doubts=()), profile, stale=False) == sure


def test_a_pay_table_past_its_review_date_is_not_sure() -> None:
    profile = read_profile(BOOK, Profile(agency="va", grade=8, step=1))
    found = grade(BOOK, profile, placed(BOOK, profile))
    assert [confidence(found, profile, stale=stale).word for stale in (False, True)] == ["high", "low"]
    assert "past its review date" in confidence(found, profile, stale=True).reason
