"""Money in whole cents, factors in 1/10,000, half up; the running arithmetic, written once.

Every function here uses only `+ - * //`, comparisons and a `clip` that the caller gives, so it prices Python
integers and columns of integers alike, to the same cent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

UNIT = 10_000
"""A factor of one: 1.0000."""

_HALF = UNIT // 2

PLUS, TIMES, CLIP, ROUND = "plus", "times", "clip", "round"


def times(cents: Any, factor: Any) -> Any:
    """Cents times a factor in 1/10,000, rounded half up to the cent (both at least 0)."""
    return (cents * factor + _HALF) // UNIT


def dollars(cents: Any) -> Any:
    """Cents as whole dollars, half up."""
    return (cents + 50) // 100


def ratio(top: int, bottom: int) -> int:
    """`top / bottom` as a factor in 1/10,000, half up (both positive)."""
    return (2 * top * UNIT + bottom) // (2 * bottom)


def clip(value: int, low: int, high: int) -> int:
    """The value, moved to the nearer bound if it lies outside; the integer form of a column's `clip`."""
    return max(low, min(value, high))


def move(total: Any, kind: str, value: Any, clip: Callable[..., Any]) -> Any:
    """One step of the running total in cents: add cents, multiply, bound, or round to whole dollars."""
    if kind == PLUS:
        return total + value
    if kind == TIMES:
        return times(total, value)
    if kind == CLIP:
        return clip(total, *value)
    return dollars(total) * 100


def running(moves: Iterable[tuple[str, Any]], clip: Callable[..., Any]) -> list[Any]:
    """The running total in cents after each move, from nothing; rounded to the cent at every move."""
    totals: list[Any] = []
    total: Any = 0
    for kind, value in moves:
        total = move(total, kind, value, clip)
        totals.append(total)
    return totals


def spread(middle: Any, shape: Any, width: Any, pull: Any, clip: Callable[..., Any]) -> Any:
    """One percentile in cents: the area's shape about the middle, narrowed or widened, then pulled outward.

    `shape` is the percentile over the median in 1/10,000; `width` a factor on its distance from the median;
    `pull` is added to that distance, negative below the median. Never below a tenth of the middle.
    """
    distance = (shape - UNIT) * width // UNIT + pull
    return times(middle, clip(UNIT + distance, UNIT // 10, 100 * UNIT))
