"""Which cells are possible and how they count: what changed operators and numbers in the code showed to be untested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.each import each
from tests.federal.test_qualify import CODER, NEEDS_CERT, climb, entry, known, ladder

from ehrpay import Profile, UsageError, estimate, load_rulebook
from ehrpay.domain.federal.placement import PARTS, Placement, cell_at, place
from ehrpay.domain.federal.qualification import first, pick
from ehrpay.domain.federal.schedule import GL, STEPS, WEEKS, Cell, PaySchedule
from ehrpay.domain.federal.staff import count, everyone
from ehrpay.domain.profile import ResolvedProfile

if TYPE_CHECKING:
    from ehrpay.domain.compiled.federal import QualificationLadder

DAY = "2026-11-23"
BOOK = load_rulebook(DAY)
TABLE = PaySchedule(BOOK.rules.federal, DAY, "RUS")
PRISON = PaySchedule(BOOK.rules.federal, DAY, "RUS", GL)


def climbed(rule: QualificationLadder, years: float | None) -> Placement:
    """Where a ladder puts somebody who says nothing but years."""
    person = known(years)
    return place(TABLE, climb(rule, person), ResolvedProfile(years=person.years))


def test_who_does_not_meet_the_entry_requirement_may_be_at_any_step_where_years_are_unsaid() -> None:
    assert climbed(NEEDS_CERT, None).steps == (1, STEPS)


@each("years", [0, 5, 30])
def test_years_that_open_no_grade_raise_no_step(years: float) -> None:
    assert climbed(NEEDS_CERT, years).steps == (1, 1)


@each("steps", range(1, STEPS + 1))
def test_a_step_is_possible_once_its_wait_is_over_and_all_steps_count_for_the_grades_people(
    steps: int,
) -> None:
    waited = sum(TABLE.wait(step) for step in range(1, steps)) / WEEKS
    found = climbed(ladder([9], entry(9)), waited)
    assert found.steps == (1, steps)
    assert sum(cell.parts for cell in found.cells) == PARTS
    assert waited == 0 or climbed(ladder([9], entry(9)), waited - 0.1).steps == (1, steps - 1)


@each(("years", "last"), [("0.9", 1), ("1", 2), ("3.9", 4), ("5", 5), ("17.9", 9), ("18", 10)])
def test_years_bound_the_steps_of_a_grade_that_is_given(years: str, last: int) -> None:
    found = estimate(Profile(agency="va", grade=9, years=years), BOOK).grade
    assert found is not None
    assert found.steps == (1, last)


def test_a_climb_comes_to_each_grade_by_the_two_step_rule() -> None:
    """GL-5 step 2 is 44,079, two increases more 46,399: GL-6 step 2. Its step 3 leads to 50,428: GL-7 step 3."""
    assert (PRISON.rate(5, 2).base, PRISON.rate(6, 2).base) == (44_079, 46_549)
    assert (PRISON.rate(6, 3).base, PRISON.rate(7, 3).base) == (47_842, 51_728)
    reached = estimate(Profile(agency="bop", role="coder", years="3"), BOOK).grade
    assert reached is not None
    assert (reached.grades, reached.steps) == ((6, 7), (1, 3))


@each(("grade", "ahead"), [(5, 7), (6, 5), (7, 4), (8, 2), (9, 1), (10, 1), (11, 0)])
def test_law_enforcement_steps_go_on_by_the_grades_last_increase(grade: int, ahead: int) -> None:
    top, last = TABLE.rate(grade, STEPS), TABLE.rate(grade, STEPS - 1)
    assert PRISON.rate(grade, STEPS).base == top.base + ahead * (top.base - last.base)
    assert PRISON.rate(grade, STEPS - ahead).base == top.base


def test_grades_are_known_from_the_first_day_of_any_ladder() -> None:
    older = CODER._replace(effective="2023-01-01", id="older")
    assert first([CODER, older], "va", "coder") == "2023-01-01"
    assert first([CODER, older], "va", "roi") is None


def test_a_locality_that_is_unknown_is_answered_with_the_codes_like_it() -> None:
    with pytest.raises(UsageError, match="did you mean 'dm' or 'det' or 'den'"):
        estimate(Profile(agency="va", locality="DEM"), BOOK)


def test_people_stay_at_the_last_step_as_long_as_at_the_one_before() -> None:
    [fact] = BOOK.rules.federal.within_grade
    waits = fact._replace(value=(1, 2, 3, 4, 5, 6, 7, 8, 9))
    table = PaySchedule(BOOK.rules.federal._replace(within_grade=(waits,)), DAY, "RUS")
    assert [table.stay(step) for step in range(1, STEPS + 1)] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 9]


def test_every_way_to_the_grades_of_a_range_is_told_from_the_one_it_begins_with() -> None:
    rule = ladder([4, 5, 6, 7, 8, 9], entry(4, 1), entry(7, 3))
    advance = "one year at the grade below (assumption)"
    assert climb(rule, known((1, 5))).reasons == (
        "GS-4: 1 years, None, ",
        f"GS-5 to GS-6: {advance}",
        "GS-7: 3 years, None, ",
        f"GS-8 to GS-9: {advance}",
    )


def test_years_unsaid_may_be_none_at_all() -> None:
    soon = entry(5)._replace(tenths=1)
    assert climb(ladder([4, 5], entry(4), soon), known()).grades == (4, 5)


def test_a_ladder_serves_from_the_day_it_takes_effect() -> None:
    assert pick([CODER], "va", "coder", CODER.effective) is CODER


def test_people_counted_in_december_were_counted_in_december() -> None:
    staff = next(one for one in BOOK.rules.federal.employment if "va" in one.agencies)
    late = staff._replace(counts=(staff.counts[0]._replace(effective="2025-12-31"),))
    counted = count([late], "va", staff.series, DAY)
    assert counted is not None
    assert counted.paid.endswith("(OPM, December 2025)")


def test_a_cell_is_not_reached_by_nearly_as_many_people_as_it_takes() -> None:
    low, high = (Cell(TABLE.rate(4, step), parts) for step, parts in ((1, 995), (2, 9_005)))
    assert [cell_at([low, high], share).step for share in (9, 10)] == [1, 2]


@each(("weeks", "step"), [(51, 1), (52, 2), (155, 3), (156, 4), (935, 9), (936, 10), (10_000, 10)])
def test_a_step_comes_in_the_week_its_wait_is_over(weeks: int, step: int) -> None:
    assert TABLE.step_after(weeks) == step
    assert (TABLE.longest == weeks) is (weeks == 936)


def test_who_opens_no_grade_by_years_is_at_the_lowest_that_people_hold() -> None:
    found = estimate(Profile(agency="va", years="0"), BOOK).grade
    assert found is not None
    assert found.grades == (4, 4)


def test_years_that_open_only_grades_below_those_held_lead_to_the_lowest_that_is() -> None:
    counted = BOOK.counted("va", None)
    assert counted is not None
    few = counted._replace(people={6: 10, 8: 20})
    assert everyone(few, [CODER], known(1), "GS-{}".format).grades == (6, 6)
    assert everyone(few, [CODER], known(5), "GS-{}".format).grades == (6, 8)
