"""The table for people: one screen at 60 columns and more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from ehrpay.formats.chart import GUTTER, chart
from ehrpay.formats.pen import Pen, widest

if TYPE_CHECKING:
    from ehrpay.formats.sheet import Fact, Line, Sheet

STACKED_BELOW = 60
WITH_RULES = 100
GAP = 2
FACT_LINES = 2
BAR_STYLES = {"pay": "cyan", "band": "blue", "offer": "magenta", "": "dim"}


def draw(sheet: Sheet, pen: Pen, *, explain: bool) -> str:
    """The whole answer as a table; below 60 columns as stacked lines."""
    if pen.width < STACKED_BELOW:
        from ehrpay.formats.stack import stack

        return stack(sheet, pen, explain=explain)
    pen.put(headed(sheet))
    pen.put()
    _figures(sheet, pen)
    bars(sheet, pen)
    pen.put()
    _steps(sheet, pen, explain=explain)
    pen.put()
    _facts(sheet, pen, explain=explain)
    return pen.drawn()


def headed(sheet: Sheet) -> Text:
    """Who and where in bold, then unit and date."""
    return Text.assemble((sheet.headline, "bold"), f"; {sheet.when}", overflow="fold")


def bars(sheet: Sheet, pen: Pen) -> None:
    """The range, the band and the offer on one axis."""
    for bar in chart(sheet.marks, pen.width, pen.glyphs):
        pen.put(Text.assemble(f"{bar.name:<{GUTTER}}", (bar.drawn, BAR_STYLES[bar.name]), no_wrap=True))


def heading(sheet: Sheet) -> str:
    """The title over the steps."""
    return f"How the middle adds up, {sheet.method} method"


def _figures(sheet: Sheet, pen: Pen) -> None:
    """Five percentiles spread over the width, the middle one bold."""
    figures = sheet.figures
    width = max(widest(fact) for fact in figures)
    most = (pen.width - GUTTER - GAP * (len(figures) - 1)) // len(figures)
    size = max(width, min(most, 16)) if width <= most else 0
    widths = [size or widest(fact) for fact in figures]
    styles = ["", "", "bold", "", ""]
    pen.columns(
        [
            [Text(f.label, "dim") for f in figures],
            [Text(f.text, style) for f, style in zip(figures, styles, strict=True)],
        ],
        widths,
        right=range(5),
    )


def _steps(sheet: Sheet, pen: Pen, *, explain: bool) -> None:
    wheres = _wheres(sheet.lines, pen, explain=explain)
    change = max(widest(line.change for line in sheet.lines), len("change"))
    total = max(widest([*(line.total for line in sheet.lines), *(f.text for f in sheet.totals)]), len("total"))
    basis = max(widest(line.basis for line in sheet.lines), len("basis"))
    rest = [change, total, basis, *([widest(wheres)] if wheres else [])]
    room = pen.width - sum(rest) - GAP * len(rest)
    natural = widest([heading(sheet), *(line.label for line in sheet.lines), *(f.label for f in sheet.totals)])
    widths = [min(room, natural), *rest]

    def put(cells: list[Text]) -> None:
        pen.columns([cells], widths, right=(1, 2))

    head = [heading(sheet), "change", "total", "basis", *(["rule"] if wheres else [])]
    put([Text(pen.cut(cell, widths[0]) if n == 0 else cell, "bold") for n, cell in enumerate(head)])
    for n, line in enumerate(sheet.lines):
        label = line.label if explain else pen.cut(line.label, widths[0])
        cells = [Text(label), Text(line.change), Text(line.total), Text(line.basis, "dim")]
        put([*cells, *([Text(wheres[n], "dim")] if wheres else [])])
        for name, text in line.story:
            told(pen, name, text)
    for fact in sheet.totals:
        blank = [Text()] * (len(widths) - 3)
        put([Text(fact.label, "bold"), Text(), Text(fact.text, "bold"), *blank])


def told(pen: Pen, name: str, text: str) -> None:
    """One line of a step's story, indented, its name dimmed."""
    pen.put(Text.assemble((f"{name}: ", "dim"), text, overflow="fold"), indent=4)


def _wheres(lines: tuple[Line, ...], pen: Pen, *, explain: bool) -> list[str]:
    """The rule of each step, as a path where labels stay whole beside it, else as a file name.

    None below 100 columns, and none under `--explain`, which names them in full.
    """
    if pen.width < WITH_RULES or explain:
        return []
    paths = [line.where.removeprefix("rules/") for line in lines]
    labels = widest(line.label for line in lines)
    numbers = sum(widest(column) for column in zip(*(line[1:4] for line in lines), strict=True))
    if labels + numbers + widest(paths) + GAP * 4 <= pen.width:
        return paths
    return [path.rpartition("/")[2] for path in paths]


def _facts(sheet: Sheet, pen: Pen, *, explain: bool) -> None:
    facts = facts_of(sheet, explain=explain)
    label = widest(fact.label for fact in facts)
    width = pen.width - label - GAP
    most = None if explain else FACT_LINES
    rows = [
        [Text(f.label, style_of(f)), pen.wrapped(f.text, width, 1 if f.label == "Sources" and most else most)]
        for f in facts
    ]
    pen.columns(rows, [label, width])


def style_of(fact: Fact) -> str:
    """A warning stands out by colour too; its word says it already."""
    return "bold yellow" if fact.label == "Warning" else "bold"


def facts_of(sheet: Sheet, *, explain: bool) -> list[Fact]:
    """The labelled sentences, and the sources: their ids, or spelled out."""
    from ehrpay.formats.sheet import Fact

    if not sheet.sources:
        return list(sheet.facts)
    if not explain:
        return [*sheet.facts, Fact("Sources", ", ".join(source.label for source in sheet.sources))]
    return [*sheet.facts, *(Fact("Source", f"[{s.label}] {s.text}") for s in sheet.sources)]
