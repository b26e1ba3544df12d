"""A grid on a screen: which columns have room, how wide they are, and a stack where none would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from ehrpay.formats.document import sentence
from ehrpay.formats.pen import widest
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.formats.document import Column, Grid, Line, Row
    from ehrpay.formats.glyphs import Tidy
    from ehrpay.formats.pen import Pen

GAP = 2
STACKED_BELOW = 60
"""Narrower screens than this show one thing under another."""


class Layout(NamedTuple):
    """A grid made ready for a screen: the columns that are shown, their heads, a line of cells a row."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...]

    @property
    def width(self) -> int:
        """The columns it takes."""
        return sum(self.widths) + GAP * (len(self.widths) - 1)


def draw(grid: Grid, pen: Pen, tidy: Tidy) -> None:
    """The grid with its columns side by side, or stacked on a narrow screen."""
    whole = _filled(_measured(grid.columns, tuple(_tidied(row, tidy) for row in grid.rows)))
    layout = None if pen.width < STACKED_BELOW else fitted(whole, pen.width)
    if layout is None:
        _stack(whole, grid.under, pen)
        return
    indent = layout.widths[0] + 2 * GAP if grid.under else 2 * GAP
    block = _head(layout)
    for row in layout.rows:
        if row.ruled:
            _columns(layout, block, pen)
            block = []
            pen.put(pen.glyphs.axis * layout.width, style="dim")
        block.append(_line(layout, row, pen))
        if row.under:
            _columns(layout, block, pen)
            block = []
            _facts(row.under, grid.under, pen, indent)
    _columns(layout, block, pen)


def fitted(layout: Layout, width: int) -> Layout | None:
    """The layout in a width: whole if it fits, else with short cells, then without what gives way, then wrapped.

    None where something that may not be cut has no room.
    """
    shortest = _shortened(layout)
    for form in (layout, shortest):
        if form.width <= width:
            return form
    while _least(shortest) > width:
        last = max(range(len(shortest.columns)), key=lambda n: shortest.columns[n].gives_way)
        if not shortest.columns[last].gives_way:
            return None
        shortest = _without(shortest, last)
    return _squeezed(shortest, width)


def _measured(columns: tuple[Column, ...], rows: tuple[Row, ...]) -> Layout:
    cells = zip(*(row.cells for row in rows), strict=True) if rows else ((),) * len(columns)
    widths = (
        widest([column.screen or column.head, *texts]) for column, texts in zip(columns, cells, strict=True)
    )
    return Layout(columns, rows, tuple(widths))


def _tidied(row: Row, tidy: Tidy) -> Row:
    under = tuple((label, tidy(" ".join(texts))) for label, *texts in row.under)
    return row._replace(cells=tuple(map(tidy, row.cells)), under=under)


def _filled(layout: Layout) -> Layout:
    """The layout without columns whose cells are all empty."""
    for n in reversed(range(len(layout.columns))):
        if not any(row.cells[n] for row in layout.rows):
            layout = _without(layout, n)
    return layout


def _shortened(layout: Layout) -> Layout:
    """The layout with the short cells of its columns, where they have any."""
    rows = tuple(
        row._replace(
            cells=tuple(
                column.short[n] if column.short else cell
                for column, cell in zip(layout.columns, row.cells, strict=True)
            )
        )
        for n, row in enumerate(layout.rows)
    )
    return _measured(layout.columns, rows)


def _without(layout: Layout, gone: int) -> Layout:
    """The layout without a column, whose cells join the facts under their rows if they should."""
    column = layout.columns[gone]
    rows = []
    for row in layout.rows:
        cell = row.cells[gone]
        joined = ((column.head, cell),) if column.joins and cell else ()
        cells = (*row.cells[:gone], *row.cells[gone + 1 :])
        rows.append(row._replace(cells=cells, under=(*joined, *row.under)))
    return _measured((*layout.columns[:gone], *layout.columns[gone + 1 :]), tuple(rows))


def _least(layout: Layout) -> int:
    sizes = [
        min(width, column.least) if column.wraps else width
        for column, width in zip(layout.columns, layout.widths, strict=True)
    ]
    return sum(sizes) + GAP * (len(sizes) - 1)


def _squeezed(layout: Layout, width: int) -> Layout:
    """The layout with its widest wrapping columns narrowed until it fits."""
    widths = list(layout.widths)
    wrapping = [n for n, column in enumerate(layout.columns) if column.wraps]
    for _ in range(layout.width - width):
        widths[max(wrapping, key=lambda n: widths[n] - layout.columns[n].least)] -= 1
    return layout._replace(widths=tuple(widths))


def _head(layout: Layout) -> list[list[Text]]:
    heads = [Text(column.screen or column.head, "bold") for column in layout.columns]
    return [heads] if any(heads) else []


def _line(layout: Layout, row: Row, pen: Pen) -> list[Text]:
    cells = []
    for column, width, cell in zip(layout.columns, layout.widths, row.cells, strict=True):
        body = pen.wrapped(cell, width, column.most) if column.wraps else Text(cell)
        body.style = "bold" if row.strong else column.style
        cells.append(body)
    return cells


def _columns(layout: Layout, lines: Sequence[Sequence[Text]], pen: Pen) -> None:
    if lines:
        right = [n for n, column in enumerate(layout.columns) if column.right]
        pen.columns(lines, layout.widths, right=right)


def _facts(under: Sequence[Line], joined: str, pen: Pen, indent: int) -> None:
    """What stands under a row: one sentence, or a line a fact."""
    if joined:
        if under:
            pen.put(Text(sentence(tuple(under)), "dim", overflow="fold"), indent=indent)
        return
    for name, text in under:
        pen.put(Text.assemble((f"{name}: ", "dim"), text, overflow="fold"), indent=indent)


def _stack(layout: Layout, joined: str, pen: Pen) -> None:
    """A row's first words on lines of their own, its other cells with their heads, as many on a line as fit."""
    for n in reversed(range(len(layout.columns))):
        if layout.columns[n].gives_way:
            layout = _without(layout, n)
    title = next((n + 1 for n, column in enumerate(layout.columns) if column.wraps), 1)
    heads = [column.head for column in layout.columns[title:]]
    for row in layout.rows:
        pen.put("  ".join(row.cells[:title]), style="bold")
        pairs = [f"{head} {cell}" for head, cell in zip(heads, row.cells[title:], strict=True) if cell]
        for line in _packed(pairs, pen.width - GAP):
            pen.put(line, indent=GAP)
        _facts(row.under, joined, pen, GAP if joined else 2 * GAP)


def _packed(texts: Sequence[str], width: int) -> list[str]:
    """The texts on as few lines as their order allows."""
    lines: list[str] = []
    for text in texts:
        longer = f"{lines[-1]}{' ' * GAP}{text}" if lines else ""
        if longer and widest([longer]) <= width:
            lines[-1] = longer
        else:
            lines.append(text)
    return lines
