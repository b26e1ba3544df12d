"""The running arithmetic gives the same cents for one person and for columns of people."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from ehrpay.domain import money
from ehrpay.domain.estimate.market import outside
from ehrpay.domain.running import MOST, WIDEST, Term, held, last_bounds, middle, percentiles, reach

ROWS = 7


def roots(values: Any) -> Any:
    """Whole square roots of a column: numpy's, mended by one where a double rounds to the wrong side."""
    found = np.floor(np.sqrt(values)).astype(np.int64)
    found = np.where(found * found > values, found - 1, found)
    return np.where((found + 1) * (found + 1) <= values, found + 1, found)


CENTS = st.integers(1_000_00, 1_000_000_00)
FACTORS = st.integers(2_000, 30_000)
WIDENINGS = st.integers(0, 4_000)
KINDS = ("plus", "factor", "bounds", "narrow", "pull", "nothing")


def a_term(draw: st.DrawFn, kind: str) -> Term:
    """A term of one kind, as a step of one person answers it."""
    if kind == "plus":
        return Term(plus=draw(st.integers(-100_00, 100_000_00)))
    if kind == "factor":
        return Term(factor=draw(FACTORS))
    if kind == "bounds":
        low, high = sorted((draw(CENTS), draw(CENTS)))
        return Term(low=low, high=high)
    if kind == "narrow":
        return Term(narrow=draw(st.integers(5_000, 20_000)))
    return Term(down=draw(WIDENINGS), up=draw(WIDENINGS)) if kind == "pull" else Term()


@st.composite
def people(draw: st.DrawFn) -> list[list[Term]]:
    """A few people's terms; a step is of any kind for any of them."""
    count = draw(st.integers(1, 6))
    return [
        [Term(plus=draw(CENTS)), *(a_term(draw, draw(st.sampled_from(KINDS))) for _ in range(count))]
        for _ in range(ROWS)
    ]


def column(terms: tuple[Term, ...]) -> Term:
    """One step of all people as a term of columns; where a person has nothing, what changes nothing."""
    idle = Term(plus=0, factor=money.UNIT, low=0, high=MOST, narrow=money.UNIT, down=0, up=0)
    rows = [
        Term(*(empty if one is None else one for one, empty in zip(term, idle, strict=True)))
        for term in terms
    ]
    columns: Any = [np.array(values, dtype=np.int64) for values in zip(*rows, strict=True)]
    return Term(*columns)


SHAPES = st.tuples(st.integers(3_000, 9_999), st.integers(3_000, 9_999), *[st.integers(10_001, 30_000)] * 2)


CAPS = st.one_of(st.tuples(CENTS, CENTS).map(sorted), st.just([0, MOST]))


@examples(300)
@given(people(), st.lists(st.tuples(SHAPES, CAPS), min_size=ROWS, max_size=ROWS))
def test_columns_have_every_persons_cents(rows: list[list[Term]], ends: list[Any]) -> None:
    """With a cap at the end, as every plan has, which for some has no bounds."""
    size = min(map(len, rows))
    rows = [[*row[:size], Term(low=low, high=high)] for row, (_, (low, high)) in zip(rows, ends, strict=True)]
    columns = [column(terms) for terms in zip(*rows, strict=True)]
    totals: Any = middle(columns, np.clip)
    ratios: Any = [np.array(one) for one in zip(*(shape for shape, _ in ends), strict=True)]
    bounds = last_bounds(columns, totals)
    points: Any = percentiles(totals[-1], reach(columns), ratios, np.clip, roots, bounds=bounds)
    for n, (row, (shape, _)) in enumerate(zip(rows, ends, strict=True)):
        own = middle(row, money.clip)
        assert [int(total[n]) for total in totals] == own
        cap = last_bounds(row, own)
        assert [int(point[n]) for point in points] == list(
            percentiles(own[-1], reach(row), shape, money.clip, money.root, bounds=cap)
        )


