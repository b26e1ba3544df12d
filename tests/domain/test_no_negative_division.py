"""The shared arithmetic divides no negative number, so that engines which floor and engines which truncate agree.

A number that refuses to divide a negative stands in for both kinds of engines.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.test_running import SHAPES, people

from ehrpay.batch.job.results import against
from ehrpay.batch.tables.starts import refuse_overflow
from ehrpay.domain import money
from ehrpay.domain.running import MOST, OneRow, held, last_bounds, middle, percentiles, reach
from ehrpay.errors import RulesError


class Careful(int):
    """A whole number that can't divide where flooring and truncating differ."""

    def __floordiv__(self, other: Any) -> Careful:
        if self < 0 or other <= 0:
            msg = f"{int(self)} // {int(other)}"
            raise AssertionError(msg)
        return Careful(int(self) // int(other))

    def __rfloordiv__(self, other: Any) -> Careful:
        return Careful(other) // self


def _wrapped(name: str) -> Any:
    plain = getattr(int, name)

    def method(self: int, *others: Any) -> Any:
        found = plain(self, *others)
        return found if found is NotImplemented else Careful(found)

    return method


for _name in ("__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__neg__"):
    setattr(Careful, _name, _wrapped(_name))


def careful(value: Any) -> Any:
    """The same numbers, none of which divides a negative."""
    return None if value is None else Careful(value)


def root(value: int) -> Careful:
    """The careful form of `money.root`."""
    return Careful(money.root(value))


@settings(max_examples=100)
@given(people(), SHAPES, st.integers(1_000_00, 10_000_000_00))
def test_no_step_of_the_range_divides_a_negative(rows: list[list[Any]], shape: Any, pay: int) -> None:
    terms = [type(term)(*map(careful, term)) for term in rows[0]]
    totals = middle(terms, money.clip, Careful(0))
    bounds = last_bounds(terms, totals, Careful(0))
    points = percentiles(totals[-1], reach(terms), list(map(careful, shape)), money.clip, root, bounds=bounds)
    inside = held(points, Careful(1_000_00), Careful(900_000_00), money.clip)
    against(Careful(pay), inside, OneRow())
    with pytest.raises(AssertionError, match="-1 // 2"):
        Careful(-1) // 2


def test_the_columns_of_the_engines_floor_as_python_does() -> None:
    """An engine that truncates has no place under the shared arithmetic, whatever else it can do."""
    assert (np.array([-7, 7]) // 2).tolist() == [-7 // 2, 7 // 2]


def test_no_product_of_a_total_that_passes_leaves_sixty_three_bits() -> None:
    largest_factor = 5 * money.UNIT
    assert MOST * largest_factor + money.UNIT < 2**63
    with pytest.raises(RulesError, match="past what a roster's columns can hold"):
        refuse_overflow(MOST + 1)
