"""A comparison of rules as a table for people: each change with its effect, then who moves; stacked when narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from ehrpay.formats.grid import GAP
from ehrpay.formats.grid import STACKED_BELOW as BELOW
from ehrpay.formats.pen import widest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.formats.diff.view import Line, Row, Sheet
    from ehrpay.formats.pen import Pen

HEAD = ("profile", "before", "after", "low", "middle", "high", "percent")
STYLES = ("", "", "", "", "bold", "", "")
LEAST_NAME = 12
"""With less room for a name, the ends' columns are left out."""


def table(sheet: Sheet, pen: Pen) -> str:
    """The sides, the changes with their effects, who moves, and the counts."""
    pen.put(sheet.title, style="bold")
    for name, text in sheet.sides:
        pen.put(Text.assemble((f"{name:<7}", "dim"), text, overflow="fold"))
    if sheet.note:
        pen.put(sheet.note)
    _changes(sheet, pen)
    _moves(sheet, pen)
    for group in sheet.answers:
        pen.put()
        pen.put(f"{group.title} ({group.size:,})", style="bold")
        for name, why in group.rows:
            pen.put(Text(f"{name}: {why}", overflow="fold"), indent=GAP)
        if group.size > len(group.rows):
            pen.put(f"and {group.size - len(group.rows):,} more: --top all", style="dim")
    _summary(sheet, pen)
    return pen.drawn()


def _changes(sheet: Sheet, pen: Pen) -> None:
    pen.put()
    if not sheet.totals:
        pen.put("Nothing changed in the rules." if not sheet.left_out else "No change matches --only.")
        _left_out(sheet, pen)
        return
    pen.put("Changed, by file", style="bold")
    _listed(sheet.totals, pen)
    for title, lines in (("Changed numbers", sheet.numbers), ("Changed words", sheet.words)):
        if lines:
            pen.put()
            pen.put(title, style="bold")
            for line in lines:
                _change(line, pen)
    if sheet.more:
        pen.put(f"and {sheet.more:,} more: --top all, or --only 'GLOB' of the names", style="dim")
    _left_out(sheet, pen)


def _left_out(sheet: Sheet, pen: Pen) -> None:
    if sheet.left_out:
        pen.put(f"{sheet.left_out:,} changes are left out by --only", style="dim")


def _change(line: Line, pen: Pen) -> None:
    """Name and values side by side where they fit; under them the place, what it rests on, the effect."""
    if widest([line.id]) + widest([line.values]) + GAP <= pen.width - GAP:
        pen.put(Text.assemble(line.id, " " * GAP, (line.values, "bold"), overflow="fold"), indent=GAP)
    else:
        pen.put(Text(line.id, overflow="fold"), indent=GAP)
        pen.put(Text(line.values, "bold", overflow="fold"), indent=2 * GAP)
    if line.effect:
        pen.put(Text(line.effect, overflow="fold"), indent=2 * GAP)
    pen.put(Text(" -> ".join(line.where), "dim", overflow="fold"), indent=2 * GAP)
    if line.about:
        pen.put(Text(line.about, "dim", overflow="fold"), indent=2 * GAP)


def _moves(sheet: Sheet, pen: Pen) -> None:
    if not sheet.moves:
        return
    pen.put()
    pen.put("Who moves, dollars a year, the largest change of the middle first", style="bold")
    if pen.width < BELOW:
        for row in sheet.moves:
            _stacked(row, pen)
    else:
        _ranked(sheet.moves, pen)
    if sheet.more_moves:
        pen.put(f"and {sheet.more_moves:,} more that move less: --top all", style="dim")


def _ranked(rows: Sequence[Row], pen: Pen) -> None:
    lines = [HEAD, *(row[:-1] for row in rows)]
    kept = [*range(len(HEAD))]
    widths = [widest(column) for column in zip(*lines, strict=True)]
    room = pen.width - sum(widths[1:]) - GAP * (len(kept) - 1)
    if room < LEAST_NAME:
        kept = [0, 1, 2, 4, 6]
        room = pen.width - sum(widths[n] for n in kept[1:]) - GAP * (len(kept) - 1)
    sizes = [min(widths[0], room), *(widths[n] for n in kept[1:])]
    right = range(1, len(kept))
    pen.columns([[Text(HEAD[n], "bold") for n in kept]], sizes, right=right)
    for row in rows:
        pen.columns([[Text(row[n], STYLES[n], overflow="fold") for n in kept]], sizes, right=right)
        if row.note:
            pen.put(Text(row.note, "dim", overflow="fold"), indent=GAP)


def _stacked(row: Row, pen: Pen) -> None:
    pen.put(row.name, style="bold")
    pen.put(f"middle {row.before} -> {row.after}", indent=GAP)
    pen.put(f"{row.mid} ({row.percent})", indent=GAP)
    for name, amount in (("low", row.low), ("high", row.high)):
        pen.put(f"{name} {amount}", indent=GAP)
    if row.note:
        pen.put(Text(row.note, "dim", overflow="fold"), indent=GAP)


def _summary(sheet: Sheet, pen: Pen) -> None:
    pen.put()
    pen.put("All profiles", style="bold")
    _listed(sheet.summary, pen)


def _listed(pairs: Sequence[tuple[str, str]], pen: Pen) -> None:
    """Names and texts in two columns, or one under the other where they do not fit."""
    wide = widest(name for name, _ in pairs)
    if pen.width < BELOW:
        for name, text in pairs:
            pen.put(Text(f"{name}: {text}", overflow="fold"), indent=GAP)
        return
    rows = [[Text(""), Text(name), Text(text, overflow="fold")] for name, text in pairs]
    pen.columns(rows, (0, wide, pen.width - wide - 2 * GAP))
