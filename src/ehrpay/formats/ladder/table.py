"""A ladder as a table for people, the chart beside its rows; under it on narrow screens, stacked below 60."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from ehrpay.formats.estimate.parts import GAP, headed
from ehrpay.formats.estimate.stacked import BELOW
from ehrpay.formats.ladder import chart
from ehrpay.formats.pen import widest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ehrpay.formats.ladder.chart import Lines
    from ehrpay.formats.ladder.view import Pair, Row, Sheet
    from ehrpay.formats.pen import Pen

    Grid = list[list[str]]
    """Rows of cells: the first is the head, the last the sums."""

LINES = 2
"""A warning or note takes at most so many lines, one beside a second ladder; plain text and JSON have it all."""

LABEL, APART = 9, 4
"""Columns left of a fact, and of a chart that stands alone."""

RIGHT = ("year", "pay", "low", "middle", "high", "change", "A pay", "B pay", "B less A")
"""Heads of columns that hold numbers."""


def table(sheet: Sheet, pen: Pen) -> str:
    """The years, their sum, the chart, then what a reader must know."""
    headed(sheet, pen)
    points = [row.points for row in sheet.rows]

    def draw(columns: int) -> Lines:
        return chart.single(points, columns, pen.glyphs)

    if pen.width < BELOW:
        _stacked(sheet, pen)
        _apart([row.year for row in sheet.rows], draw(pen.width - APART), pen)
    else:
        _beside(_fitting(sheet, pen), draw, pen)
    if sheet.warnings or sheet.notes:
        pen.put()
    _facts(sheet.warnings, sheet.notes, pen, most=LINES)
    return pen.drawn()


def pair_table(pair: Pair, pen: Pen) -> str:
    """Both ladders' middles by year, who is ahead, the chart with a mark for each."""
    marks = (pen.glyphs.middle, pen.glyphs.offer)
    for letter, mark, sheet in zip("AB", marks, (pair.a, pair.b), strict=True):
        pen.put(Text.assemble((f"{letter} {mark} ", "bold"), (sheet.headline, "bold"), overflow="fold"))
    both = chart.meeting(pen.glyphs)
    pen.put(f"{pair.a.when}; {both} is both")
    if pen.width < BELOW:
        pen.put()
    first, last = ([row.points for row in sheet.rows] for sheet in (pair.a, pair.b))

    def draw(columns: int) -> Lines:
        return chart.double(first, last, columns, pen.glyphs)

    if pen.width < BELOW:
        _pair_stacked(pair, pen)
        _apart([row.year for row in pair.a.rows], draw(pen.width - APART), pen)
    else:
        _beside(_pair_grid(pair, events=pen.width >= 100), draw, pen)  # noqa: PLR2004 - room for two events
    pen.put()
    for sentence in pair.verdict:
        pen.put(f"{sentence}.", style="bold")
    _facts(pair.warnings, pair.notes, pen, most=1)
    return pen.drawn()


def _fitting(sheet: Sheet, pen: Pen) -> Grid:
    """The grid with events in full where a good chart still fits beside it, else in brief, else without."""
    full = _grid(sheet, [row.long for row in sheet.rows])
    if pen.width - _width(full) - GAP >= 2 * chart.LEAST:
        return full
    brief = _grid(sheet, [row.brief for row in sheet.rows])
    return brief if _width(brief) <= pen.width else [row[:-1] for row in brief]


def _grid(sheet: Sheet, events: Sequence[str]) -> Grid:
    """Year, place, pay (one amount, or three), change, event; a column without anything is left out."""
    amounts = ("pay",) if sheet.exact else ("low", "middle", "high")
    head = ["year", sheet.place, *amounts, "change", "event"]
    rows = [
        [row.year, row.place, *_amounts(row, sheet), row.change, event]
        for row, event in zip(sheet.rows, events, strict=True)
    ]
    sums = (sheet.sums[1],) if sheet.exact else sheet.sums
    grid = [head, *rows, [sheet.span, "sum", *sums, "", ""]]
    kept = [n for n in range(len(head)) if n < len(head) - 2 or any(row[n] for row in rows)]
    return [[row[n] for n in kept] for row in grid]


def _amounts(row: Row, sheet: Sheet) -> tuple[str, ...]:
    return (row.mid,) if sheet.exact else (row.low, row.mid, row.high)


