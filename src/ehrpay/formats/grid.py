"""A grid on a screen: which columns have room, how wide they are, and a stack where none would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from ehrpay.formats import chart
from ehrpay.formats.document import sentence
from ehrpay.formats.pen import widest
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.formats.bars import Chart
    from ehrpay.formats.document import Column, Grid, Line, Row
    from ehrpay.formats.glyphs import Tidy
    from ehrpay.formats.pen import Pen

GAP = 2
LEAST_ROOM = 24
"""The least columns a cell that wraps gets beside its label, when things compared are shown one by one."""

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
    """The grid with its columns side by side, or stacked on a narrow screen; its chart beside it or below."""
    whole = _filled(_tidied(grid, tidy))
    crowded = bool(grid.abreast) and len(whole.columns) > grid.abreast + 1
    layout = None if pen.width < STACKED_BELOW or crowded else fitted(whole, pen.width, grid.chart)
    if layout is None and grid.abreast:
        _one_by_one(whole, pen)
    elif layout is None:
        _stack(whole, grid.under, pen)
    else:
        drawn = _beside(layout, grid.chart, pen, tidy)
        _side_by_side(layout, drawn, grid.under, pen)
        if drawn:
            return
    if grid.chart is not None:
        pen.put()
        chart.draw(grid.chart, pen, tidy)


def fitted(layout: Layout, width: int, beside: Chart | None) -> Layout | None:
    """The layout in a width: whole if it fits, else with short cells, then without what gives way, then wrapped.

    The first form with room for the chart beside it is the best; whole cells should leave it twice the least.
    None where something that may not be cut has no room.
    """
    forms = list(_forms(layout))
    for n, form in enumerate(forms if beside else ()):
        room = chart.LEAST if n else 2 * chart.LEAST
        if form.width + GAP + room <= width and not any(row.under for row in form.rows):
            return form
    for form in forms[:2]:
        if form.width <= width:
            return form
    return next((_squeezed(form, width) for form in forms[1:] if _least(form) <= width), None)


def _forms(layout: Layout) -> Iterator[Layout]:
    """The layout whole, with short cells, then without the columns that give way, those of one order together."""
    yield layout
    yield _shortened(layout)
    for order in sorted({column.gives_way for column in layout.columns} - {0}, reverse=True):
        layout = _without(layout, [n for n, one in enumerate(layout.columns) if one.gives_way == order])
        yield _shortened(layout)


def _beside(layout: Layout, beside: Chart | None, pen: Pen, tidy: Tidy) -> list[Text]:
    """The chart's lines for the head and each row; none where there is no room."""
    room = min(pen.width - layout.width - GAP, chart.MOST)
    if beside is None or room < chart.LEAST or any(row.under for row in layout.rows):
        return []
    return [Text(), *chart.beside(beside, room, pen.glyphs, tidy)]


def _side_by_side(layout: Layout, drawn: Sequence[Text], under: str, pen: Pen) -> None:
    indent = layout.widths[0] + 2 * GAP if under else 2 * GAP
    heads = [Text(column.screen or column.head, "bold") for column in layout.columns]
    block = [heads] if any(heads) else []
    for row in layout.rows:
        if row.ruled:
            _columns(layout, block, pen)
            block = []
            pen.put(pen.glyphs.axis * layout.width, style="dim")
        block.append(_line(layout, row, pen))
        if row.under:
            _columns(layout, block, pen)
            block = []
            _facts(row.under, under, pen, indent)
    _columns(layout, block, pen, drawn)


def _measured(columns: tuple[Column, ...], rows: tuple[Row, ...]) -> Layout:
    cells = zip(*(row.cells for row in rows), strict=True) if rows else ((),) * len(columns)
    texts = [
        [column.screen or column.head, *column_cells]
        for column, column_cells in zip(columns, cells, strict=True)
    ]
    columns = tuple(
        column if column.least else column._replace(least=_longest_word(column_texts))
        for column, column_texts in zip(columns, texts, strict=True)
    )
    return Layout(columns, rows, tuple(map(widest, texts)))


def _longest_word(texts: Sequence[str]) -> int:
    return widest(word for text in texts for word in text.split())


def _tidied(grid: Grid, tidy: Tidy) -> Layout:
    """The grid with all its texts made safe."""
    columns = (
        one._replace(head=tidy(one.head), screen=tidy(one.screen), short=tuple(map(tidy, one.short)))
        for one in grid.columns
    )
    rows = (
        row._replace(
            cells=tuple(map(tidy, row.cells)),
            under=tuple((label, tidy(" ".join(texts))) for label, *texts in row.under),
        )
        for row in grid.rows
    )
    return _measured(tuple(columns), tuple(rows))


