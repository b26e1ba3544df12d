"""The range as a bar on an axis, the employer's band and an offer on the same axis. Integers only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.money import divide
from ehrpay.domain.numerals import exact
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.formats.estimate.view import Marks
    from ehrpay.formats.glyphs import Glyphs

GUTTER = 6
"""Columns left of the bars for their names."""

TICK_GAP = 5
"""At least so many columns from the end of a tick's label to the next tick."""

STEPS = tuple(digit * 10**power for power in range(1, 12) for digit in (1, 2, 5))
"""Tick distances in cents, from a dime to billions."""


class Axis(NamedTuple):
    """A stretch of amounts in cents, its tick distance, and the columns it is drawn on."""

    low: int
    high: int
    step: int
    columns: int

    def at(self, cents: int) -> int:
        """The column of an amount."""
        return int(divide((cents - self.low) * (self.columns - 1), self.high - self.low))


class Bar(NamedTuple):
    """One line of the chart: what it is, and how it is drawn."""

    name: str
    drawn: str


def chart(marks: Marks, width: int, glyphs: Glyphs) -> tuple[Bar, ...]:
    """The lines of the chart, none wider than `width` columns with its name."""
    axis = fitted(*_ends(marks), width - GUTTER)
    bars = [Bar("pay", ranged(marks.points, axis, glyphs))]
    if marks.band is not None:
        bars.append(Bar("band", _band(marks.band, axis, glyphs)))
    if marks.offer is not None:
        bars.append(Bar("offer", _offer(marks.offer, axis, glyphs)))
    return (*bars, Bar("", ruler(axis, glyphs)))


def fitted(low: int, high: int, columns: int) -> Axis:
    """The axis with the finest round ticks whose labels still fit, and room for the last one on the right."""
    axis = Axis(low, high + 1, 1, columns)
    for step in STEPS:
        first, last = low // step * step, -(-high // step) * step
        last += step if first == last else 0
        label = max(len(tick(first, step)), len(tick(last, step)))
        axis = Axis(first, last, step, columns - label)
        if (last - first) // step * (label + TICK_GAP) + 1 + label <= columns:
            break
    return axis


def tick(cents: int, step: int) -> str:
    """An amount as a tick's label: `50k`, `2m`, `950`, `24.50`."""
    if step % 100:
        return exact(cents)
    if cents and step % 100_000_000 == 0:
        return f"{cents // 100_000_000:,}m"
    if cents and step % 100_000 == 0:
        return f"{cents // 100_000:,}k"
    return f"{cents // 100:,}"


def ranged(points: tuple[int, ...], axis: Axis, glyphs: Glyphs) -> str:
    """Five percentiles in cents as whiskers, a box and its middle."""
    p10, p25, p50, p75, p90 = map(axis.at, points)
    cells = [" "] * axis.columns
    cells[p10 : p90 + 1] = glyphs.whisker * (p90 + 1 - p10)
    cells[p10], cells[p90] = glyphs.left, glyphs.right
    cells[p25 : p75 + 1] = glyphs.box * (p75 + 1 - p25)
    cells[p50] = glyphs.middle
    return "".join(cells).rstrip()


def _band(band: tuple[int, int], axis: Axis, glyphs: Glyphs) -> str:
    first, last = map(axis.at, band)
    inner = glyphs.band * (last - first - 1)
    return " " * first + glyphs.band_left + inner + (glyphs.band_right if last > first else "")


def _ends(marks: Marks) -> tuple[int, int]:
    """The least and most to be drawn; an offer too far off would squeeze the range, and stays outside."""
    ends = [*marks.points, *(marks.band or ())]
    low, high = min(ends), max(ends)
    reach = max(high - low, high // 4)
    if marks.offer is None or not low - reach <= marks.offer <= high + reach:
        return low, high
    return min(low, marks.offer), max(high, marks.offer)


def _offer(cents: int, axis: Axis, glyphs: Glyphs) -> str:
    """The offer's mark; an arrow at the edge where it lies outside."""
    if cents < axis.low:
        return "<"
    if cents > axis.high:
        return " " * (axis.columns - 1) + ">"
    return " " * axis.at(cents) + glyphs.offer


def ruler(axis: Axis, glyphs: Glyphs) -> str:
    """Ticks, each with its label on the right."""
    cells = [glyphs.axis] * axis.columns
    for cents in range(axis.low, axis.high + 1, axis.step):
        at, label = axis.at(cents), tick(cents, axis.step)
        cells[at : at + 1 + len(label)] = glyphs.tick + label
    return "".join(cells)
