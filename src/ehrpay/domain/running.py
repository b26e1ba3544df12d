"""The running arithmetic, written once for both methods, for one person and for columns of them.

It uses only `+ - * //` and a `clip` that the caller gives, so it prices Python integers and columns of integers
alike, to the same cent. It never branches on a value, and never divides a negative number: engines disagree on
which way that rounds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.money import UNIT, dollars, times
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ehrpay.domain.money import Clip, Number

MOST = 10**15
"""Cents past every pay: the upper bound where there is none."""

DECILE = 2
"""An uncertainty that pulls a quartile outward by one pulls a decile by about two (1.28 / 0.67)."""


class Term(NamedTuple):
    """What a step does to the running total, in this order, each a number or a column of them, or None for nothing.

    `plus` adds cents, `factor` multiplies (1/10,000), `low` and `high` are bounds in cents. `narrow` multiplies
    the width of the range, `down` and `up` pull its quartiles outward, in 1/10,000 of the middle.
    """

    plus: Any = None
    factor: Any = None
    low: Any = None
    high: Any = None
    narrow: Any = None
    down: Any = None
    up: Any = None


def middle(terms: Iterable[Term], clip: Callable[..., Any]) -> list[Any]:
    """The running total in cents after each term, from nothing; rounded to the cent at every multiplication."""
    totals: list[Any] = []
    total: Any = 0
    for plus, factor, low, high, _, _, _ in terms:
        if plus is not None:
            total = total + plus
        if factor is not None:
            total = times(total, factor)
        if low is not None:
            total = clip(total, low, high)
        totals.append(total)
    return totals


def percentiles(
    total: Any, terms: Iterable[Term], shape: Sequence[Any], band: Term | None, clip: Callable[..., Any]
) -> tuple[Any, Any, Any, Any, Any]:
    """Five points in whole dollars around a middle in cents, inside the bounds of a band where there is one.

    `shape` is P10, P25, P75 and P90 over the median in 1/10,000.
    """
    width, down, up = UNIT, 0, 0
    for term in terms:
        if term.narrow is not None:
            width = times(width, term.narrow)
        if term.down is not None:
            down, up = down + term.down, up + term.up
    pulls = (-DECILE * down, -down, up, DECILE * up)
    points = [spread(total, ratio, width, pull, clip) for ratio, pull in zip(shape, pulls, strict=True)]
    if band is not None:
        points = [clip(point, band.low, band.high) for point in points]
    p10, p25, p75, p90 = map(dollars, points)
    p50 = dollars(total)
    # Rounding and bands may not turn the order round.
    p25, p75 = clip(p25, 0, p50), clip(p75, p50, MOST)
    return clip(p10, 0, p25), p25, p50, p75, clip(p90, p75, MOST)


def spread(total: Number, shape: Number, width: Number, pull: Number, clip: Clip[Number]) -> Number:
    """One percentile in cents: the area's shape around the middle, narrowed or widened, then pulled outward.

    `shape` is the percentile over the median in 1/10,000; `width` a factor on its distance from the median;
    `pull` is added to that distance, negative below the median. Never below a tenth of the middle.
    """
    # UNIT + (shape - UNIT) * width // UNIT + pull, held in its bounds before the division: nothing negative is divided.
    place = UNIT * (UNIT - width + pull) + shape * width
    return times(total, clip(place, UNIT * UNIT // 10, 100 * UNIT * UNIT) // UNIT)
