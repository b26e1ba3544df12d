"""Where current pay lies in a range is the same for one person, for a row and for a column, however far outside."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from ehrpay.batch.job.results import against
from ehrpay.batch.tables.codes import OneRow
from ehrpay.batch.tables.columns import Columns
from ehrpay.domain.money import UNIT, ratio

POINTS = st.lists(st.integers(15_000, 400_000), min_size=5, max_size=5).map(sorted)
NARROW = st.tuples(st.integers(15_000, 400_000), st.integers(0, 9)).map(lambda two: [two[0]] * 4 + [sum(two)])
STEPS = st.tuples(st.integers(15_000, 400_000), st.integers(1, 9)).map(
    lambda two: [two[0], two[0], two[0], sum(two), sum(two)]
)
CENTS = st.integers(10_000_00, 99_999_999_00)


@examples(400)
@given(st.lists(st.tuples(CENTS, POINTS | NARROW | STEPS), min_size=1, max_size=9))
def test_penetration_is_that_of_one_person_for_rows_and_columns(rows: list[tuple[int, list[int]]]) -> None:
    wanted = []
    for pay, (_, low, _, high, _) in rows:
        wanted.append(ratio(pay - low * 100, (high - low) * 100) if high > low else 0)
    assert [against(pay, points, OneRow()).penetration for pay, points in rows] == wanted
    points = np.array([points for _, points in rows]).T
    found = against(np.array([pay for pay, _ in rows]), points, Columns())
    assert found.penetration.tolist() == wanted


def test_pay_thousands_of_widths_from_a_range_is_not_cut() -> None:
    points = [50_000, 50_000, 50_000, 55_931, 60_000]
    assert against(99_999_999_00, points, OneRow()).penetration // UNIT == 16_852
    assert (
        against(10_000_00, [400_000, 400_000, 400_000, 400_001, 400_001], OneRow()).penetration
        == -390_000 * UNIT
    )
