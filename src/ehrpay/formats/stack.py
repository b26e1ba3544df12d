"""The table stacked: for screens under 60 columns, down to 20. Amounts stand alone, so none is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from ehrpay.formats.pen import widest
from ehrpay.formats.table import GAP, bars, facts_of, headed, heading, style_of, told

if TYPE_CHECKING:
    from ehrpay.formats.pen import Pen
    from ehrpay.formats.sheet import Line, Sheet


def stack(sheet: Sheet, pen: Pen, *, explain: bool) -> str:
    """The whole answer, one thing under another."""
    pen.put(headed(sheet))
    pen.put()
    _figures(sheet, pen)
    pen.put()
    bars(sheet, pen)
    pen.put()
    pen.put(heading(sheet), style="bold")
    for line in sheet.lines:
        _line(line, sheet, pen)
    for fact in sheet.totals:
        pen.put(fact.label, style="bold")
        pen.put(fact.text, style="bold", indent=GAP)
    for fact in facts_of(sheet, explain=explain):
        pen.put()
        pen.put(Text.assemble((fact.label, style_of(fact)), f": {fact.text}", overflow="fold"))
    return pen.drawn()


def _figures(sheet: Sheet, pen: Pen) -> None:
    widths = [widest(f.label for f in sheet.figures), widest(f.text for f in sheet.figures)]
    styles = ["", "", "bold", "", ""]
    rows = [[Text(f.label), Text(f.text, style)] for f, style in zip(sheet.figures, styles, strict=True)]
    if sum(widths) + GAP <= pen.width:
        pen.columns(rows, widths, right=(1,))
        return
    for label, text in rows:
        pen.put(label)
        pen.put(text, indent=GAP)


def _line(line: Line, sheet: Sheet, pen: Pen) -> None:
    """A step: its label, then change and running total on a line, or on two where they don't fit."""
    pen.put(line.label)
    widths = [widest(x.change for x in sheet.lines), widest(x.total for x in sheet.lines)]
    if sum(widths) + 2 * GAP + GAP <= pen.width:
        numbers = f"{line.change:>{widths[0]}}{' ' * GAP}{line.total:>{widths[1]}}"
        room = pen.width - len(numbers) - GAP
        pen.put(numbers + (f"{' ' * GAP}{line.basis}" if len(line.basis) + GAP <= room else ""), indent=GAP)
    else:
        pen.put(line.change, indent=GAP)
        pen.put(f"= {line.total}", indent=GAP)
    for name, text in line.story:
        told(pen, name, text)
