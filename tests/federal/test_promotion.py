"""The two-step rule, worked by hand on OPM's base table of 2026."""

from __future__ import annotations

import pytest

from ehrpay import load_rulebook
from ehrpay.domain.federal import GRADES, STEPS, PaySchedule
from ehrpay.domain.promotion import least, promote

TABLE = PaySchedule(load_rulebook("2026-11-23").core["federal"], "2026-11-23", "RUS")


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
