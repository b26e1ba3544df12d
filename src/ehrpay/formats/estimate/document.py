"""An estimate as a document: the range, how the middle adds up, what to know of it, its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.result import ROUND
from ehrpay.domain.money import dollars
from ehrpay.domain.numerals import exact, whole
from ehrpay.formats import document as doc
from ehrpay.formats.amounts import Period, hundredths, signed
from ehrpay.formats.bars import BAND, RANGE, SINGLE, SPAN, Bar, Chart
from ehrpay.formats.estimate.explanation import story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.domain.estimate.result import CrossCheck, Estimate, Step
    from ehrpay.domain.estimate.verdict import Verdict
    from ehrpay.formats.estimate.shown import ShownEstimate

PERCENTILES = ("P10", "low (P25)", "middle (P50)", "high (P75)", "P90")
FIGURES = ("p10", "low", "middle", "high", "p90")
FACT_LINES = 2
SHORT = {"Grade": 1, "Sources": 1}
"""How many lines a fact gets on a screen before `--explain`; FACT_LINES where it is not named."""

FOLDERS = frozenset({"adjustments", "agencies", "areas", "federal"})
"""The folders inside a folder of rules."""

EXACT = "The diamond is the one amount the pay table gives."
KEY = (
    "The thin line runs from P10 to P90 (eight of ten people in this position), the thick bar from P25 to P75 "
    "(the middle half); the diamond is the median."
)


def document(answer: ShownEstimate) -> doc.Document:
    """All parts of an estimate; without `explain` long sentences are cut, so that it fits a screen."""
    estimate, period = answer.estimate, Period(answer.period, answer.estimate.hours)
    facts = tuple(_facts(answer, period))
    sources = doc.Sources(tuple(doc.citation(id_, answer.sources.get(id_)) for id_ in estimate.sources))
    return (
        heading(answer, period),
        doc.Figures(
            PERCENTILES, tuple(period.text(amount * 100) for amount in estimate.percentiles), FIGURES, 2
        ),
        chart(answer, period),
        *steps(answer, period),
        doc.on_screen(doc.Facts(facts if answer.explain else _short(facts, estimate))),
        doc.off_screen(doc.Facts(facts)),
        sources if answer.explain else doc.off_screen(sources),
    )


def _short(facts: tuple[doc.Fact, ...], estimate: Estimate) -> tuple[doc.Fact, ...]:
    """The facts that a screen has room for, and the ids of the sources."""
    kept = tuple(fact for fact in facts if fact.label != "Ratios")
    ids = ", ".join(estimate.sources)
    return (*kept, doc.Fact("Sources", ids, most=SHORT["Sources"])) if ids else kept


def heading(answer: ShownEstimate, period: Period) -> doc.Heading:
    """Who and where, the unit, the date and the method."""
    estimate = answer.estimate
    return doc.Heading(
        estimate.headline, f"US dollars {period.words}, as of {estimate.as_of}", estimate.method
    )


def chart(answer: ShownEstimate, period: Period) -> Chart:
    """The range, the cross-check (on a page), the published band and the offer on one axis."""
    estimate = answer.estimate
    single = estimate.percentiles.p10 == estimate.percentiles.p90
    title = f"The range, US dollars {period.words}"
    return Chart(title, tuple(_bars(answer, period)), EXACT if single else KEY)


def _bars(answer: ShownEstimate, period: Period) -> Iterator[Bar]:
    estimate, check, band, offer = (
        answer.estimate, answer.estimate.cross_check, answer.estimate.band, answer.offer
    )  # fmt: skip

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
        yield Bar(BAND, points(band.minimum, band.maximum), "band", "Published band", ends)
    if offer is not None:
        cents, amount = period.cents(offer.offer_cents), period.text(offer.offer_cents)
        yield Bar(SINGLE, (cents,), "offer", f"Offer, {offer.standing}", amount)


def _between(low: int, high: int, period: Period) -> str:
    first, last = period.text(low * 100), period.text(high * 100)
    return first if low == high else f"{first} to {last}"


def steps(answer: ShownEstimate, period: Period) -> Iterator[doc.For | doc.Grid]:
    """How the middle adds up; on a screen with every formula the rules stand under the steps, not beside them."""
    whole_grid = step_grid(answer, period)
    if not answer.explain:
        yield whole_grid
        return
    columns = (whole_grid.columns[0]._replace(most=None), *whole_grid.columns[1:-1])
    rows = tuple(row._replace(cells=row.cells[:-1]) for row in whole_grid.rows)
    yield doc.on_screen(whole_grid._replace(columns=columns, rows=rows))
    yield doc.off_screen(whole_grid)


def step_grid(answer: ShownEstimate, period: Period) -> doc.Grid:
    """A row a step, then the middle by year and by the period."""
    shown = shown_steps(answer)
    rows = (*(_row(step, explain=answer.explain) for step in shown), *_totals(answer, period))
    files = tuple(_file(step.story.where) for step in shown)
    return doc.Grid(_columns(answer.estimate, files, len(rows)), rows, "step")


def shown_steps(answer: ShownEstimate) -> list[Step]:
    """The steps that change something or were specified; all of them with every formula."""
    return [step for step in answer.estimate.steps if answer.explain or not _silent(step)]


def _columns(estimate: Estimate, files: tuple[str, ...], size: int) -> tuple[doc.Column, ...]:
    """The rule is left out on narrow screens, and its path is cut to the file's name before that."""
    title = "How the middle adds up"
    short = (*files, *[""] * (size - len(files)))
    return (
        doc.Column(title, wraps=True, least=44, most=1, screen=f"{title}, {estimate.method} method"),
        doc.Column("change", right=True),
        doc.Column("total", right=True),
        doc.Column("basis", style="dim"),
        doc.Column("rule", style="dim", gives_way=1, short=short),
    )


