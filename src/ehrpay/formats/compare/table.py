"""A comparison for people: offers side by side to three, blocks under one another beyond or on narrow screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from ehrpay.formats.compare.chart import chart
from ehrpay.formats.compare.rows import SUM
from ehrpay.formats.estimate.chart import GUTTER
from ehrpay.formats.grid import GAP
from ehrpay.formats.grid import STACKED_BELOW as BELOW
from ehrpay.formats.pen import widest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.formats.compare.rows import Row
    from ehrpay.formats.compare.view import Sheet
    from ehrpay.formats.pen import Pen

ABREAST = 3
SHORTEST, WIDEST_COLUMN, WIDEST_LABEL = 12, 24, 30
SOURCE_LINES = 2


def table(sheet: Sheet, pen: Pen) -> str:
    """Heading, figures, what turns the order, every range on one axis, warnings, what is taken for granted."""
    pen.put(sheet.title, style="bold")
    pen.put(sheet.when)
    pen.put()
    widths = _widths(sheet, pen.width)
    if len(sheet.names) > ABREAST or pen.width < BELOW or widths is None:
        _stacked(sheet, pen)
    else:
        _abreast(sheet, pen, widths)
    if sheet.flip:
        pen.put()
        pen.put(Text(sheet.flip, "bold", overflow="fold"))
    _bars(sheet, pen)
    _listed("Warnings", sheet.warnings, pen, style="bold yellow")
    _listed("Taken for granted", sheet.notes, pen)
    if sheet.sources:
        pen.put()
        pen.put("Sources", style="bold")
        pen.put(pen.wrapped(", ".join(sheet.sources), pen.width - GAP, SOURCE_LINES), indent=GAP)
    return pen.drawn()


def _widths(sheet: Sheet, width: int) -> list[int] | None:
    """Columns for the labels and for each offer; None where a word or an amount would have to be cut.

    Room goes to what can't be broken, then to the labels, then to the offers.
    """
    rows = [row for group in sheet.groups for row in group]
    labels = [row.label for row in rows]
    cells = [[row.cells[n] for row in rows] for n in range(len(sheet.names))]
    least = [max(_longest_word(column), SHORTEST) for column in cells]
    room = width - GAP * len(least) - sum(least)
    label = min(widest(labels), WIDEST_LABEL, room)
    if label < _longest_word(labels):
        return None
    more = (room - label) // len(least)
    wanted = [
        min(widest([name, *column]), WIDEST_COLUMN) for name, column in zip(sheet.names, cells, strict=True)
    ]
    return [label, *(max(low, min(most, low + more)) for low, most in zip(least, wanted, strict=True))]


def _longest_word(texts: Sequence[str]) -> int:
    return widest(word for text in texts for word in text.split())


def _abreast(sheet: Sheet, pen: Pen, widths: list[int]) -> None:
    right = range(1, len(widths))
    rule = pen.glyphs.axis * (sum(widths) + GAP * (len(widths) - 1))
    pen.columns([[Text(), *(Text(name, "bold") for name in sheet.names)]], widths, right=right)
    for group in sheet.groups:
        pen.put(rule, style="dim")
        for row in group:
            style = "bold" if row.kind == SUM else ""
            cells = [Text(text, style, overflow="fold") for text in (row.label, *row.cells)]
            pen.columns([cells], widths, right=right)


def _stacked(sheet: Sheet, pen: Pen) -> None:
    for n, name in enumerate(sheet.names):
        if n:
            pen.put()
        pen.put(Text(f"{n + 1}. {name}", "bold", overflow="fold"))
        rows = [row for group in sheet.groups for row in group if row.label != "rank"]
        _block(rows, n, pen)


def _block(rows: Sequence[Row], n: int, pen: Pen) -> None:
    """An offer's lines: label and cell side by side, or one under the other where they don't fit."""
    label = widest(row.label for row in rows)
    for row in rows:
        style = "bold" if row.kind == SUM else ""
        cell = row.cells[n]
        room = pen.width - GAP - label - GAP
        if room >= _longest_word([cell]) and room >= min(widest([cell]), WIDEST_COLUMN):
            pen.columns(
                [[Text(), Text(row.label, style), Text(cell, style, overflow="fold")]], [0, label, room]
            )
        else:
            pen.put(Text(row.label, style), indent=GAP)
            pen.put(Text(cell, style, overflow="fold"), indent=2 * GAP)


def _bars(sheet: Sheet, pen: Pen) -> None:
    pen.put()
    pen.put("Market ranges P10 to P90, low to high in the box, and each base", style="bold")
    for line in chart(sheet.bars, pen.width, pen.glyphs):
        style = "cyan" if line.name else "magenta" if pen.glyphs.tick not in line.drawn else "dim"
        pen.put(Text.assemble(f"{line.name:>{GUTTER - 2}}  ", (line.drawn, style), no_wrap=True))


def _listed(title: str, texts: Sequence[str], pen: Pen, *, style: str = "bold") -> None:
    if not texts:
        return
    pen.put()
    pen.put(title, style=style)
    for text in texts:
        pen.columns([[Text("-"), Text(text, overflow="fold")]], [1, pen.width - 1 - GAP])