def _filled(layout: Layout) -> Layout:
    """The layout without columns whose cells are all empty."""
    empty = [n for n in range(len(layout.columns)) if not any(row.cells[n] for row in layout.rows)]
    return _without(layout, empty)


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


def _without(layout: Layout, gone: Sequence[int]) -> Layout:
    """The layout without some columns, whose cells join the facts under their rows if they should."""
    rows = []
    for row in layout.rows:
        left_out = ((layout.columns[n], row.cells[n]) for n in gone)
        joined = tuple((column.head, cell) for column, cell in left_out if column.joins and cell)
        cells = tuple(cell for n, cell in enumerate(row.cells) if n not in gone)
        rows.append(row._replace(cells=cells, under=(*joined, *row.under)))
    columns = tuple(column for n, column in enumerate(layout.columns) if n not in gone)
    return _measured(columns, tuple(rows))


def _least(layout: Layout) -> int:
    return sum(_narrowest(layout)) + GAP * (len(layout.columns) - 1)


def _narrowest(layout: Layout) -> list[int]:
    """How narrow each column may become: a wrapping one is never narrower than a word with a number in it."""
    sizes = []
    for n, (column, width) in enumerate(zip(layout.columns, layout.widths, strict=True)):
        words = (word for row in layout.rows for word in row.cells[n].split()) if column.wraps else ()
        numbers = widest(word for word in words if any(map(str.isdigit, word)))
        sizes.append(min(width, max(column.least, numbers)) if column.wraps else width)
    return sizes


def _squeezed(layout: Layout, width: int) -> Layout:
    """The layout with the wrapping columns that have most to spare narrowed until it fits."""
    widths, least = list(layout.widths), _narrowest(layout)
    for _ in range(layout.width - width):
        widths[max(range(len(widths)), key=lambda n: widths[n] - least[n])] -= 1
    return layout._replace(widths=tuple(widths))


def _line(layout: Layout, row: Row, pen: Pen) -> list[Text]:
    cells = []
    for column, width, cell in zip(layout.columns, layout.widths, row.cells, strict=True):
        body = pen.wrapped(cell, width, column.most) if column.wraps else Text(cell)
        body.style = "bold" if row.strong else column.style
        cells.append(body)
    return cells


def _columns(layout: Layout, lines: Sequence[Sequence[Text]], pen: Pen, drawn: Sequence[Text] = ()) -> None:
    """Lines of cells, each with its line of a chart if there is one."""
    right = [n for n, column in enumerate(layout.columns) if column.right]
    if drawn:
        room = pen.width - layout.width - GAP
        pen.columns(
            [[*cells, line] for cells, line in zip(lines, drawn, strict=True)], [*layout.widths, room], right
        )
    elif lines:
        pen.columns(lines, layout.widths, right)


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
    layout = _without(layout, [n for n, column in enumerate(layout.columns) if column.gives_way])
    title = 2 if layout.columns[0].right and len(layout.columns) > 1 else 1
    # A head of several words is a title of the whole.
    if " " in (head := layout.columns[0].screen or layout.columns[0].head):
        pen.put(head, style="bold")
    for row in layout.rows:
        named = list(zip(layout.columns, row.cells, strict=True))
        pen.put("  ".join(_titled(row, *one) for one in named[:title] if one[1]), style="bold")
        for line in _packed([_named(*one) for one in named[title:] if one[1]], pen.width - GAP):
            pen.put(line, indent=GAP)
        _facts(row.under, joined, pen, GAP if joined else 2 * GAP)


def _titled(row: Row, column: Column, cell: str) -> str:
    """A cell of a stacked row's title: names, ranks and sums need no head."""
    bare = column.wraps or column.head == "#" or row.strong or (not column.right and cell == row.cells[0])
    return cell if bare else _named(column, cell)


def _named(column: Column, cell: str) -> str:
    """A cell with the head of its column."""
    head = column.screen or column.head
    return f"{head}{':' if column.wraps else ''} {cell}" if head else cell


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


def _one_by_one(layout: Layout, pen: Pen) -> None:
    """A block for each thing compared: label and cell side by side, or one under the other where they don't fit."""
    label = widest(row.cells[0] for row in layout.rows)
    room = pen.width - label - 2 * GAP
    for n, column in enumerate(layout.columns[1:], 1):
        if n > 1:
            pen.put()
        pen.put(column.head, style="bold")
        for row in layout.rows:
            name, cell = (
                Text(text, "bold" if row.strong else "", overflow="fold")
                for text in (row.cells[0], row.cells[n])
            )
            if room >= max(_longest_word([cell.plain]), min(widest([cell.plain]), LEAST_ROOM)):
                pen.columns([[Text(), name, cell]], [0, label, room])
            else:
                pen.put(name, indent=GAP)
                pen.put(cell, indent=2 * GAP)
