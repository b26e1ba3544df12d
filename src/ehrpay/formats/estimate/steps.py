"""How the middle of an estimate adds up: a row a step, all of them or as many as a screen has room for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ehrpay.domain.estimate.result import CLIP, PLUS, ROUND, TIMES
from ehrpay.domain.money import dollars
from ehrpay.domain.numerals import decimal, exact, whole
from ehrpay.formats import document as doc
from ehrpay.formats.amounts import signed
from ehrpay.formats.estimate.facts import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.domain.estimate.result import Estimate, Step
    from ehrpay.formats.estimate.shown import ShownEstimate

FOLDERS = frozenset({"adjustments", "agencies", "areas", "federal"})
"""The folders inside a folder of rules."""

LABEL_LINES, LABEL_ROOM = 2, 49
"""The most lines of a step's label before `--explain`, and the columns it is sure to have on a screen of 80."""


def with_rules_below(grid: doc.Grid) -> doc.Grid:
    """The steps with every formula as a screen shows them: the rules stand under the steps, not beside them."""
    columns = (grid.columns[0]._replace(most=None), *grid.columns[1:-1])
    return grid._replace(columns=columns, rows=tuple(row._replace(cells=row.cells[:-1]) for row in grid.rows))


def height(grid: doc.Grid) -> int:
    """The lines it takes on a screen of 80 columns, its head too."""
    most = grid.columns[0].most or LABEL_LINES
    return 1 + sum(min(lines_of(row.cells[0], LABEL_ROOM), most) for row in grid.rows)


def folded(grid: doc.Grid, lines: int) -> doc.Grid:
    """The grid in so many lines: neighboring steps that change least are made one row, whose total is that of the last.

    The base and the sums stay as they are.
    """
    if height(grid) <= lines:
        return grid
    steps = range(1, len(grid.rows) - sum(row.strong for row in grid.rows))
    runs = [(first, last) for first in steps for last in steps if first < last]
    if not runs:
        return grid
    fitting = [run for run in runs if height(_with_one_row(grid, *run)) <= lines] or [(steps[0], steps[-1])]
    changes = [abs(_changed(row)) if row.cells[1] else 0 for row in grid.rows]
    made = _with_one_row(grid, *min(fitting, key=lambda run: sum(changes[run[0] : run[1] + 1])))
    if height(made) <= lines:
        return made
    return made._replace(columns=(made.columns[0]._replace(most=1), *made.columns[1:]))


def _with_one_row(grid: doc.Grid, first: int, last: int) -> doc.Grid:
    """The grid with the rows from the first to the last as one."""
    joined = _joined(grid.rows[first : last + 1])
    columns = tuple(column._replace(short=()) for column in grid.columns)
    return grid._replace(columns=columns, rows=(*grid.rows[:first], joined, *grid.rows[last + 1 :]))


def _joined(rows: Sequence[doc.Row]) -> doc.Row:
    """Several steps as one row."""
    change = f"{sum(map(_changed, rows)):,}"
    # A comma inside a number ends no name.
    names = ", ".join(re.split(r":|,(?!\d)| \(", row.cells[0])[0] for row in rows)
    return doc.Row((f"{len(rows)} steps: {names}", signed(change), rows[-1].cells[2], "", ""))


def _changed(row: doc.Row) -> int:
    return int(row.cells[1].replace(",", ""))


def step_grid(answer: ShownEstimate) -> doc.Grid:
    """A row a step, then the middle by year and by the period."""
    shown = shown_steps(answer)
    rows = (*(_row(step, explain=answer.explain) for step in shown), *_totals(answer))
    files = tuple(_file(step.story.where) for step in shown)
    return doc.Grid(_columns(answer.estimate, files, len(rows)), rows, "step")


def shown_steps(answer: ShownEstimate) -> list[Step]:
    """The steps that change what a reader of whole dollars sees, or were specified; all with every formula."""
    return [
        step
        for step in answer.estimate.steps
        if answer.explain or (step.kind != ROUND and (step.story.said or step.change_cents))
    ]


def _columns(estimate: Estimate, files: tuple[str, ...], size: int) -> tuple[doc.Column, ...]:
    """The rule is left out on narrow screens, and its path is cut to the file's name before that."""
    title = "How the middle adds up"
    short = (*files, *[""] * (size - len(files)))
    return (
        doc.Column(
            title, wraps=True, least=44, most=LABEL_LINES, screen=f"{title}, {estimate.method} method"
        ),
        *doc.amounts("change", "total"),
        doc.Column("basis", style="dim"),
        doc.Column("rule", style="dim", gives_way=1, short=short),
    )


def _row(step: Step, *, explain: bool) -> doc.Row:
    """A step. Whole dollars are differences of rounded totals, so the column still adds up exactly."""
    about, before = step.story, step.total_cents - step.change_cents
    if explain:
        change, total = exact(step.change_cents), exact(step.total_cents)
    else:
        change, total = f"{dollars(step.total_cents) - dollars(before):,}", whole(step.total_cents)
    basis = about.basis if about.where or about.sources else ""
    under = story(step) if explain else ()
    return doc.Row((about.label, signed(change), total, basis, about.where), under)


def _totals(answer: ShownEstimate) -> Iterator[doc.Row]:
    period, middle = answer.per, answer.estimate.mid * 100
    totals = [("middle a year", (exact if answer.explain else whole)(middle))]
    if period.formula:
        totals.append((f"middle {period.words}: {period.formula}", period.text(middle)))
    for label, text in totals:
        yield doc.Row((f"= {label}", "", text, "", ""), lines=(("total", label, text),), strong=True)


def _file(where: str) -> str:
    """A shipped rule by its file's name; one of an overlay with the name of the overlay's folder."""
    *folders, name = where.split("/")
    if folders[:1] in ([], ["rules"]):
        return name
    return f"{folders[-2] if folders[-1] in FOLDERS else folders[-1]}: {name}"


def formula(step: Step) -> str:
    """What the step did, as one would type it into a desk calculator: `51,140.00 x 1.0300 = 52,674.20`."""
    term, after = step.term, exact(step.total_cents)
    before = exact(step.total_cents - step.change_cents)
    if step.kind == PLUS:
        if step.change_cents == step.total_cents:
            return f"start at {after}"
        plus = term.plus or 0
        return f"{before} {'-' if plus < 0 else '+'} {exact(abs(plus))} = {after}"
    if step.kind == TIMES:
        return f"{before} x {decimal(step.factor)} = {after}"
    if step.kind == CLIP:
        low, high = term.bounds
        return f"{before} kept within {exact(low)} to {exact(high)} = {after}"
    return f"{before} to whole dollars = {after}"


def story(step: Step) -> tuple[tuple[str, str], ...]:
    """Labelled lines under a step: formula, how its number came about, its bounds, rule, sources and note."""
    about = step.story
    bounded = step.kind == TIMES and about.low != about.high
    lines = (
        ("formula", formula(step) if about.said or step.change_cents else ""),
        ("how", about.formula),
        ("range", f"x {decimal(about.low)} to {decimal(about.high)}" if bounded else ""),
        ("rule", f"{about.where} ({about.basis}, confidence {about.confidence})" if about.where else ""),
        ("sources", ", ".join(about.sources)),
        ("note", about.note),
    )
    return tuple((label, text) for label, text in lines if text)
