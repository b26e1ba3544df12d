"""Money in whole cents, factors in 1/10,000, half up; the running arithmetic, written once.

The running arithmetic uses only `+ - * //`, comparisons and a `clip` that the caller gives, so it prices Python
integers and columns of integers alike, to the same cent. It never divides a negative number: engines disagree
on which way that rounds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Protocol, Self, TypeVar

    class Column(Protocol):
        """A column of integers, as numpy, Polars and others have them."""

        def __add__(self, other: Any, /) -> Self: ...
        def __radd__(self, other: Any, /) -> Self: ...
        def __sub__(self, other: Any, /) -> Self: ...
        def __rsub__(self, other: Any, /) -> Self: ...
        def __mul__(self, other: Any, /) -> Self: ...
        def __rmul__(self, other: Any, /) -> Self: ...
        def __floordiv__(self, other: Any, /) -> Self: ...

    Number = TypeVar("Number", bound=Column)
    Clip = Callable[[Number, Any, Any], Number]

UNIT = 10_000
"""A factor of one: 1.0000."""

PLUS, TIMES, CLIP, ROUND = "plus", "times", "clip", "round"


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


def spread(middle: Number, shape: Number, width: Number, pull: Number, clip: Clip[Number]) -> Number:
    """One percentile in cents: the area's shape about the middle, narrowed or widened, then pulled outward.

    `shape` is the percentile over the median in 1/10,000; `width` a factor on its distance from the median;
    `pull` is added to that distance, negative below the median. Never below a tenth of the middle.
    """
    # UNIT + (shape - UNIT) * width // UNIT + pull, held in its bounds before the division: nothing negative is divided.
    place = UNIT * (UNIT - width + pull) + shape * width
    return times(middle, clip(place, UNIT * UNIT // 10, 100 * UNIT * UNIT) // UNIT)
