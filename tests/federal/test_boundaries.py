"""Which cells are possible and how they count: what changed operators and numbers in the code showed to be untested."""

from __future__ import annotations

import pytest
from tests.each import each
from tests.federal.test_qualify import CODER, NEEDS_CERT, entry, known, ladder

from ehrpay import Profile, UsageError, estimate, load_rulebook
from ehrpay.domain.federal.placement import PARTS, Placement, place
from ehrpay.domain.federal.qualification import climb, first
from ehrpay.domain.federal.schedule import GL, STEPS, WEEKS, PaySchedule
from ehrpay.domain.profile import ResolvedProfile

DAY = "2026-11-23"
BOOK = load_rulebook(DAY)
TABLE = PaySchedule(BOOK.rules.federal, DAY, "RUS")
PRISON = PaySchedule(BOOK.rules.federal, DAY, "RUS", GL)


def placed(**said: float) -> Placement:
    """Where a ladder that asks for a credential puts somebody who has none."""
    person = known(**said)
    return place(TABLE, climb(NEEDS_CERT, person), ResolvedProfile(years=person.years))


def test_who_does_not_meet_the_entry_requirement_may_be_at_any_step_where_years_are_unsaid() -> None:
    assert placed().steps == (1, STEPS)


@each("years", [0, 5, 30])
def test_years_that_open_no_grade_raise_no_step(years: float) -> None:
    assert placed(years=years).steps == (1, 1)


@each("steps", range(1, STEPS + 1))
def test_a_grade_counts_for_its_people_whole_at_however_many_steps_they_may_be(steps: int) -> None:
    person = known(sum(TABLE.wait(step) for step in range(1, steps)) / WEEKS)
    found = place(TABLE, climb(ladder([9], entry(9)), person), ResolvedProfile(years=person.years))
    assert found.steps == (1, steps)
    assert sum(cell.parts for cell in found.cells) == PARTS


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
