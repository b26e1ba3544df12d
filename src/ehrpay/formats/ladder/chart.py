"""The years on one axis of pay: a mark for each year's middle, whiskers to its low and high. Integers only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats.estimate.chart import STEPS, Axis, ruler, tick
from ehrpay.formats.glyphs import ASCII
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.formats.glyphs import Glyphs

    Points = tuple[int, int, int]
    """Low, middle and high in cents."""

LEAST = 14
"""Fewer columns than this are no chart."""

MOST = 60
"""More show nothing new."""


FINEST = 100_000
"""The least distance of ticks, in cents."""

TICK_GAP = 2
"""A label's tick, and a column at least before the next one."""


class Lines(NamedTuple):
    """A line for every year, and the axis under them."""

    years: tuple[str, ...]
    axis: str


def single(rows: Sequence[Points], columns: int, glyphs: Glyphs) -> Lines:
    """One ladder: whiskers, and the middle on them."""
    axis = _fitted(min(row[0] for row in rows), max(row[2] for row in rows), columns)
    return Lines(tuple(_range(row, axis, glyphs) for row in rows), ruler(axis, glyphs))


def double(first: Sequence[Points], last: Sequence[Points], columns: int, glyphs: Glyphs) -> Lines:
    """Two ladders' middles, each with a mark of its own, and a third where they meet."""
    middles = [row[1] for row in (*first, *last)]
    axis = _fitted(min(middles), max(middles), columns)
    lines = [_two(axis.at(a[1]), axis.at(b[1]), glyphs) for a, b in zip(first, last, strict=True)]
    return Lines(tuple(lines), ruler(axis, glyphs))


def meeting(glyphs: Glyphs) -> str:
    """The mark where two ladders meet."""
    return "*" if glyphs is ASCII else "×"


def _range(row: Points, axis: Axis, glyphs: Glyphs) -> str:
    low, mid, high = map(axis.at, row)
    cells = [" "] * (high + 1)
    cells[low : high + 1] = glyphs.whisker * (high + 1 - low)
    cells[low], cells[high] = glyphs.left, glyphs.right
    cells[mid] = glyphs.middle
    return "".join(cells)


def _two(a: int, b: int, glyphs: Glyphs) -> str:
    cells = [" "] * (max(a, b) + 1)
    cells[a], cells[b] = glyphs.middle, glyphs.offer
    if a == b:
        cells[a] = meeting(glyphs)
    return "".join(cells)


def _fitted(low: int, high: int, columns: int) -> Axis:
    """The axis with the finest round ticks, thousands of dollars at least, whose labels stand apart."""
    axis = Axis(low, high + 1, 1, columns)
    for step in STEPS[STEPS.index(FINEST) :]:
        first, last = low // step * step, -(-high // step) * step
        last += step if first == last else 0
        label = max(len(tick(first, step)), len(tick(last, step)))
        axis = Axis(first, last, step, columns - label)
        if (last - first) // step * (label + TICK_GAP) + 1 + label <= columns:
            break
    return axis
