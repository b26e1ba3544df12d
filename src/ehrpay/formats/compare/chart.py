"""All offers on one axis: each market range, and under it the offer's base with its amount and name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.numerals import whole
from ehrpay.formats.estimate.chart import GUTTER, Axis, fitted, ranged, ruler

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.formats.compare.view import Bar
    from ehrpay.formats.estimate.chart import Bar as Line
    from ehrpay.formats.glyphs import Glyphs


def chart(bars: Sequence[Bar], width: int, glyphs: Glyphs) -> list[Line]:
    """The lines of the chart, none wider than `width` columns with its name."""
    from ehrpay.formats.estimate.chart import Bar as Line

    axis = fitted(*_ends(bars), width - GUTTER)
    lines = []
    for bar in bars:
        drawn = "" if bar.points is None else ranged(bar.points, axis, glyphs)
        lines += [Line(str(bar.rank), drawn), Line("", _mark(bar, axis, glyphs))]
    return [*lines, Line("", ruler(axis, glyphs))]


def _ends(bars: Sequence[Bar]) -> tuple[int, int]:
    """The least and most to be drawn; a base too far off would squeeze the ranges, and stays outside."""
    points = [point for bar in bars for point in bar.points or ()]
    bases = [bar.base for bar in bars]
    if not points:
        return min(bases), max(bases)
    low, high = min(points), max(points)
    reach = max(high - low, high // 4)
    near = [base for base in bases if low - reach <= base <= high + reach]
    return min(low, *near) if near else low, max(high, *near) if near else high


def _mark(bar: Bar, axis: Axis, glyphs: Glyphs) -> str:
    """The base's mark with its amount, and the name where there is room; an arrow where it lies outside."""
    at = max(0, min(axis.at(bar.base), axis.columns - 1))
    sign = "<" if bar.base < axis.low else ">" if bar.base > axis.high else glyphs.offer
    amount = whole(bar.base)
    for label in (f"{amount} {bar.name}", amount):
        if at + 2 + _cells(label) <= axis.columns:
            return f"{' ' * at}{sign} {label}"
        if _cells(label) + 1 <= at:
            return f"{' ' * (at - _cells(label) - 1)}{label} {sign}"
    return " " * at + sign


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
