"""The table stacked: for screens under 60 columns, down to 20. Nothing is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from ehrpay.formats.estimate.parts import (
    FIGURE_STYLES,
    GAP,
    bars,
    headed,
    heading,
    ids,
    spelled_out,
    style_of,
    told,
)
from ehrpay.formats.estimate.view import Fact
from ehrpay.formats.pen import widest

if TYPE_CHECKING:
    from ehrpay.formats.estimate.view import Line, Sheet
    from ehrpay.formats.pen import Pen

BELOW = 60
"""Screens narrower than this get the stacked form."""


def stack(sheet: Sheet, pen: Pen, *, explain: bool) -> str:
    """The whole answer, one thing under another."""
    headed(sheet, pen)
    _figures(sheet, pen)
    pen.put()
    bars(sheet, pen)
    _steps(sheet, pen)
    listed = [] if explain or not sheet.sources else [Fact("Sources", ids(sheet))]
    for fact in [*sheet.facts, *listed]:
        pen.put()
        pen.put(Text(fact.label, style_of(fact)))
        pen.put(fact.text, indent=GAP)
    if explain:
        spelled_out(sheet, pen)
    return pen.drawn()


def _figures(sheet: Sheet, pen: Pen) -> None:
    """Label and amount side by side, or one under the other where they don't fit."""
    widths = [widest(column) for column in zip(*sheet.figures, strict=True)]
    rows = [
        [Text(f.label), Text(f.text, style)] for f, style in zip(sheet.figures, FIGURE_STYLES, strict=True)
    ]
    if sum(widths) + GAP <= pen.width:
        pen.columns(rows, widths, right=(1,))
        return
    for label, text in rows:
        pen.put(label)
        pen.put(text, indent=GAP)


def _steps(sheet: Sheet, pen: Pen) -> None:
    pen.put(heading(sheet), style="bold")
    changes, totals, _ = (widest(column) for column in zip(*(line[1:4] for line in sheet.lines), strict=True))
    for line in sheet.lines:
        pen.put(line.label)
        _numbers(line, pen, changes, totals)
        told(pen, line.story)
    for fact in sheet.totals:
        pen.put(f"= {fact.label}", style="bold")
        pen.put(fact.text, style="bold", indent=GAP)


def _numbers(line: Line, pen: Pen, changes: int, totals: int) -> None:
    """Change, running total and basis: on a line, without the basis, or one a line, as the width allows."""
    numbers = f"{line.change:>{changes}}{' ' * GAP}{line.total:>{totals}}"
    full = f"{numbers}{' ' * GAP}{line.basis}"
    if GAP + len(full) <= pen.width:
        pen.put(full, indent=GAP)
    elif GAP + len(numbers) <= pen.width:
        pen.put(numbers, indent=GAP)
    else:
        pen.put(line.change, indent=GAP)
        pen.put(f"= {line.total}", indent=GAP)
