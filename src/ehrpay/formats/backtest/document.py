"""A backtest for people: how far off, against what, where weak, and which rows were furthest off."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ehrpay.domain.backtest.result import LEAST_ROWS, weak
from ehrpay.domain.estimate.result import ROUND
from ehrpay.domain.money import UNIT, divide
from ehrpay.domain.numerals import decimal, fixed
from ehrpay.formats import document as doc
from ehrpay.formats.amounts import gained, percentage, signed, tenths
from ehrpay.formats.bars import PAIR, Bar, Chart

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.domain.backtest.measures import Measure, Measures, Weighed
    from ehrpay.domain.backtest.observation import Fault
    from ehrpay.domain.backtest.result import Backtest, Reached, Stratum

NAMES = {"kind": "kind of row", "setting": "employer setting"}
"""A stratum's field in words, where the field itself is not plain."""


def document(
    result: Backtest, file: str, worst: int, unread: Sequence[str], missed: Sequence[str]
) -> doc.Document:
    """The answer, the figures, then what stands behind them: so many of the rows that are furthest off."""
    every, found = result.measures, tuple(map(in_words, weak(result.strata)))
    return (
        doc.Heading(
            f"{every.rows:,} of the {result.rows:,} rows in {file}",
            f"pay of {result.since} and later, priced with the rules of {result.as_of}",
            label="tested",
        ),
        doc.for_people(doc.Prose(_answer(every))),
        _figures(every),
        doc.Grid(
            (doc.Column("Compared with", wraps=True), *doc.amounts("median error", "bias"), ROWS),
            (
                _compared("the estimate", every.error.value, every.bias.value, every.rows),
                *(
                    _compared(one.title, one.error, one.bias, one.rows)
                    for one in result.baselines
                    if one.rows
                ),
            ),
            "compared with",
            caption="How far off simpler answers are",
        ),
        doc.on_screen(doc.Prose(MARKS)),
        reliability(result.reached),
        doc.Grid(
            (doc.Column("Pay at or below"), *doc.amounts("stated", "observed")),
            tuple(doc.Row((f"P{n}", percentage(n * 100), percentage(share))) for n, share in result.reached),
            "reliability",
            caption="Share of the pay at or below each percentile of the estimates",
        ),
        doc.Grid(STRATUM, tuple(_strata(result)), "stratum"),
        doc.Items("Weak strata", found, len(found), tuple(("weak", text) for text in found)),
        doc.Grid(WORST, tuple(map(_worst, result.worst[:worst])), "worst", caption="Rows in dollars a year"),
        _faults("Rows not tested", "not tested", result.untested),
        _faults("Rows tested without a value", "without", [one for one in result.faults if one.tested]),
        doc.Notes("Notes", tuple(_notes(result, unread, missed))),
    )


MARKS = "Percent of pay at or below each percentile of the estimates: stated (diamond or #), observed (triangle or ^)."
ROWS = doc.Column("rows", right=True, gives_way=1)
STRATUM = (
    doc.Column("Stratum", wraps=True, least=16),
    ROWS,
    *doc.amounts("median error"),
    doc.Column("95 % interval", right=True, gives_way=3),
    *doc.amounts("bias", "P10-P90"),
    doc.Column("P25-P75", right=True, gives_way=2),
    doc.Column("width", right=True, gives_way=4),
)
WORST = (
    doc.Column("Furthest off", wraps=True, least=20),
    doc.Column("year", gives_way=1),
    *doc.amounts("observed", "middle", "off by"),
)


def _answer(every: Measures) -> str:
    error, bias = every.error, every.bias.value
    chance = f" (95 % interval {between})" if (between := _between(error)) else ""
    return (
        f"Half of the estimates are within {percentage(error.value)} of the pay{chance}; the middle is typically "
        f"{_side(bias)}. P10 to P90 holds {percentage(every.outer.value)} of the pay, "
        f"P25 to P75 {percentage(every.inner.value)}."
    )


def _side(bias: int) -> str:
    if not bias:
        return "neither too high nor too low"
    return f"{percentage(abs(bias))} too {'high' if bias > 0 else 'low'}"


def _between(measure: Measure) -> str:
    """The interval in words; empty without one."""
    if measure.low is None or measure.high is None:
        return ""
    return f"{tenths(measure.low)} to {percentage(measure.high)}"


def _figures(every: Measures) -> doc.Figures:
    labels = ("median error", "bias", "P10-P90", "P25-P75")
    values = (every.error.value, every.bias.value, every.outer.value, every.inner.value)
    error, bias, *shares = map(percentage, values)
    return doc.Figures(labels, (error, signed(bias), *shares), ("error", "bias", "p10_p90", "p25_p75"), 0)