def _pair_grid(pair: Pair, *, events: bool) -> Grid:
    head = ["year", f"A {pair.a.place}", "A pay", f"B {pair.b.place}", "B pay", "B less A"]
    grid = [head]
    for a, b, by in zip(pair.a.rows, pair.b.rows, pair.differences, strict=True):
        grid.append([a.year, a.place, a.mid, b.place, b.mid, by])
    grid.append([pair.a.span, "sum", pair.a.sums[1], "sum", pair.b.sums[1], pair.total])
    if events:
        cells = [
            ("A event", "B event"),
            *((a.brief, b.brief) for a, b in zip(pair.a.rows, pair.b.rows, strict=True)),
        ]
        grid = [[*row, *two] for row, two in zip(grid, [*cells, ("", "")], strict=True)]
    return grid


def _width(grid: Grid) -> int:
    widths = [widest(column) for column in zip(*grid, strict=True)]
    return sum(widths) + GAP * (len(widths) - 1)


def _beside(grid: Grid, draw: Callable[[int], Lines], pen: Pen) -> None:
    """The grid with the chart to its right, the axis beside the sums; under it where there is no room."""
    widths = [widest(column) for column in zip(*grid, strict=True)]
    room = min(pen.width - _width(grid) - GAP, chart.MOST)
    lines = draw(room) if room >= chart.LEAST else None
    beside = ["", *lines.years, lines.axis] if lines is not None else None
    right = [n for n, name in enumerate(grid[0]) if name in RIGHT]
    for n, row in enumerate(grid):
        style = "bold" if n in (0, len(grid) - 1) else ""
        cells = [Text(cell, "bold" if grid[0][m] == "middle" else style) for m, cell in enumerate(row)]
        if beside is None:
            pen.columns([cells], widths, right=right)
        else:
            drawn = Text(beside[n], "dim" if n == len(grid) - 1 else "cyan", no_wrap=True)
            pen.columns([[*cells, drawn]], [*widths, room], right=right)
    if lines is None:
        _apart([row[0] for row in grid[1:-1]], draw(pen.width - APART), pen)


def _apart(years: Sequence[str], lines: Lines, pen: Pen) -> None:
    """The chart under the years."""
    pen.put()
    for year, line in zip([*years, ""], [*lines.years, lines.axis], strict=True):
        pen.put(Text.assemble(f"{year:>2}  ", (line, "cyan" if year else "dim"), no_wrap=True))


def _stacked(sheet: Sheet, pen: Pen) -> None:
    for row in sheet.rows:
        pen.put(Text.assemble(f"{row.year:>2}  ", (f"{row.mid}", "bold"), f"  {row.change}"))
        if not sheet.exact:
            pen.put(f"{row.low} to {row.high}", indent=APART)
        if row.place or row.events:
            pen.put(_about(row, row.long, sheet), indent=APART)
    low, mid, high = sheet.sums
    pen.put(f"sum of years {sheet.span}", style="bold")
    pen.put(mid if sheet.exact else f"{mid} ({low} to {high})", indent=APART)


def _about(row: Row, event: str, sheet: Sheet) -> str:
    """Where the person stands, with its unit, and what happened."""
    place = f"{row.place} years" if row.place and sheet.place == "years" else row.place
    return "; ".join(text for text in (place, event) if text)


def _pair_stacked(pair: Pair, pen: Pen) -> None:
    for a, b, by in zip(pair.a.rows, pair.b.rows, pair.differences, strict=True):
        pen.put(f"year {a.year}", style="bold")
        for letter, row, sheet in (("A", a, pair.a), ("B", b, pair.b)):
            about = _about(row, row.brief, sheet)
            pen.put(f"{letter} {row.mid}" + (f"  {about}" if about else ""), indent=GAP)
        pen.put(f"B less A {by}", indent=GAP)
    pen.put(f"sum of years {pair.a.span}", style="bold")
    for letter, sheet in (("A", pair.a), ("B", pair.b)):
        pen.put(f"{letter} {sheet.sums[1]}", indent=GAP)
    pen.put(f"B less A {pair.total}", indent=GAP)


def _facts(warnings: Sequence[str], notes: Sequence[str], pen: Pen, *, most: int) -> None:
    """Warnings, then notes, each of at most so many lines; in full where they are stacked."""
    told = [("Warning", text) for text in warnings] + [("Note", text) for text in notes]
    for label, text in told:
        style = "bold yellow" if label == "Warning" else "bold"
        if pen.width < BELOW:
            pen.put(Text.assemble((f"{label}: ", style), text, overflow="fold"))
        else:
            room = pen.width - LABEL
            body = pen.wrapped(text, room, most)
            pen.columns([[Text(label, style), body]], [LABEL - GAP, room])
