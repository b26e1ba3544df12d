"""Where an amount lies across a drawing, in hundredths of a percent of its width.

Drawings have no pixels across: every x is a percentage, so that text keeps its size on a phone and on paper.
"""

from __future__ import annotations

from ehrpay.domain.money import divide
from ehrpay.domain.numerals import fixed
from ehrpay.formats.axis import STEPS, tick
from ehrpay.named_tuple import NamedTuple

MARGIN = 200
"""Left free on both sides, so that a mark on the edge is whole."""

MOST_TICKS = 7
"""So many labels fit the narrowest screen."""


class Scale(NamedTuple):
    """A stretch of amounts in cents, and the distance of its ticks."""

    low: int
    high: int
    step: int

    def at(self, cents: int) -> int:
        """The place of an amount; one outside lies on the edge."""
        held = min(max(cents, self.low), self.high)
        span, room = self.high - self.low, 10_000 - 2 * MARGIN
        return MARGIN + int(divide((held - self.low) * room, span))

    def ticks(self) -> list[tuple[int, str]]:
        """The ticks: place and label."""
        first = -(-self.low // self.step) * self.step
        marks = range(first, self.high + 1, self.step)
        return [(self.at(cents), tick(cents, self.step)) for cents in marks]


def scale(low: int, high: int) -> Scale:
    """The scale from one amount to another, and a little around a single one."""
    if low == high:
        low, high = low - max(100, low // 20), high + max(100, high // 20)
    return Scale(low, high, next(step for step in STEPS if high // step - (low - 1) // step <= MOST_TICKS))


def percent(hundredths: int) -> str:
    """A place as SVG writes it: `37.25%`."""
    return f"{fixed(hundredths, 2)}%"