def _compared(title: str, error: int, bias: int, rows: int) -> doc.Row:
    return doc.Row((title, percentage(error), signed(percentage(bias)), f"{rows:,}"))


def reliability(reached: Iterable[Reached]) -> Chart:
    """The share of pay that should lie at or below each percentile, and the one that does, in percent."""
    bars = (Bar(PAIR, (n * 100, share), f"P{n}", f"P{n}", percentage(share)) for n, share in reached)
    key = (
        "the share of pay at or below each percentile, in percent: a diamond as stated, a circle as observed"
    )
    return Chart("Reliability", tuple(bars), key, finest=1_000)


def _strata(result: Backtest) -> Iterable[doc.Row]:
    """The strata of every field with more than one value, with enough rows; a line above each field."""
    for _, of_field in groupby(result.strata, key=lambda stratum: stratum.field):
        some = list(of_field)
        shown = [stratum for stratum in some if stratum.measures.rows >= LEAST_ROWS]
        for n, stratum in enumerate(shown if len(some) > 1 else ()):
            yield doc.Row(_cells(stratum), ruled=not n)


def _cells(stratum: Stratum) -> tuple[str, ...]:
    found = stratum.measures
    return (
        f"{NAMES.get(stratum.field, stratum.field)}: {stratum.value}",
        f"{found.rows:,}",
        percentage(found.error.value),
        _between(found.error),
        signed(percentage(found.bias.value)),
        percentage(found.outer.value),
        percentage(found.inner.value),
        fixed(int(divide(found.width, 100)), 2),
    )


def in_words(stratum: Stratum) -> str:
    """What is weak about a stratum, in a sentence."""
    found = stratum.measures
    return (
        f"{NAMES.get(stratum.field, stratum.field)} {stratum.value} ({found.rows:,} rows): half of the estimates are "
        f"within {percentage(found.error.value)}, typically {_side(found.bias.value)}; P10 to P90 holds "
        f"{percentage(found.outer.value)} of the pay"
    )


def _worst(one: Weighed) -> doc.Row:
    """A row with the steps that led to its middle."""
    trial, seen, estimate = one.trial, one.trial.seen, one.trial.estimate
    steps = "; ".join(
        f"{step.story.label} {gained(step.change_cents // 100)}"
        for step in estimate.steps
        if step.change_cents and step.kind != ROUND
    )
    facts: list[doc.Line] = [
        ("row", ", ".join(dict.fromkeys((f"line {seen.line}", seen.id)))),
        ("priced as", f"{estimate.headline}, confidence {estimate.confidence.word}"),
        ("steps", steps),
    ]
    if trial.factor != UNIT:
        facts.append(("moved", f"x {decimal(trial.factor)}, from {estimate.as_of} to {seen.date}"))
    amounts = (f"{seen.pay:,}", f"{trial.points.p50:,}", signed(percentage(trial.error)))
    return doc.Row((seen.title or seen.id, seen.date, *amounts), tuple(facts))


def _faults(title: str, label: str, faults: Iterable[Fault]) -> doc.Items:
    """What is wrong with each row, all of it in one line."""
    found = [
        (f"line {line}", "; ".join(f"{one.column}: {one.text}".removeprefix(": ") for one in of_line))
        for line, of_line in groupby(faults, key=lambda fault: fault.line)
    ]
    return doc.Items(
        title, tuple(map(": ".join, found)), len(found), tuple((label, *parts) for parts in found)
    )


def _notes(result: Backtest, unread: Sequence[str], missed: Sequence[str]) -> Iterable[str]:
    if result.older is not None:
        older = result.older
        yield (
            f"rows before {result.since} are not counted ({older.rows:,} of them): "
            f"median error {percentage(older.error.value)}, bias {signed(percentage(older.bias.value))}, "
            f"P10 to P90 holds {percentage(older.outer.value)}"
        )
    yield (
        "the median error is the distance from the middle to the pay that half of the pay exceeds; bias is its median "
        "with the sign, minus where the middle is too low"
    )
    yield "rows of one employer and title share the weight of one; no employer counts for more than five titles"
    yield (
        "market estimates are moved to the date of the pay by the nation's published medians; a federal pay table "
        "of that date needs no moving"
    )
    yield "intervals hold 95 % of repeated samples of titles, always the same; width is the mean of ln(P90/P10)"
    if unread:
        yield f"columns not used: {', '.join(unread)}"
    yield from missed
