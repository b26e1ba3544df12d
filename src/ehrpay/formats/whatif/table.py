"""A what-if as a table for people: one line a change and one under it, stacked below 60 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from ehrpay.formats.estimate.parts import GAP
from ehrpay.formats.estimate.stacked import BELOW
from ehrpay.formats.estimate.table import WITH_RULES
from ehrpay.formats.pen import widest
from ehrpay.formats.whatif.view import ENDS, Group, about

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.formats.pen import Pen
    from ehrpay.formats.whatif.view import Route, Row, Sheet

HEAD = ("#", "change", "low", "middle", "high", "wait", "sure", "basis")
BY_KIND = ", or by kind, as in --only certs,degree,years"
STYLES = ("dim", "", "bold", "", "", "", "", "dim")
AMOUNTS = (0, 2, 3, 4)
WITH_WAIT = 72
"""On narrower screens the wait stands under its change."""


def table(sheet: Sheet, pen: Pen) -> str:
    """The ranking, then what has no number and why, then what the numbers leave out."""
    headed(sheet.headline, sheet.when, pen)
    pen.put(
        f"Now {sheet.now[0]} low, {sheet.now[1]} middle, {sheet.now[2]} high, by the {sheet.method} method."
    )
    pen.put("Gain a year from one change, best gain on the low value first:" if sheet.rows else "")
    pen.put()
    if pen.width < BELOW:
        _stacked(sheet.rows, pen)
    elif sheet.rows:
        _ranked(sheet.rows, pen)
    if not sheet.rows:
        pen.put("No change of these kinds has a number.")
    if sheet.more:
        pen.put(f"and {sheet.more} more: --top all{BY_KIND if sheet.mixed else ''}", style="dim")
    if sheet.same:
        _apart("No difference", [Group("pays the same", sheet.same)], pen)
    _apart("No pay evidence, so no number", sheet.silent, pen)
    _apart("Not possible now", sheet.refused, pen)
    _notes(sheet.notes, pen)
    return pen.drawn()


def _notes(notes: Sequence[str], pen: Pen) -> None:
    pen.put()
    pen.put("To read the numbers", style="bold")
    for note in notes:
        pen.put(note, indent=GAP)


def headed(headline: str, when: str, pen: Pen) -> None:
    """Who and where in bold, then the unit and the date."""
    room = pen.width - widest([headline])
    between = "\n" if 0 <= room < len(when) + GAP else "; "
    pen.put(Text.assemble((headline, "bold"), between + when, overflow="fold"))
    pen.put()


def _ranked(rows: Sequence[Row], pen: Pen) -> None:
    kept = [n for n in range(len(HEAD)) if _has_room(n, rows, pen)]
    lines = [[cells[n] for n in kept] for cells in (HEAD, *(row.cells for row in rows))]
    widths = [widest(column) for column in zip(*lines, strict=True)]
    widths[1] = min(widths[1], pen.width - sum(widths) + widths[1] - GAP * (len(kept) - 1))
    right = [kept.index(n) for n in AMOUNTS]
    pen.columns([[Text(cell, "bold") for cell in lines[0]]], widths, right=right)
    for row, cells in zip(rows, lines[1:], strict=True):
        line = [Text(cell, STYLES[n], overflow="fold") for n, cell in zip(kept, cells, strict=True)]
        pen.columns([line], widths, right=right)
        late = "" if HEAD.index("wait") in kept else row.wait
        _about(row, late, pen, indent=widths[0] + 2 * GAP)


def _has_room(column: int, rows: Sequence[Row], pen: Pen) -> bool:
    """The wait where one is known, and the basis, on screens that have room for them."""
    if HEAD[column] == "wait":
        return pen.width >= WITH_WAIT and any(row.wait for row in rows)
    return HEAD[column] != "basis" or pen.width >= WITH_RULES


def _about(row: Row, wait: str, pen: Pen, *, indent: int) -> None:
    """Under a change: how long it takes if that has no column, the fee, what it needs, notes."""
    told = "; ".join(part for part in (f"wait: {wait}" if wait else "", about(row)) if part)
    if told:
        pen.put(Text(told, "dim", overflow="fold"), indent=indent)


def _stacked(rows: Sequence[Row], pen: Pen) -> None:
    for row in rows:
        pen.put(f"{row.rank}. {row.label}", style="bold")
        for name, amount in zip(HEAD[2:5], row.cells[2:5], strict=True):
            pen.put(f"{name} {amount}", indent=GAP)
        pen.put(f"{row.sure} confidence", indent=GAP)
        _about(row, row.wait, pen, indent=GAP)


def _apart(title: str, groups: Sequence[Group], pen: Pen) -> None:
    if not groups:
        return
    pen.put()
    count = sum(len(group.labels) for group in groups)
    pen.put(f"{title} ({count})", style="bold")
    for group in groups:
        text = f"{group.names}: {group.reason}"
        pen.put(Text(text, overflow="fold"), indent=GAP)


def drawn_route(route: Route, pen: Pen) -> str:
    """A scenario: both ends, then the middle from here to there."""
    pen.put(Text.assemble("From  ", (route.headlines[0], "bold"), overflow="fold"))
    pen.put(Text.assemble("to    ", (route.headlines[1], "bold"), overflow="fold"))
    pen.put(route.when)
    pen.put()
    _grid([("", *ENDS), *route.values], pen, last=1)
    pen.put()
    _grid([("The middle, from here to there", "change", "total"), *route.legs], pen, last=1)
    _notes(route.notes, pen)
    return pen.drawn()


def _grid(rows: Sequence[Sequence[str]], pen: Pen, *, last: int) -> None:
    """A head line, lines, and at the end so many in bold; a line under another where they do not fit."""
    widths = [widest(column) for column in zip(*rows, strict=True)]
    room = pen.width - sum(widths[1:]) - GAP * (len(widths) - 1)
    if room < min(widths[0], 8):
        _listed(rows, pen)
        return
    widths[0] = min(widths[0], room)
    for n, row in enumerate(rows):
        style = "bold" if n == 0 or n >= len(rows) - last else ""
        pen.columns([[Text(cell, style) for cell in row]], widths, right=range(1, len(widths)))


def _listed(rows: Sequence[Sequence[str]], pen: Pen) -> None:
    head, *body = rows
    for row in body:
        pen.put(row[0], style="bold")
        for name, cell in zip(head[1:], row[1:], strict=True):
            if cell:
                pen.put(f"{name} {cell}", indent=GAP)
