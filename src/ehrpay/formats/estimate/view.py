"""The one view of an estimate that every text format shows: labels and figures, already written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.result import ROUND
from ehrpay.domain.money import dollars
from ehrpay.domain.numerals import exact, whole
from ehrpay.formats.amounts import Period, hundredths, signed
from ehrpay.formats.document import Citation
from ehrpay.formats.estimate.explanation import story
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.estimate.result import CrossCheck, Estimate, GradeUsed, Step
    from ehrpay.domain.estimate.verdict import Verdict
    from ehrpay.domain.facts import Source
    from ehrpay.formats.glyphs import Tidy

PERCENTILES = ("P10", "low (P25)", "middle (P50)", "high (P75)", "P90")


class Line(NamedTuple):
    """A step of "how it adds up"; `story` is what `--explain` puts under it."""

    label: str
    change: str
    total: str
    basis: str
    where: str
    story: tuple[tuple[str, str], ...]


class Fact(NamedTuple):
    """A labelled sentence or figure."""

    label: str
    text: str


class Marks(NamedTuple):
    """What a chart draws, in cents for the period: five points, the band's two ends, the offer."""

    points: tuple[int, ...]
    band: tuple[int, int] | None
    offer: int | None


class Sheet(NamedTuple):
    """An estimate written out. `figures` are the five percentiles with their labels."""

    headline: str
    when: str
    method: str
    figures: tuple[Fact, ...]
    marks: Marks
    lines: tuple[Line, ...]
    totals: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    sources: tuple[Citation, ...]


class View(NamedTuple):
    """What the writer of a sheet needs besides the estimate; `tidy` makes any text safe on one line."""

    period: Period
    explain: bool
    offer: Verdict | None
    tidy: Tidy


def write_out(estimate: Estimate, view: View, book_sources: Mapping[str, Source]) -> Sheet:
    """The sheet of an estimate."""
    period, tidy = view.period, view.tidy
    figures = [period.text(amount * 100) for amount in estimate.percentiles]
    named = zip(PERCENTILES, figures, strict=True)
    totals = [Fact("middle a year", (exact if view.explain else whole)(estimate.mid * 100))]
    if period.formula:
        totals.append(Fact(f"middle {period.words}: {period.formula}", figures[2]))
    return Sheet(
        tidy(estimate.headline),
        f"US dollars {period.words}, as of {estimate.as_of}",
        estimate.method,
        tuple(Fact(label, text) for label, text in named),
        _marks(estimate, view),
        _lines(estimate, view),
        tuple(totals),
        tuple(Fact(label, tidy(text)) for label, text in _facts(estimate, view) if text),
        tuple(citation(id_, book_sources.get(id_), tidy) for id_ in estimate.sources),
    )


def _marks(estimate: Estimate, view: View) -> Marks:
    per = view.period.cents
    band = estimate.band
    return Marks(
        tuple(per(amount * 100) for amount in estimate.percentiles),
        None if band is None else (per(band.minimum * 100), per(band.maximum * 100)),
        None if view.offer is None else per(view.offer.offer_cents),
    )


def _lines(estimate: Estimate, view: View) -> tuple[Line, ...]:
    """The steps. Whole dollars are differences of rounded totals, so the column still adds up exactly."""
    return tuple(_line(step, view) for step in estimate.steps if view.explain or not _silent(step))


def _silent(step: Step) -> bool:
    """Whether a step changes nothing a reader of whole dollars would see, and was not asked for."""
    return step.kind == ROUND or (not step.story.said and not step.change_cents)


def _line(step: Step, view: View) -> Line:
    told, tidy = step.story, view.tidy
    before = step.total_cents - step.change_cents
    if view.explain:
        change, total = exact(step.change_cents), exact(step.total_cents)
    else:
        change, total = f"{dollars(step.total_cents) - dollars(before):,}", whole(step.total_cents)
    basis = told.basis if told.where or told.sources else ""
    lines = tuple((label, tidy(text)) for label, text in story(step)) if view.explain else ()
    return Line(tidy(told.label), signed(change), total, basis, tidy(told.where), lines)


def _facts(estimate: Estimate, view: View) -> list[tuple[str, str]]:
    found = [("Offer", _offer(view.offer))]
    if estimate.grade is not None:
        found += _grade(estimate.grade)
    found += [
        ("Confidence", f"{estimate.confidence.word}: {estimate.confidence.reason}"),
        ("Cross-check", _cross_check(estimate.cross_check, view.period)),
        ("Band", _band(estimate, view.period)),
    ]
    found += [("With rules", f"{overlay.title} ({overlay.path})") for overlay in estimate.overlays]
    found += [("Warning", text) for text in estimate.warnings]
    return found + [("Note", text) for text in estimate.notes if view.explain]


def with_rules(estimate: Estimate) -> list[str]:
    """A sentence for each overlay that an answer rests on."""
    return [f"with the rules of {overlay.title} ({overlay.path})" for overlay in estimate.overlays]


def _offer(verdict: Verdict | None) -> str:
    if verdict is None:
        return ""
    ratios = f"Compa-ratio {hundredths(verdict.compa_ratio)}"
    if verdict.penetration is not None:
        ratios += f", range penetration {hundredths(verdict.penetration)}"
    return f"{verdict.sentence} {ratios}."


def _grade(grade: GradeUsed) -> list[tuple[str, str]]:
    why = "; ".join(grade.reasons)
    return [("Grade", f"{grade.rate.label} in the middle; {why}"), ("Next step", grade.next_increase)]


def _cross_check(check: CrossCheck | None, period: Period) -> str:
    if check is None:
        return ""
    if check.skipped:
        return f"{check.method} method: none, {check.skipped}"
    low, mid, high = (period.text(amount * 100) for amount in (check.low, check.mid, check.high))
    label = f" ({check.label})" if check.label else ""
    return f"{check.method} method{label}: {low} to {high}, middle {mid}"


def _band(estimate: Estimate, period: Period) -> str:
    band = estimate.band
    if band is None:
        return ""
    ends = f"{period.text(band.minimum * 100)} to {period.text(band.maximum * 100)}"
    place = band.place(estimate.mid)
    label = "" if band.label == ends else f": {band.label}"
    return f"{ends}, the middle is {place}; {band.basis}, {band.effective}{label}"


def citation(id_: str, source: Source | None, tidy: Tidy) -> Citation:
    """A source as cited below an answer; its id alone where the rules don't have it."""
    if source is None:
        return Citation(tidy(id_), "", "")
    text = f"{source.title}. {source.publisher}, {source.published} (read {source.retrieved})"
    return Citation(tidy(id_), tidy(text), tidy(source.url or ""))


def brief(estimate: Estimate, view: View) -> str:
    """The answer in one line."""
    period = view.period
    low, mid, high = (period.text(amount * 100) for amount in (estimate.low, estimate.mid, estimate.high))
    pay = f"{low} to {high}, middle {mid} {period.words}" if low != high else f"{mid} {period.words}"
    method = estimate.method if estimate.grade is None else f"{estimate.method} {estimate.grade.rate.label}"
    divisor = f", {period.formula}" if period.formula else ""
    offer = f". {view.offer.sentence}" if view.offer is not None else ""
    words = f"({method}, confidence {estimate.confidence.word}{divisor})"
    return f"{view.tidy(estimate.headline)}: {pay} {words}{offer}\n"
