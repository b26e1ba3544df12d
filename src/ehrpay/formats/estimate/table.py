"""The table for people: one screen at 60 columns and more."""

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

WITH_RULES = 100
BELOW = frozenset({"adjustments", "agencies", "areas", "federal"})
"""The folders inside a folder of rules."""
FIGURE_WIDTH = 16
AMOUNTS = (1, 2)
"""The columns of a step that hold amounts."""
BOLD, STEP = ("bold",) * 5, ("", "", "", "dim", "dim")
FACT_LINES = 2
SHORT = {"Grade": 1, "Sources": 1}
"""How many lines a fact gets before `--explain`; FACT_LINES where it is not named."""


def table(sheet: Sheet, pen: Pen, *, explain: bool) -> str:
    """The whole answer; without `explain`, long sentences are cut so that it fits a screen."""
    headed(sheet, pen)
    _figures(sheet, pen)
    bars(sheet, pen)
    _steps(sheet, pen, explain=explain)
    pen.put()
    _facts(sheet, pen, explain=explain)
    if explain:
        spelled_out(sheet, pen)
    return pen.drawn()


def _figures(sheet: Sheet, pen: Pen) -> None:
    """Five percentiles spread evenly where the width allows, the middle one bold."""
    widths = [widest(figure) for figure in sheet.figures]
    even = min((pen.width - GAP * (len(widths) - 1)) // len(widths), FIGURE_WIDTH)
    labels = [Text(figure.label, "dim") for figure in sheet.figures]
    amounts = [Text(figure.text, style) for figure, style in zip(sheet.figures, FIGURE_STYLES, strict=True)]
    pen.columns([labels, amounts], [even] * len(widths) if max(widths) <= even else widths, right=range(5))


def _steps(sheet: Sheet, pen: Pen, *, explain: bool) -> None:
    """A line a step, the story of each under it; labels give way to the amounts."""
    rules = _rules(sheet.lines, pen, explain=explain)
    head = [heading(sheet), "change", "total", "basis", "rule"]
    rows = [[x.label, x.change, x.total, x.basis, rule] for x, rule in zip(sheet.lines, rules, strict=True)]
    ends = [[f"= {fact.label}", "", fact.text, "", ""] for fact in sheet.totals]
    kept = len(head) if any(rules) else len(head) - 1
    widths = [widest(column) for column in zip(head, *rows, *ends, strict=True)][:kept]
    room = pen.width - sum(widths[1:]) - GAP * (kept - 1)
    if not explain:
        rows = [[pen.cut(row[0], room), *row[1:]] for row in rows]
    widths[0] = min(room, widest(row[0] for row in (head, *rows, *ends)))
    block = [_styled(head[:kept], BOLD)]
    for line, row in zip(sheet.lines, rows, strict=True):
        block.append(_styled(row[:kept], STEP))
        if line.story:
            pen.columns(block, widths, AMOUNTS)
            told(pen, line.story)
            block = []
    pen.columns([*block, *(_styled(end[:kept], BOLD) for end in ends)], widths, AMOUNTS)


def _styled(cells: list[str], styles: tuple[str, ...]) -> list[Text]:
    return [Text(cell, style) for cell, style in zip(cells, styles, strict=False)]


def _rules(lines: tuple[Line, ...], pen: Pen, *, explain: bool) -> list[str]:
    """The rule of each step, as a path where labels stay whole beside it, else as a file name.

    Empty below 100 columns, and under `--explain`, which names them in full.
    """
    if pen.width < WITH_RULES or explain:
        return [""] * len(lines)
    paths = [line.where.removeprefix("rules/") for line in lines]
    used = sum(widest(column) for column in zip(*(line[:4] for line in lines), strict=True))
    if used + widest(paths) + GAP * 4 <= pen.width:
        return paths
    return [_short(line.where) for line in lines]


def _short(where: str) -> str:
    """A shipped rule by its file's name; one of an overlay with the name of the overlay's folder."""
    *folders, name = where.split("/")
    if folders[:1] in ([], ["rules"]):
        return name
    return f"{folders[-2] if folders[-1] in BELOW else folders[-1]}: {name}"


def _facts(sheet: Sheet, pen: Pen, *, explain: bool) -> None:
    facts = [*sheet.facts]
    if not explain and sheet.sources:
        facts.append(Fact("Sources", ids(sheet)))
    label = widest(fact.label for fact in facts)
    width = pen.width - label - GAP
    rows = []
    for fact in facts:
        most = None if explain else SHORT.get(fact.label, FACT_LINES)
        rows.append([Text(fact.label, style_of(fact)), pen.wrapped(fact.text, width, most)])
    pen.columns(rows, [label, width])
