"""The two drawings of an estimate: its range beside band and offer, and the steps to its middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats.report.axis import scale
from ehrpay.formats.report.svg import LINE, Drawing, arrow, bar, diamond, dot, label, line, ruler
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.formats.estimate.view import Line
    from ehrpay.formats.report.axis import Scale

BAND, SPAN, RANGE, SINGLE = "band", "span", "range", "offer"
THICK = {BAND: 8, SPAN: 12, RANGE: 20, SINGLE: 12}
GAP = 16
BELOW_AXIS = 26
STEP_BAR = 14


class Row(NamedTuple):
    """One line of the range drawing. `points` are cents for the period, least first.

    How many there are depends on `kind`: five for a range (P10 to P90), three for a span (P25 to P75), two for
    a band, one for an offer.
    """

    kind: str
    label: str
    amount: str
    points: tuple[int, ...]


def range_drawing(rows: Sequence[Row], title: str, desc: str, id_: str = "range") -> Drawing:
    """All rows on one axis."""
    ends = [cents for row in rows if row.kind != SINGLE for cents in row.points]
    offers = [row.points[0] for row in rows if row.kind == SINGLE]
    axis = scale(ends or offers, offers)
    marks, y = "", 0
    for row in rows:
        name, y = label(row.label, row.amount, y)
        marks += name + _drawn(row, axis, y + 6)
        y += 6 + THICK[row.kind] + GAP
    behind, below = ruler(axis, 0, y)
    return Drawing(id_, title, desc, behind + marks + below, y + BELOW_AXIS)


def _drawn(row: Row, axis: Scale, y: int) -> str:
    at = [axis.at(cents) for cents in row.points]
    thick = THICK[row.kind]
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
    outside = not axis.low <= row.points[0] <= axis.high
    if outside:
        return arrow(at[0], centre, "offer", right=row.points[0] > axis.high)
    return dot(at[0], centre, "offer")


def steps_drawing(lines: Sequence[Line], result: str, title: str, desc: str) -> Drawing:
    """A waterfall: the amount it starts with, every change from the total before it, the middle.

    Drawn from the totals as the table prints them, so that the two cannot differ.
    """
    totals = [_cents(step.total) for step in lines]
    axis = scale(totals)
    marks, y, before = "", 0, axis.at(totals[0])
    for number, (step, total) in enumerate(zip(lines, totals, strict=True)):
        top = y
        name, y = label(step.label, step.change if number else step.total, y)
        centre = y + 6 + STEP_BAR // 2
        here = axis.at(total)
        if number:
            marks += line(before, top - STEP_BAR // 2, before, centre - STEP_BAR // 2, "thread")
        marks += name
        marks += _change(before, here, centre, first=not number)
        y, before = centre + STEP_BAR // 2 + GAP, here
    marks += line(before, y - GAP - STEP_BAR // 2, before, y + LINE + 6, "thread")
    name, y = label(result, lines[-1].total, y, kind="amount")
    marks += name + diamond(before, y + 13)
    y += 13 + GAP + 6
    behind, below = ruler(axis, 0, y)
    return Drawing("steps", title, desc, behind + marks + below, y + BELOW_AXIS)


def _change(before: int, here: int, centre: int, *, first: bool) -> str:
    if first:
        return dot(here, centre, "start")
    top = centre - STEP_BAR // 2
    if before == here:
        return line(here, top, here, top + STEP_BAR, "whisker")
    return bar(before, here, top, STEP_BAR, "up" if here > before else "down")


def _cents(printed: str) -> int:
    """Cents of whole dollars as the sheet prints them: `55,039`."""
    return int(printed.replace(",", "")) * 100
