"""The two-step rule, worked by hand on OPM's base table of 2026."""

from __future__ import annotations

import pytest

from ehrpay import load_rulebook
from ehrpay.domain.federal.schedule import GRADES, STEPS, PaySchedule, least, promote

TABLE = PaySchedule(load_rulebook("2026-11-23").rules.federal, "2026-11-23", "RUS")


@pytest.mark.parametrize(
    ("grade", "step", "to", "reached"),
    [
        # GS-8 step 3 is 50,920; two increases of 1,591 make 54,102; GS-9 step 2 is 54,485.
        (8, 3, 9, 2),
        # GS-4 step 1 is 31,103; two increases of 1,037 make 33,177; GS-5 step 1 is 34,799.
        (4, 1, 5, 1),
        # GS-8 step 10 is 62,057; two more increases of 1,591 make 65,239; GS-9 step 8 is 65,033, step 9 66,791.
        (8, 10, 9, 9),
        # Two grades at once need no more than the rule asks.
        (5, 1, 7, 1),
    ],
)
def test_by_hand(grade: int, step: int, to: int, reached: int) -> None:
    """The step that the rule gives."""
    assert promote(TABLE, grade, step, to).step == reached


def test_a_promotion_pays_two_increases_and_no_lower_step_would() -> None:
    """For every grade and step below GS-15."""
    for grade in range(1, GRADES):
        for step in range(1, STEPS + 1):
            new = promote(TABLE, grade, step, grade + 1)
            wanted = least(TABLE, grade, step)
            assert new.base >= wanted or new.step == STEPS
            assert new.step == 1 or TABLE.rate(grade + 1, new.step - 1).base < wanted


def test_not_a_promotion() -> None:
    """Down or level is refused."""
    with pytest.raises(ValueError, match="not above"):
        promote(TABLE, 8, 1, 8)


def test_opms_own_example() -> None:
    """Fact sheet "Promotion Examples" of 2026: GS-9 step 1 in San Francisco, 52,727, two increases 56,243.

    Its locality rate is 82,306, and every rate of GS-11 is above that.
    """
    area = PaySchedule(load_rulebook("2026-11-23").rules.federal, "2026-11-23", "SF")
    assert (area.rate(9, 1).base, least(area, 9, 1), area.rate(9, 3).annual) == (52_727, 56_243, 82_306)
    assert promote(area, 9, 1, 11).step == 1


def test_beyond_step_10_the_last_increase_counts_again() -> None:
    """GS-4 step 9 is 39,399 and step 10 40,436: two increases of 1,037 make 41,473 and 42,510."""
    assert [least(TABLE, 4, step) for step in (8, 9, 10)] == [40_436, 41_473, 42_510]
    # GS-5 step 6 is 40,599, step 7 41,759, step 8 42,919.
    assert [promote(TABLE, 4, step, 5).step for step in (8, 9, 10)] == [6, 7, 8]


def test_what_the_cap_cuts_off_counts_for_nothing() -> None:
    """In San Francisco GS-14 step 10 is 204,414 before the cap of 197,200, and GS-15 is capped from step 3.

    5 CFR 531.606(d): the capped rate is the rate, so the first capped step of GS-15 is reached.
    """
    area = PaySchedule(load_rulebook("2026-11-23").rules.federal, "2026-11-23", "SF")
    assert [area.rate(15, step).capped for step in (2, 3)] == [False, True]
    reached = promote(area, 14, 10, 15)
    assert (reached.step, reached.annual) == (3, 197_200)


def test_beyond_the_schedule() -> None:
    with pytest.raises(ValueError, match="no grade of the General Schedule"):
        promote(TABLE, 15, 1, 16)
