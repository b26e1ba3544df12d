"""The running arithmetic: half up at every step, the same on any integers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self

from hypothesis import given
from hypothesis import strategies as st

from ehrpay.domain import money, running
from ehrpay.domain.running import Term


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
    terms = [
        Term(plus=5_114_000),
        Term(plus=1_010_000),
        Term(factor=10_449),
        Term(factor=10_300),
        Term(low=0, high=10**9),
        Term(),
    ]
    totals = [5_114_000, 6_124_000, 6_398_968, 6_590_937, 6_590_937, 6_590_937]
    assert running.middle(terms, money.clip) == totals


def test_half_a_cent_goes_up() -> None:
    """0.5 of a cent is a cent, 0.4999 is not."""
    assert money.times(1, 5_000) == 1
    assert money.times(1, 4_999) == 0
    assert money.dollars(50) == 1
    assert money.dollars(49) == 0


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_divide_rounds_half_up_on_both_sides_of_zero(top: int, bottom: int) -> None:
    """The nearest whole number; exactly half goes to the larger neighbour."""
    nearest = money.divide(top, bottom)
    assert Fraction(-1, 2) < nearest - Fraction(top, bottom) <= Fraction(1, 2)


@dataclass(frozen=True)
class Truncated:
    """An integer of an engine that divides towards zero, as SQL engines and Arrow do."""

    value: int

    def __add__(self, other: Any) -> Self:
        return self._of(self.value + self._plain(other))

    __radd__ = __add__

    def __sub__(self, other: Any) -> Self:
        return self._of(self.value - self._plain(other))

    def __rsub__(self, other: Any) -> Self:
        return self._of(self._plain(other) - self.value)

    def __mul__(self, other: Any) -> Self:
        return self._of(self.value * self._plain(other))

    __rmul__ = __mul__

    def __floordiv__(self, other: Any) -> Self:
        below = self._plain(other)
        size = abs(self.value) // abs(below)
        return self._of(size if self.value * below >= 0 else -size)

    def clip(self, low: Any, high: Any) -> Self:
        """The number, held between two bounds."""
        return self._of(max(self._plain(low), min(self.value, self._plain(high))))

    def _of(self, value: int) -> Self:
        return type(self)(value)

    @staticmethod
    def _plain(other: Any) -> int:
        return other.value if isinstance(other, Truncated) else int(other)


@given(st.integers(0, 10**9), st.integers(1, 40_000), st.integers(0, 20_000), st.integers(0, 20_000))
def test_a_percentile_is_the_same_in_an_engine_that_truncates(
    middle: int, shape: int, width: int, pull: int
) -> None:
    """Nothing negative is divided, so floor and truncation agree."""
    sides: tuple[Any, ...] = (running.below, running.above)
    for side in sides:
        plain = side(middle, shape, width, pull * pull, money.clip, money.root)
        engine = side(
            Truncated(middle),
            Truncated(shape),
            Truncated(width),
            Truncated(pull * pull),
            Truncated.clip,
            rooted,
        )
        assert engine.value == plain


def rooted(square: Truncated) -> Truncated:
    """The root of an engine's integer."""
    return Truncated(math.isqrt(square.value))


@given(st.integers(0, 10**18))
def test_a_root_is_rounded_down(square: int) -> None:
    """The largest whole number whose square is not more."""
    assert money.root(square) ** 2 <= square < (money.root(square) + 1) ** 2


@given(st.integers(1_000, 50_000), st.integers(0, 10_000))
def test_a_factor_is_drawn_towards_one(factor: int, share: int) -> None:
    """On its own side, by the share of its distance."""
    found = money.drawn(factor, share)
    assert abs(found - 10_000) == abs(factor - 10_000) * share // 10_000
    assert (found - 10_000) * (factor - 10_000) >= 0
