"""A chart drawn in characters: each bar on a line of its own, the axis below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from ehrpay.domain.numerals import whole
from ehrpay.formats.axis import ends, fitted, tick
from ehrpay.formats.bars import BAND, PAIR, RANGE, SINGLE, SPAN, Bar, Chart
from ehrpay.formats.pen import widest

if TYPE_CHECKING:
    from ehrpay.formats.axis import Axis
    from ehrpay.formats.glyphs import Glyphs, Tidy
    from ehrpay.formats.pen import Pen

GAP, GUTTER = 2, 6
"""Columns left of the bars for their names."""

LEAST, MOST = 14, 60
"""A chart beside a grid: narrower is no chart, wider shows nothing new."""

APART, CLOSE = 5, 2
"""Columns from the end of a tick's label to the next tick, in a chart alone and in one beside a grid."""

STYLES = {RANGE: "cyan", SPAN: "cyan", PAIR: "cyan", BAND: "blue", SINGLE: "magenta"}
AXIS_STYLE = "dim"


def draw(chart: Chart, pen: Pen, tidy: Tidy) -> None:
    """The chart alone, with the names of its bars."""
    names = [tidy(bar.name) for bar in chart.bars if bar.shown]
    lines = beside(chart, pen.width - GUTTER, pen.glyphs, tidy, gap=APART)
    for name, line in zip([*names, ""], lines, strict=True):
        gutter = f"{name:>{GUTTER - GAP}}" if name.isdigit() else name
        pen.put(Text.assemble(f"{gutter:<{GUTTER}}", line, no_wrap=True))


def beside(chart: Chart, columns: int, glyphs: Glyphs, tidy: Tidy, *, gap: int = CLOSE) -> list[Text]:
    """A line for each bar, then the axis, none wider than the columns."""
    shown = chart._replace(bars=tuple(bar._replace(label=tidy(bar.label)) for bar in chart.bars if bar.shown))
    low, high = ends(shown)
    axis = fitted(low, high, columns, finest=chart.finest, gap=gap)
    bars = [Text(_DRAWN[bar.kind](bar, axis, glyphs), STYLES[bar.kind], no_wrap=True) for bar in shown.bars]
    return [*bars, Text(_ruler(axis, glyphs), AXIS_STYLE, no_wrap=True)]


def _range(bar: Bar, axis: Axis, glyphs: Glyphs) -> str:
    """Whiskers from end to end, a box where there are five points, and the middle."""
    at = [axis.at(cents) for cents in bar.points]
    first, last, middle = at[0], at[-1], at[len(at) // 2]
    cells = [" "] * (last + 1)
    cells[first : last + 1] = glyphs.whisker * (last + 1 - first)
    cells[first], cells[last] = glyphs.left, glyphs.right
    if bar.kind == RANGE:
        cells[at[1] : at[3] + 1] = glyphs.box * (at[3] + 1 - at[1])
    cells[middle] = glyphs.middle
    return "".join(cells)


def _band(bar: Bar, axis: Axis, glyphs: Glyphs) -> str:
    first, last = map(axis.at, bar.points)
    inner = glyphs.band * (last - first - 1)
    return " " * first + glyphs.band_left + inner + (glyphs.band_right if last > first else "")


def _pair(bar: Bar, axis: Axis, glyphs: Glyphs) -> str:
    first, last = map(axis.at, bar.points)
    cells = [" "] * (max(first, last) + 1)
    cells[first], cells[last] = glyphs.middle, glyphs.offer
    if first == last:
        cells[first] = glyphs.both
    return "".join(cells)


def _single(bar: Bar, axis: Axis, glyphs: Glyphs) -> str:
    """The mark of one amount, an arrow at the edge where it lies outside; its label beside it where it has room."""
    cents = bar.points[0]
    at = max(0, min(axis.at(cents), axis.columns - 1))
    sign = "<" if cents < axis.low else ">" if cents > axis.high else glyphs.offer
    for label in (f"{whole(cents)} {bar.label}", whole(cents)) if not bar.name else ():
        if at + 2 + widest([label]) <= axis.columns:
            return f"{' ' * at}{sign} {label}"
        if widest([label]) + 1 <= at:
            return f"{' ' * (at - widest([label]) - 1)}{label} {sign}"
    return " " * at + sign


def _ruler(axis: Axis, glyphs: Glyphs) -> str:
    """Ticks, each with its label on the right."""
    cells = [glyphs.axis] * axis.columns
    for cents in axis.ticks:
        at, label = axis.at(cents), tick(cents, axis.step)
        cells[at : at + 1 + len(label)] = glyphs.tick + label
    return "".join(cells)


_DRAWN = {RANGE: _range, SPAN: _range, BAND: _band, SINGLE: _single, PAIR: _pair}