def _silent(step: Step) -> bool:
    """Whether a step changes nothing a reader of whole dollars would see, and was not specified."""
    return step.kind == ROUND or (not step.story.said and not step.change_cents)


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


def _totals(answer: ShownEstimate, period: Period) -> Iterator[doc.Row]:
    middle = answer.estimate.mid * 100
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


def _facts(answer: ShownEstimate, period: Period) -> Iterator[doc.Fact]:
    for label, text in _labelled(answer, period):
        if text:
            style = "bold yellow" if label == "Warning" else "bold"
            yield doc.Fact(label, text, style, None if answer.explain else SHORT.get(label, FACT_LINES))


def _labelled(answer: ShownEstimate, period: Period) -> Iterator[tuple[str, str]]:
    estimate = answer.estimate
    if answer.offer is not None:
        yield "Offer", answer.offer.sentence
        yield "Ratios", _ratios(answer.offer)
    if estimate.grade is not None:
        yield "Grade", f"{estimate.grade.rate.label} in the middle; {'; '.join(estimate.grade.reasons)}"
        yield "Next step", estimate.grade.next_increase
        yield "Paid there", estimate.grade.paid
    yield "Confidence", f"{estimate.confidence.word}: {estimate.confidence.reason}"
    yield "Cross-check", _cross_check(estimate.cross_check, period)
    yield "Band", _band(estimate, period)
    yield from (("With rules", f"{overlay.title} ({overlay.path})") for overlay in estimate.overlays)
    yield from (("Warning", text) for text in estimate.warnings)
    if answer.explain:
        yield from (("Note", text) for text in estimate.notes)


def _ratios(verdict: Verdict) -> str:
    ratio = f"compa-ratio {hundredths(verdict.compa_ratio)}"
    if verdict.penetration is None:
        return ratio
    return f"{ratio}, range penetration {hundredths(verdict.penetration)}"


def _cross_check(check: CrossCheck | None, period: Period) -> str:
    if check is None:
        return ""
    if check.skipped:
        return f"{check.method} method: none, {check.skipped}"
    low, mid, high = (period.priced(amount * 100) for amount in (check.low, check.mid, check.high))
    label = f" ({check.label})" if check.label else ""
    return f"{check.method} method{label}: {low} to {high}, middle {mid}"


def _band(estimate: Estimate, period: Period) -> str:
    band = estimate.band
    if band is None:
        return ""
    low, high = band.minimum * 100, band.maximum * 100
    label = "" if band.label == f"{period.text(low)} to {period.text(high)}" else f": {band.label}"
    ends = f"{period.priced(low)} to {period.priced(high)}"
    held_back = f"; not applied: {band.held_back}" if band.held_back and not estimate.apply_band else ""
    where = f"the middle is {band.place(estimate.mid)}"
    return f"{ends}, {where}; {band.basis}, {band.effective}{label}{held_back}"
