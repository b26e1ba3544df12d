"""What holds for every ladder: it begins with the estimate, and follows the rules of that day."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each
from tests.examples import MANY, SWEEPS, examples
from tests.whatif.people import AS_OF, graded, person

from ehrpay import Ladder, Profile, Rulebook, estimate, ladder, load_rulebook
from ehrpay.domain.federal.progression import PROMOTION, STEP, Served, moves, served
from ehrpay.domain.federal.schedule import GRADES, STEPS, PaySchedule, promote
from ehrpay.domain.ladder.options import LadderOptions, read_raise
from ehrpay.domain.ladder.versus import sentences, versus
from ehrpay.domain.whatif.scenario import read_assignments
from ehrpay.errors import UsageError

PEOPLE, GRADED = (150, 40) if MANY else (45, 12) if SWEEPS else (15, 6)
BOOK = load_rulebook(AS_OF)
TABLE = PaySchedule(BOOK.rules.federal, AS_OF, "RUS")


@pytest.fixture(scope="module")
def people() -> list[Profile]:
    made = [person(BOOK, random.Random(seed)) for seed in range(PEOPLE)]
    return made + [graded(random.Random(seed)) for seed in range(GRADED)]


def test_year_0_is_the_estimate(people: list[Profile]) -> None:
    for profile in people:
        now, first = estimate(profile, BOOK), ladder(profile, BOOK, horizon=1).years[0]
        assert (first.low, first.mid, first.high) == (now.low, now.mid, now.high), profile
        if now.grade is not None:
            assert first.rung.rate == now.grade.rate
            assert (first.rung.grades, first.rung.steps) == (_spanned(profile), now.grade.steps)
        assert set(now.warnings) <= set(ladder(profile, BOOK, horizon=0).warnings)


def _spanned(profile: Profile) -> tuple[int, int]:
    """The grades that cells are possible at: a ladder two grades apart skips those between."""
    from ehrpay.domain.estimate.grade import placed

    cells = placed(BOOK, estimate(profile, BOOK).profile).cells
    return min(cell.rate.grade for cell in cells), max(cell.rate.grade for cell in cells)


def test_more_years_ahead_change_no_year_before(people: list[Profile]) -> None:
    for profile in people[:60]:
        whole = ladder(profile, BOOK, horizon=25, raised="2.25")
        for horizon in (0, 1, 7):
            assert ladder(profile, BOOK, horizon=horizon, raised="2.25").years == whole.years[: horizon + 1]


def test_no_ladder_falls(people: list[Profile]) -> None:
    """The middle, ever; low and high too, unless a cap squeezes them or a range of years widens them."""
    whole = 0
    for profile in people:
        found = ladder(profile, BOOK, horizon=40)
        widened = "-" in str(profile.years) or any(text.endswith(" the middle") for text in found.warnings)
        for before, after in pairwise(found.years):
            assert before.mid <= after.mid, profile
            assert after.low <= after.mid <= after.high
            if found.now.grade is not None or not widened:
                whole += 1
                assert before.low <= after.low, profile
                assert before.high <= after.high, profile
    assert whole > 40 * PEOPLE // 2


def test_a_market_year_is_the_estimate_with_so_many_more_years() -> None:
    for said, later in (("3", "7"), ("3-5", "7-9"), ("58.5", "60"), ("0.5", "4.5")):
        profile = Profile(years=said, certs=("rhit",), location="CO")
        then = estimate(profile._replace(years=later), BOOK)
        year = ladder(profile, BOOK, horizon=4).years[4]
        assert (year.low, year.mid, year.high) == (then.low, then.mid, then.high)
        assert str(year.rung.years) == later


def test_the_sums_are_the_columns(people: list[Profile]) -> None:
    for profile in people[:60]:
        found = ladder(profile, BOOK, horizon=12, raised=3)
        assert found.sums[1] == found.years[-1].total == sum(year.mid for year in found.years)
        assert sum(year.change for year in found.years) == found.years[-1].mid - found.years[0].mid


WAITS = (52, 52, 52, 104, 104, 104, 156, 156, 156)


@each("grade", range(1, GRADES + 1))
def test_18_years_from_step_1_to_10(grade: int) -> None:
    """5 CFR 531.405: one year each to step 4, two each to step 7, three each to step 10."""
    found = list(moves(TABLE, TABLE.rate(grade, 1), Served(), {}, 10_000))
    assert [move.week for move in found] == [sum(WAITS[: n + 1]) for n in range(9)]
    assert found[-1].week == 18 * 52
    assert [move.after for move in found] == [TABLE.rate(grade, step) for step in range(2, STEPS + 1)]


@given(st.integers(0, 60 * 52))
def test_weeks_served_are_the_step_and_what_is_left(weeks: int) -> None:
    """Following a grade from step 1 for so long gives the same step, and the same wait to the next."""
    step = TABLE.step_after(weeks)
    found = list(moves(TABLE, TABLE.rate(8, 1), Served(), {}, weeks))
    assert (found[-1].after.step if found else 1) == step
    assert served(TABLE, weeks).at_step == weeks - (found[-1].week if found else 0)
    assert step == STEPS or served(TABLE, weeks).at_step < TABLE.wait(step)


def test_the_first_increase_comes_when_the_wait_is_over() -> None:
    for tenths in range(0, 180, 5):
        said = f"{tenths // 10}.{tenths % 10}"
        profile = Profile(agency="ssa", grade=9, years_in_grade=said)
        found = ladder(profile, BOOK, horizon=4)
        for year in found.years[1:]:
            later = estimate(profile._replace(years_in_grade=f"{tenths / 10 + year.year:.1f}"), BOOK)
            assert year.mid == later.mid, (said, year.year)


def test_every_promotion_is_the_two_step_rule(people: list[Profile]) -> None:
    found = 0
    for seed in range(60):
        profile = graded(random.Random(seed))._replace(agency="va", role="coder", locality=None)
        years = ladder(
            profile._replace(grade=str(4 + seed % 5), step=str(1 + seed % 10), years_in_grade=None), BOOK
        ).years
        for before, after in pairwise(years):
            if not any(event.kind == PROMOTION for event in after.events):
                continue
            found += 1
            was = before.rung.rate
            assert was is not None
            step = was.step + any(event.kind == STEP for event in after.events)
            assert after.rung.rate == promote(TABLE, was.grade, step, was.grade + 1)
    assert found > 60
    assert people


def test_promotions_stop_where_they_are_told_to() -> None:
    profile = Profile(agency="va", role="coder", grade=4, step=1)
    for top in (4, 5, 6, 7, 8):
        assert ladder(profile, BOOK, to_grade=top).years[-1].rung.grades == (top, top)
    assert ladder(profile, BOOK, promotions=False).years == ladder(profile, BOOK, to_grade=4).years


def test_two_grades_apart() -> None:
    found = ladder(Profile(agency="va", role="manager", degree="bachelor", grade=5, step=1), BOOK, horizon=5)
    assert [year.rung.rate and year.rung.rate.grade for year in found.years] == [5, 7, 9, 11, 12, 12]


def test_the_table_is_that_of_the_day() -> None:
    book = load_rulebook("2025-06-30")
    profile = Profile(agency="va", role="coder", grade=8, step=1)
    found = ladder(profile, book, horizon=3)
    assert found.years[3].mid == estimate(profile._replace(step=4), book).mid
    assert found.years[3].mid != ladder(profile, BOOK, horizon=3).years[3].mid


@given(st.integers(0, 400_000), st.integers(0, 2000), st.integers(0, 40))
@examples(200)
def test_a_raise_compounds_half_up(amount: int, points: int, year: int) -> None:
    expected = amount
    for _ in range(year):
        whole, rest = divmod(expected * (10_000 + points), 10_000)
        expected = whole + (rest >= 5_000)
    assert LadderOptions(raise_points=points).nominal(amount, year) == expected


@pytest.mark.parametrize(
    ("text", "points"), [("0", 0), ("2.5", 250), ("2.25 %", 225), ("20", 2000), ("2.50", 250)]
)
def test_raises_read(text: str, points: int) -> None:
    assert read_raise(text) == points


@each("text", ["", "-1", "20.01", "2.555", "nan", "1e1", "2,5", "9" * 50])
def test_raises_refused(text: str) -> None:
    with pytest.raises(UsageError) as error:
        read_raise(text)
    assert error.value.field == "raised"


def compared(a: Ladder, b: Ladder, *texts: str) -> list[str]:
    return list(sentences(versus(BOOK, a, b, read_assignments(texts))))


def test_two_ladders_cross_where_the_sign_turns(people: list[Profile]) -> None:
    rng = random.Random(7)
    for _ in range(80):
        one, two = (ladder(rng.choice(people), BOOK, horizon=20) for _ in range(2))
        found = versus(BOOK, one, two, ())
        turns = []
        leader = 0
        for year, (a, b) in enumerate(zip(one.years, two.years, strict=True)):
            assert found.differences[year] == b.mid - a.mid
            sign = (b.mid > a.mid) - (b.mid < a.mid)
            if sign and leader and sign != leader:
                turns.append((year, "B" if sign > 0 else "A"))
            leader = sign or leader
        assert [(one.year, one.leader) for one in found.crossings] == turns
        assert found.totals[-1] == two.sums[1] - one.sums[1]


def test_the_verdict_names_the_crossing() -> None:
    profile = Profile(agency="va", grade=8, step=1, years=4)
    va = ladder(profile, BOOK)
    private = ladder(Profile(agency="private", role="auditor", years=4), BOOK)
    said = compared(va, private, "agency=private", "role=auditor")
    assert any("A (VA) overtakes B (private) in year 9: $67,057 against $66,937" in text for text in said), (
        said
    )
    assert compared(va, va) == [
        "Both pay the same every year",
        "Over years 0 to 10 both pay the same in total",
    ]


def test_a_rulebook_and_the_day_are_the_default() -> None:
    assert isinstance(ladder(Profile(years=5)), Ladder)
    assert isinstance(BOOK, Rulebook)