@given(CENTS, SHAPES, st.tuples(WIDENINGS, WIDENINGS))
def test_bounds_that_do_not_act_change_no_point(total: int, shape: Any, pulls: tuple[int, int]) -> None:
    terms = [Term(plus=total), Term(down=pulls[0], up=pulls[1]), Term(low=0, high=MOST)]
    bounds = last_bounds(terms, middle(terms, money.clip))
    free, bound = (
        percentiles(total, reach(terms), sorted(shape), money.clip, money.root, bounds=one)
        for one in (None, bounds)
    )
    assert free == bound


BEYOND = st.integers(-2, 2) | CENTS.map(lambda cents: -cents)


@examples(4_000)
@given(CENTS, SHAPES, st.tuples(WIDENINGS, WIDENINGS), st.tuples(BEYOND, BEYOND))
def test_bounds_outside_all_that_is_uncertain_change_no_point(
    total: int, shape: Any, pulls: tuple[int, int], beyond: tuple[int, int]
) -> None:
    """They lie outside if both are where the deciles are pulled to, or beyond it."""
    down, up = (min(max(2 * pull, 1), money.UNIT) for pull in pulls)
    edges = total * (money.UNIT - down) // money.UNIT, -(total * (money.UNIT + up) // -money.UNIT)
    low, high = edges[0] - beyond[0], edges[1] + beyond[1]
    terms = [Term(plus=total), Term(down=pulls[0], up=pulls[1]), Term(low=low, high=high)]
    bounds, left = last_bounds(terms, middle(terms, money.clip)), reach(terms)
    assert bounds is not None
    assert outside(bounds, left) == (min(beyond) >= 0)
    free, bound = (
        percentiles(total, left, sorted(shape), money.clip, money.root, bounds=one) for one in (None, bounds)
    )
    assert free == bound or not outside(bounds, left)


@given(CENTS, SHAPES, st.tuples(WIDENINGS, WIDENINGS), st.tuples(WIDENINGS, WIDENINGS))
def test_far_beyond_the_cap_no_uncertainty_is_left(
    total: int, shape: Any, few: tuple[int, int], many: tuple[int, int]
) -> None:
    """Whoever's factors lead to twice the cap and more has the range of the area, however sure the factors are."""
    ranges = set()
    for down, up in (few, many):
        terms = [Term(plus=2 * total), Term(down=down, up=up), Term(low=1, high=total)]
        bounds = last_bounds(terms, middle(terms, money.clip))
        _, p25, *above = percentiles(
            total, reach(terms), sorted(shape), money.clip, money.root, bounds=bounds
        )
        ranges.add((p25, *above))
    assert len(ranges) == 1


@given(CENTS, st.integers(0, 20_000), SHAPES, WIDENINGS, st.tuples(CENTS, CENTS))
def test_percentiles_are_in_order_and_held_inside_bounds(
    total: int, narrow: int, shape: Any, pull: int, ends: tuple[int, int]
) -> None:
    terms = [Term(narrow=narrow, down=pull, up=pull)]
    free = percentiles(total, reach(terms), sorted(shape), money.clip, money.root)
    low, high = (100 * money.dollars(end) for end in sorted(ends))
    points = held(free, low, high, money.clip)
    for found in (free, points):
        assert list(found) == sorted(found)
    assert money.dollars(low) <= points[0]
    assert points[-1] <= money.dollars(high)


@given(CENTS, SHAPES, st.lists(WIDENINGS, max_size=6))
def test_no_percentile_lies_a_tenth_further_out_than_the_area_s_own(
    total: int, shape: Any, pulls: list[int]
) -> None:
    """However uncertain the factors are."""
    terms = [Term(down=pull, up=pull) for pull in pulls]
    p10, *_, p90 = percentiles(total, reach(terms), sorted(shape), money.clip, money.root)
    own = [abs(ratio - money.UNIT) * WIDEST // money.UNIT for ratio in (min(shape), max(shape))]
    assert p10 >= money.dollars(money.times(total, money.UNIT - min(own[0], 9_000)))
    assert p90 <= money.dollars(money.times(total, money.UNIT + own[1]))
