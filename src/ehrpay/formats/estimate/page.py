"""An estimate as a web page: the range, what to know of it, the steps drawn, counted and worked out, the sources."""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING

from ehrpay.domain.money import dollars
from ehrpay.formats import document as doc
from ehrpay.formats.amounts import gained
from ehrpay.formats.bars import CHANGE, END, START, Bar, Chart
from ehrpay.formats.estimate.document import PERCENTILES, chart, heading
from ehrpay.formats.estimate.facts import facts
from ehrpay.formats.estimate.sentences import opening
from ehrpay.formats.estimate.steps import shown_steps, step_grid, story, with_rules_below

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.formats.estimate.shown import ShownEstimate

BROKEN = "The first and the last bar are broken (//): they begin at zero, the axis doesn't."


def page(answer: ShownEstimate) -> doc.Document:
    """The parts of the page."""
    answer = answer._replace(explain=False)
    every = facts(answer)
    warned = tuple(fact for fact in every if fact.label == "Warning")
    other = tuple(fact for fact in every if fact.label != "Warning")
    ranged, stepped = charts(answer)
    method = answer.estimate.method
    return (
        heading(answer),
        doc.Prose(opening(answer.estimate, answer.per), style="bold"),
        doc.Section("Pay range", (_ends(answer), ranged, _points(answer))),
        doc.Facts(warned),
        doc.Section("What to know about it", (doc.Facts(other),)),
        doc.Section(f"How the middle adds up, {method} method", (stepped, _in_figures(answer))),
        doc.Section("Each step, worked out", tuple(_worked_out(answer))),
        doc.cited(answer.estimate.sources, answer.sources),
    )


def charts(answer: ShownEstimate) -> tuple[Chart, Chart]:
    """The range on one axis, and the steps from the base to the middle."""
    said = f"; the middle is {answer.per.text(answer.estimate.mid * 100)}"
    title = "From the base to the middle, US dollars a year"
    return chart(answer)._replace(said=said), Chart(title, tuple(_bars(answer)), BROKEN)


def _ends(answer: ShownEstimate) -> doc.Figures:
    """Low, middle and high; the middle alone where they are one amount."""
    estimate = answer.estimate
    amounts = (estimate.low, estimate.mid, estimate.high)
    values = tuple(answer.per.priced(amount * 100) for amount in amounts)
    if estimate.percentiles.p10 == estimate.percentiles.p90:
        return doc.Figures(PERCENTILES[2:3], values[1:2], (), 0)
    return doc.Figures(PERCENTILES[1:4], values, (), 1)


def _points(answer: ShownEstimate) -> doc.Grid:
    """The range in figures."""
    estimate, period = answer.estimate, answer.per
    check, band = estimate.cross_check, estimate.band
    rows = list(zip(PERCENTILES, estimate.percentiles, strict=True))
    if check is not None and not check.skipped:
        names = (f"{check.method} method, {name}" for name in PERCENTILES[1:4])
        rows += zip(names, (check.low, check.mid, check.high), strict=True)
    if band is not None:
        rows += [("band, minimum", band.minimum), ("band, maximum", band.maximum)]
    cents = [(name, amount * 100) for name, amount in rows]
    if answer.offer is not None:
        cents.append(("offer", answer.offer.offer_cents))
    return doc.Grid(
        (doc.Column("What"), *doc.amounts("Amount")),
        tuple(doc.Row((name, period.text(amount)), strong=name == PERCENTILES[2]) for name, amount in cents),
        caption=f"The range in figures, US dollars {period.words}",
    )


def _in_figures(answer: ShownEstimate) -> doc.Grid:
    """The steps in whole dollars."""
    grid = with_rules_below(step_grid(answer))
    caption = "The steps in figures, US dollars a year"
    return doc.Grid((doc.Column("step"), *grid.columns[1:]), grid.rows, caption=caption)


def _bars(answer: ShownEstimate) -> Iterator[Bar]:
    """The base, each change from the total before it, the middle."""
    before = 0
    for step in shown_steps(answer):
        label, after = step.story.label, dollars(step.total_cents)
        if before:
            change = gained(after - before)
            yield Bar(CHANGE, (before * 100, after * 100), label=label, amount=change)
        else:
            yield Bar(START, (after * 100,), label=label, amount=f"{after:,}")
        before = after
    yield Bar(END, (before * 100,), label="Middle a year", amount=f"{before:,}")


def _worked_out(answer: ShownEstimate) -> Iterator[doc.Facts | doc.Prose]:
    """Formula, bounds, rule, sources and note of each step that has a rule; the others in a sentence."""
    silent = []
    for step in answer.estimate.steps:
        if facts := tuple(starmap(doc.Fact, story(step))):
            yield doc.Facts(facts, step.story.label)
        else:
            silent.append(step.story.label)
    if silent:
        yield doc.Prose(f"Without a change: {'; '.join(silent)}.")
