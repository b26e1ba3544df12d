"""An estimate as a document: the range, how the middle adds up, what to know of it, its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats import document as doc
from ehrpay.formats.bars import BAND, RANGE, RANGE_KEY, SINGLE, SPAN, Bar, Chart
from ehrpay.formats.estimate.facts import facts, few, least, lines_of
from ehrpay.formats.estimate.sentences import opening
from ehrpay.formats.estimate.steps import folded, height, step_grid, with_rules_below

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.formats.amounts import Period
    from ehrpay.formats.estimate.shown import ShownEstimate

PERCENTILES = ("P10", "low (P25)", "middle (P50)", "high (P75)", "P90")
FIGURES = ("p10", "low", "middle", "high", "p90")
LINES = 23
"""What a screen of 24 lines shows above the next prompt."""

WIDTH = 80
BLANKS = 3
MORE = "More: add --explain for every formula, rule and source"

EXACT = "The diamond is the one amount the pay table gives."


def document(answer: ShownEstimate) -> doc.Document:
    """All parts of an estimate; without `explain` what is less important is left out, so that it fits a screen."""
    estimate, period = answer.estimate, answer.per
    every, sentence = facts(answer), opening(estimate, period)
    cents = [amount * 100 for amount in estimate.percentiles]
    cited = doc.cited(estimate.sources, answer.sources)
    return (
        doc.in_lines(doc.Prose(sentence, "answer")),
        doc.on_screen(doc.Prose(sentence, style="bold")),
        doc.on_screen(screen_heading(answer)),
        doc.off_screen(heading(answer)),
        doc.on_page(doc.Prose(sentence)),
        doc.on_screen(doc.Figures(PERCENTILES, tuple(map(period.priced, cents)), FIGURES, 2)),
        doc.off_screen(doc.Figures(PERCENTILES, tuple(map(period.text, cents)), FIGURES, 2)),
        chart(answer),
        *_steps_and_facts(answer, every),
        doc.off_screen(doc.Facts(every)),
        cited if answer.explain else doc.off_screen(cited),
    )


def _steps_and_facts(answer: ShownEstimate, every: tuple[doc.Fact, ...]) -> Iterator[doc.For | doc.Grid]:
    """The steps and facts: on a screen without `explain` those it has room for, and how to see the rest."""
    whole = step_grid(answer)
    if answer.explain:
        yield doc.on_screen(with_rules_below(whole))
        yield doc.off_screen(whole)
        yield doc.on_screen(doc.Facts(every))
        return
    left = LINES - _lines_around(answer)
    grid = folded(whole, left - least(every))
    yield doc.on_screen(grid)
    yield doc.off_screen(whole)
    yield doc.on_screen(doc.Facts(few(every, left - height(grid))))
    yield doc.on_screen(doc.Prose(MORE, style="dim", tight=True))


def _lines_around(answer: ShownEstimate) -> int:
    """The lines of a screen that are not steps or facts: the sentence, the heading, figures, chart and last line."""
    head = screen_heading(answer)
    joined = f"{head.title}; {head.under}"
    titled = 2 if len(head.title) <= WIDTH < len(joined) else lines_of(joined, WIDTH)
    bars = sum(bar.shown for bar in chart(answer).bars)
    opened = lines_of(opening(answer.estimate, answer.per), WIDTH)
    return opened + titled + len(("labels", "amounts")) + bars + len(("axis", "more")) + BLANKS


def screen_heading(answer: ShownEstimate) -> doc.Heading:
    """Who and where, and the date, below the sentence that names the unit."""
    return doc.Heading(answer.estimate.headline, f"as of {answer.estimate.as_of}", tight=True)


def heading(answer: ShownEstimate) -> doc.Heading:
    """Who and where, the unit, the date and the method."""
    estimate = answer.estimate
    under = f"US dollars {answer.per.words}, as of {estimate.as_of}"
    return doc.Heading(estimate.headline, under, estimate.method)


def chart(answer: ShownEstimate) -> Chart:
    """The range, the cross-check (on a page), the published band and the offer on one axis."""
    estimate = answer.estimate
    single = estimate.percentiles.p10 == estimate.percentiles.p90
    title = f"The range, US dollars {answer.per.words}"
    return Chart(title, tuple(_bars(answer)), EXACT if single else RANGE_KEY)


def _bars(answer: ShownEstimate) -> Iterator[Bar]:
    estimate, period, offer = answer.estimate, answer.per, answer.offer
    check, band = estimate.cross_check, estimate.band

    def points(*dollars: int) -> tuple[int, ...]:
        return tuple(period.cents(amount * 100) for amount in dollars)

    method = f"{estimate.method.capitalize()} method"
    ends = _between(estimate.low, estimate.high, period)
    yield Bar(RANGE, points(*estimate.percentiles), "pay", method, ends)
    if check is not None and not check.skipped:
        label = f"{check.method.capitalize()} cross-check"
        ends = _between(check.low, check.high, period)
        yield Bar(SPAN, points(check.low, check.mid, check.high), "", label, ends, shown=False)
    if band is not None:
        ends = _between(band.minimum, band.maximum, period)
        unused = bool(band.held_back) and not estimate.apply_band
        label = f"Published band{', not applied' * unused}"
        yield Bar(BAND, points(band.minimum, band.maximum), "band", label, ends, shown=not unused)
    if offer is not None:
        cents, amount = period.cents(offer.offer_cents), period.text(offer.offer_cents)
        yield Bar(SINGLE, (cents,), "offer", f"Offer, {offer.standing}", amount)


def _between(low: int, high: int, period: Period) -> str:
    first, last = period.text(low * 100), period.text(high * 100)
    return first if low == high else f"{first} to {last}"
