"""The drawing of the steps to the middle of an estimate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats.page.drawing import BELOW_AXIS, GAP
from ehrpay.formats.page.scale import scale
from ehrpay.formats.page.svg import LINE, Drawing, bar, diamond, dot, label, line, ruler

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.formats.estimate.view import Line

STEP_BAR = 14


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
