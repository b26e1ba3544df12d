"""The running arithmetic: half up at every step, the same on any integers."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ehrpay.domain import money


def half_up(value: Fraction) -> int:
    """The textbook rounding."""
    return int(value + Fraction(1, 2)) if value >= 0 else -int(-value + Fraction(1, 2))


@given(st.integers(0, 10**12), st.integers(0, 50_000))
def test_times_is_half_up_to_the_cent(cents: int, factor: int) -> None:
    """A product is rounded as exact fractions round."""
    assert money.times(cents, factor) == half_up(Fraction(cents * factor, 10_000))


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_ratio_is_half_up(top: int, bottom: int) -> None:
    """A ratio is rounded as exact fractions round."""
    assert money.ratio(top, bottom) == half_up(Fraction(top * 10_000, bottom))


def test_the_steps_by_hand() -> None:
    """The Denver example of docs/method.md, move by move."""
    moves = [
        (money.PLUS, 5_114_000),
        (money.PLUS, 1_010_000),
        (money.TIMES, 10_449),
        (money.TIMES, 10_300),
        (money.CLIP, (0, 10**9)),
        (money.ROUND, None),
    ]
    assert money.running(moves, money.clip) == [
        5_114_000,
        6_124_000,
        6_398_968,
        6_590_937,
        6_590_937,
        6_590_900,
    ]


def test_half_a_cent_goes_up() -> None:
    """0.5 of a cent is a cent, 0.4999 is not."""
    assert money.times(1, 5_000) == 1
    assert money.times(1, 4_999) == 0
    assert money.dollars(50) == 1
    assert money.dollars(49) == 0
