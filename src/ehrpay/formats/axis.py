"""An axis of pay: its ends, its round ticks, and where an amount lies on columns or in a drawing. Integers only.

Drawings have no pixels across: every x is a percentage, so that text keeps its size on a phone and on paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.money import divide
from ehrpay.domain.numerals import exact, fixed
from ehrpay.formats.bars import SINGLE
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.formats.bars import Chart

STEPS = tuple(digit * 10**power for power in range(1, 12) for digit in (1, 2, 5))
"""Tick distances in cents, from a dime to billions."""

MARGIN = 200
"""Left free on both sides, so that a mark on the edge is whole."""

MOST_TICKS = 7
"""So many labels fit the narrowest screen."""


class Axis(NamedTuple):
    """A stretch of amounts in cents, its tick distance, and the columns it is drawn on."""

    low: int
    high: int
    step: int
    columns: int

    def at(self, cents: int) -> int:
        """The column of an amount."""
        return int(divide((cents - self.low) * (self.columns - 1), self.high - self.low))

    @property
    def ticks(self) -> range:
        """The amounts that have a tick."""
        return range(self.low, self.high + 1, self.step)


def ends(chart: Chart) -> tuple[int, int]:
    """The least and most to be drawn; a single amount too far off would squeeze the rest, and stays outside."""
    ranges = [cents for bar in chart.bars if bar.kind != SINGLE for cents in bar.points]
    singles = [cents for bar in chart.bars if bar.kind == SINGLE for cents in bar.points]
    low, high = min(ranges or singles), max(ranges or singles)
    reach = max(high - low, high // 4)
    near = [cents for cents in singles if low - reach <= cents <= high + reach]
    return min(low, *near, high), max(low, high, *near)


def fitted(low: int, high: int, columns: int, *, finest: int, gap: int) -> Axis:
    """The axis with the finest round ticks whose labels stand `gap` columns apart, the last one with room for its."""
    axis = Axis(low, high + 1, 1, columns)
    for step in STEPS[STEPS.index(finest) :]:
        first, last = low // step * step, -(-high // step) * step
        last += step if first == last else 0
        label = max(len(tick(first, step)), len(tick(last, step)))
        axis = Axis(first, last, step, columns - label)
        if (last - first) // step * (label + gap) + 1 + label <= columns:
            break
    return axis


def tick(cents: int, step: int) -> str:
    """An amount as a tick's label: `50k`, `2m`, `950`, `24.50`."""
    if step % 100:
        return exact(cents)
    for size, sign in ((100_000_000, "m"), (100_000, "k")):
        if cents and step % size == 0:
            return f"{cents // size:,}{sign}"
    return f"{cents // 100:,}"


class Scale(NamedTuple):
    """A stretch of amounts in cents across a drawing, and the distance of its ticks."""

    low: int
    high: int
    step: int

    def at(self, cents: int) -> int:
        """The place of an amount, in hundredths of a percent of the width; one outside lies on the edge."""
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
