"""A chart as a drawing: every bar on one axis, its label and amount above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats.axis import ends, scale
from ehrpay.formats.bars import BAND, CHANGE, END, PAIR, PARTS, RANGE, SPAN, START, Bar, Chart
from ehrpay.formats.page.svg import Drawing, arrow, bar, broken, diamond, dot, label, line, ruler, swatches

if TYPE_CHECKING:
    from ehrpay.formats.axis import Scale

THICK = {BAND: 8, RANGE: 20, PARTS: 22, START: 14, CHANGE: 14, END: 14}
GAP = 16
BELOW_AXIS = 26
STEP = 14
BREAK = 150
"""Where a bar that doesn't begin at zero is broken, in hundredths of a percent."""


def drawing(chart: Chart, id_: str = "range") -> Drawing:
    """All bars on one axis, and what they say in words."""
    low, high = ends(chart)
    steps = any(one.kind == CHANGE for one in chart.bars)
    if steps:
        # Room on the left, where the bars of the first and the last amount are broken.
        low = max(0, low - max(high - low, high // 100) // 6)
    axis = scale(low, high)
    marks, y = "", 0
    for one in chart.bars:
        top = y
        name, y = label(one.label, one.amount, y, kind="amount" if one.kind == END else "label")
        if one.kind in (CHANGE, END):
            before = axis.at(one.points[0])
            marks += line(before, top - GAP - STEP // 2, before, y + 6, "thread")
        marks += name + _drawn(one, axis, y + 6)
        if one.kind in (START, END) and low:
            marks += broken(BREAK, y + 6, THICK[one.kind], "break")
        y += 6 + THICK.get(one.kind, 12) + GAP
    behind, below = ruler(axis, y)
    amounts = "; ".join(f"{one.label}: {one.amount}" for one in chart.bars)
    below += broken(BREAK, y - 3, 6, "axis-break") if steps and low else ""
    key, bottom = swatches(chart.parts, y + BELOW_AXIS + 8) if chart.parts else ("", y + BELOW_AXIS)
    return Drawing(id_, chart.title, f"{amounts}{chart.said}.", behind + marks + below + key, bottom)


def _drawn(row: Bar, axis: Scale, y: int) -> str:  # noqa: PLR0911 - a kind a line
    at = [axis.at(cents) for cents in row.points]
    thick = THICK.get(row.kind, 12)
    centre = y + thick // 2
    if row.kind == RANGE:
        p10, p25, p50, p75, p90 = at
        ends = "".join(line(x, centre - 6, x, centre + 6, "whisker") for x in (p10, p90))
        return (
            line(p10, centre, p90, centre, "whisker")
            + ends
            + bar(p25, p75, y, thick, "box")
            + diamond(p50, centre)
        )
    if row.kind == SPAN:
        return bar(at[0], at[2], y, thick, "span") + diamond(at[1], centre, "span-middle")
    if row.kind == BAND:
        return bar(at[0], at[1], y, thick, "band")
    if row.kind == PAIR:
        return diamond(at[0], centre) + dot(at[1], centre)
    if row.kind in (START, END):
        return bar(0, at[0], y, thick, "total")
    if row.kind == CHANGE:
        before, after = at
        kind = "up" if after > before else "down"
        return bar(before, after, y, STEP, kind) or line(after, y, after, y + STEP, "whisker")
    if row.kind == PARTS:
        # Each part from the sum before it to the sum with it.
        return "".join(bar(at[n - 1], at[n], y, thick, f"part{n}") for n in range(1, len(at)))
    if not axis.low <= row.points[0] <= axis.high:
        return arrow(at[0], centre, right=row.points[0] > axis.high)
    return dot(at[0], centre)
