"""The range as a bar on an axis, the employer's band and an offer on the same axis. Integers only."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ehrpay.formats.glyphs import Glyphs
    from ehrpay.formats.sheet import Marks

GUTTER = 6
"""Columns left of the bars for their names."""


class Axis(NamedTuple):
    """A stretch of amounts in cents, its tick distance, and the columns it is drawn on."""

    low: int
    high: int
    step: int
    columns: int

    def at(self, cents: int) -> int:
        """The column of an amount."""
        return (2 * (cents - self.low) * (self.columns - 1) + self.high - self.low) // (2 * (self.high - self.low))


class Bar(NamedTuple):
    """One line of the chart: what it is, and how it is drawn."""

    name: str
    drawn: str


def chart(marks: Marks, width: int, glyphs: Glyphs) -> tuple[Bar, ...]:
    """The lines of the chart, none wider than `width` columns with its name."""
    ends = [*marks.points, *(marks.band or ()), *([] if marks.offer is None else [marks.offer])]
    axis = fitted(min(ends), max(ends), width - GUTTER)
    bars = [Bar("pay", _range(marks.points, axis, glyphs))]
    if marks.band is not None:
        bars.append(Bar("band", _band(marks.band, axis, glyphs)))
    if marks.offer is not None:
        bars.append(Bar("offer", " " * axis.at(marks.offer) + glyphs.offer))
    return (*bars, Bar("", _ruler(axis, glyphs)))


def fitted(low: int, high: int, columns: int) -> Axis:
    """The axis with the finest round ticks (1, 2 or 5 of a power of ten) whose labels still fit."""
    for power in count(1):
        for digit in (1, 2, 5):
            step = digit * 10**power
            first, last = low // step * step, -(-high // step) * step
            last += step if first == last else 0
            widest = max(len(tick(first, step)), len(tick(last, step)))
            if (last - first) // step * (2 * widest + 3) <= columns:
                return Axis(first, last, step, columns)
    raise AssertionError  # pragma: no cover - the count never ends


def tick(cents: int, step: int) -> str:
    """An amount as a tick's label: `50k`, `950`, `24.50`."""
    if step % 100:
        return f"{cents // 100:,}.{cents % 100:02d}"
    amount = cents // 100
    return f"{amount // 1000:,}k" if step % 100_000 == 0 and amount else f"{amount:,}"


def _range(points: tuple[int, ...], axis: Axis, glyphs: Glyphs) -> str:
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


def _ruler(axis: Axis, glyphs: Glyphs) -> str:
    """Ticks with their label on the right; the last one, at the edge, has it on the left."""
    cells = [glyphs.axis] * axis.columns
    for cents in range(axis.low, axis.high + 1, axis.step):
        at, label = axis.at(cents), tick(cents, axis.step)
        start = at - len(label) if cents == axis.high else at + 1
        cells[start : start + len(label)] = label
        cells[at] = glyphs.tick
    return "".join(cells)
