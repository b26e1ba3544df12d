"""Money in whole cents, factors in 1/10,000, divisions half up.

A `Number` is an integer, or a column of them, which has the same operators: types show the integer, and who has
columns hands them over as `Any`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Number: TypeAlias = int
    Clip: TypeAlias = Callable[[Number, Number, Number], Number]
    Root: TypeAlias = Callable[[Number], Number]

UNIT = 10_000
"""A factor of one: 1.0000."""


def divide(top: Number, bottom: Number) -> Number:
    """`top / bottom` to the nearest whole number, half up, for a positive `bottom`.

    Of a negative `top` (Python integers only) half goes up as well, towards zero: `divide(-1, 2)` is 0.
    """
    return (2 * top + bottom) // (2 * bottom)


def times(cents: Number, factor: Number) -> Number:
    """Cents times a factor in 1/10,000, rounded half up to the cent (both at least 0)."""
    return (cents * factor + 5_000) // UNIT


def dollars(cents: Number) -> Number:
    """Cents as whole dollars, half up."""
    return (cents + 50) // 100


def ratio(top: int, bottom: int) -> int:
    """`top / bottom` as a factor in 1/10,000, half up (`bottom` positive)."""
    return divide(top * UNIT, bottom)


def clip(value: int, low: int, high: int) -> int:
    """The value, moved to the nearer bound if it lies outside; the integer form of a column's `clip`."""
    if low <= value <= high:
        return value
    return low if value < low or high < low else high


def root(value: int) -> int:
    """The whole square root, rounded down, exact; the integer form of a column's `root`."""
    return math.isqrt(value)


def drawn(factor: int, share: int) -> int:
    """A factor drawn towards 1.0000: only a share of its distance counts, in 1/10,000."""
    away = abs(factor - UNIT) * share // UNIT
    return UNIT + away if factor > UNIT else UNIT - away
