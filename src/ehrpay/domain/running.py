"""The running arithmetic, written once for both methods, for one person and for columns of them.

It uses only `+ - * //` and a `clip` that the caller gives, so it prices Python integers and columns of integers
alike, to the same cent. It never branches on a value, and never divides a negative number: engines disagree on
which way that rounds. Square roots are whole numbers, rounded down, by a `root` that the caller gives as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ehrpay.domain import money
from ehrpay.domain.money import UNIT, dollars, times
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.domain.money import Clip, Number, Root

MOST = 10**14
"""Cents past every pay: the upper bound where there is none. Times 10,000 it still fits into 63 bits."""

DECILE = 2
"""An uncertainty that pulls a quartile outward by one pulls a decile by about two (1.28 / 0.67)."""


WIDEST = 11_000
"""No percentile lies further from the middle than 1.1 times the area's own does from its median, in 1/10,000."""


class Arithmetic(Protocol):
    """What is asked of numbers, or of columns of them, beside `+ - * //` and comparing."""

    def clip(self, value: Number, low: Number, high: Number, /) -> Number:
        """The nearer bound where a value lies outside."""

    def root(self, value: Number, /) -> Number:
        """The whole square root, rounded down."""

    def largest(self, one: Number, other: Number, /) -> Number:
        """The larger of two."""

    def where(self, condition: Number, then: Number, otherwise: Number, /) -> Number:
        """One of two."""


class OneRow:
    """The numbers of one row."""

    clip = staticmethod(money.clip)
    root = staticmethod(money.root)
    largest = staticmethod(max)

    @staticmethod
    def where(condition: Number, then: Number, otherwise: Number) -> Number:
        """One of two."""
        return then if condition else otherwise


class Term(NamedTuple):
    """What a step does to the running total, in this order, each a number or a column of them, or None for nothing.

    `plus` adds cents, `factor` multiplies (1/10,000), `low` and `high` are bounds in cents. `narrow` multiplies
    the width of the range, `down` and `up` pull its quartiles outward, in 1/10,000 of the middle.
    """

    plus: Number | None = None
    factor: Number | None = None
    low: Number | None = None
    high: Number | None = None
    narrow: Number | None = None
    down: Number | None = None
    up: Number | None = None

    @property
    def bounds(self) -> tuple[Number, Number]:
        """The bounds in cents; those that hold nothing where it has none."""
        return (0, MOST) if self.low is None or self.high is None else (self.low, self.high)


def middle(terms: Iterable[Term], clip: Clip, total: Number = 0) -> list[Number]:
    """The running total in cents after each term, from `total` on; rounded to the cent at every multiplication."""
    totals: list[Number] = []
    for term in terms:
        total = moved(total, term)
        if term.low is not None and term.high is not None:
            total = clip(total, term.low, term.high)
        totals.append(total)
    return totals


def moved(total: Number, term: Term) -> Number:
    """The total after what a term adds and multiplies, before its bounds."""
    if term.plus is not None:
        total = total + term.plus
    return total if term.factor is None else times(total, term.factor)


class Reach(NamedTuple):
    """How far the range reaches: the width that is left in 1/10,000, and the squares of what pulls a quartile outward.

    Uncertainties are independent, so that their squares add.
    """

    width: Number
    down: Number
    up: Number


WHOLE = Reach(UNIT, 0, 0)
"""The whole range, before any step."""


def reach(terms: Iterable[Term], before: Reach = WHOLE) -> Reach:
    """What the steps leave of the range."""
    width, down, up = before
    for term in terms:
        if term.narrow is not None:
            width = times(width, term.narrow)
        if term.down is not None and term.up is not None:
            down, up = down + term.down * term.down, up + term.up * term.up
    return Reach(width, down, up)


class Bounds(NamedTuple):
    """Bounds on the running total: the total before and after them and they, in cents."""

    before: Number
    after: Number
    low: Number
    high: Number

    def cut(self, pull: Number, far: Number, side: int, clip: Clip) -> Number:
        """What is left of a pull (a square, whose root is `far`) down (-1) or up (1), as far as it leads inside."""
        far = clip(far, 1, UNIT)
        edge = clip(self.before * (UNIT + side * far), self.low * UNIT, self.high * UNIT)
        left = side * (edge - self.after * UNIT) // self.after
        return pull * (left * left) // (far * far)


def last_bounds(terms: Sequence[Term], totals: Sequence[Number], start: Number = 0) -> Bounds | None:
    """The last bounds on the total, those of the cap; `totals` are `middle`'s."""
    for number in range(len(terms) - 1, -1, -1):
        term = terms[number]
        if term.low is not None and term.high is not None:
            before = moved(totals[number - 1] if number else start, term)
            return Bounds(before, totals[number], term.low, term.high)
    return None


def percentiles(
    total: Number,
    left: Reach,
    shape: Sequence[Number],
    clip: Clip,
    root: Root,
    *,
    bounds: Bounds | None = None,
) -> tuple[Number, Number, Number, Number, Number]:
    """Five points in whole dollars around a middle in cents.

    `left` is what the steps leave of the range, `shape` P10, P25, P75 and P90 over the median in 1/10,000. `bounds`
    take away the uncertainty that lies beyond them: where the cap holds the middle, more years lower no point.
    """
    d10, d25, u75, u90 = DECILE * DECILE * left.down, left.down, left.up, DECILE * DECILE * left.up
    if bounds is not None:
        down, up = root(left.down), root(left.up)
        d10, d25 = bounds.cut(d10, DECILE * down, -1, clip), bounds.cut(d25, down, -1, clip)
        u75, u90 = bounds.cut(u75, up, 1, clip), bounds.cut(u90, DECILE * up, 1, clip)
    p10, p25, p75, p90 = shape
    points = (
        below(total, p10, left.width, d10, clip, root),
        below(total, p25, left.width, d25, clip, root),
        above(total, p75, left.width, u75, clip, root),
        above(total, p90, left.width, u90, clip, root),
    )
    p10, p25, p75, p90 = map(dollars, points)
    p50 = dollars(total)
    # Rounding may not turn the order round.
    p25, p75 = clip(p25, 0, p50), clip(p75, p50, MOST)
    return clip(p10, 0, p25), p25, p50, p75, clip(p90, p75, MOST)


def held(points: Iterable[Number], low: Number, high: Number, clip: Clip) -> tuple[Number, ...]:
    """Points in whole dollars inside bounds in cents, which are whole dollars too."""
    return tuple([clip(point, low // 100, high // 100) for point in points])


def below(total: Number, shape: Number, width: Number, pull: Number, clip: Clip, root: Root) -> Number:
    """A percentile under the middle in cents, never below a tenth of it; `shape` is its share of the median."""
    distance = _distance(UNIT - clip(shape, 0, UNIT), width, pull, clip, root)
    return times(total, UNIT - clip(distance, 0, UNIT * 9 // 10))


def above(total: Number, shape: Number, width: Number, pull: Number, clip: Clip, root: Root) -> Number:
    """A percentile over the middle in cents, likewise."""
    return times(total, UNIT + _distance(clip(shape, UNIT, 100 * UNIT) - UNIT, width, pull, clip, root))


def _distance(own: Number, width: Number, pull: Number, clip: Clip, root: Root) -> Number:
    """How far a percentile lies from the middle, in 1/10,000 of it.

    What the width leaves of the area's own distance, and the pull (a square), are independent: their squares add.
    Never further than the area's own by more than a tenth.
    """
    left = own * width // UNIT
    return clip(root(left * left + pull), 0, own * WIDEST // UNIT)
