"""What to know of an estimate besides its amounts: labelled sentences, and those a screen has room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats import document as doc
from ehrpay.formats.estimate.sentences import advice, ratios, tied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.domain.estimate.result import CrossCheck, Estimate
    from ehrpay.formats.amounts import Period
    from ehrpay.formats.estimate.shown import ShownEstimate

MOST = 2
"""The most lines of a fact before `--explain`."""

ROOM = 66
"""The columns a sentence is sure to have beside its label on a screen of 80."""

ALWAYS = ("Offer", "Confidence")
ORDER = (
    "With rules",
    "Warning",
    "Tied",
    "Confidence",
    "Grade",
    "Band",
    "Cross-check",
    "Next step",
    "Paid there",
)
"""Which facts besides an offer get the lines that are left, the most important first."""


def facts(answer: ShownEstimate) -> tuple[doc.Fact, ...]:
    """Every fact, whole."""
    labelled = _labelled(answer)
    return tuple(
        doc.Fact(label, text, "bold yellow" if label == "Warning" else "bold")
        for label, text in labelled
        if text
    )


def least(whole: Sequence[doc.Fact]) -> int:
    """The lines of what is always shown: the offer, and the confidence as a word."""
    return 1 + sum(lines_of(fact.text, ROOM) for fact in whole if fact.label == "Offer")


def few(whole: Sequence[doc.Fact], lines: int) -> tuple[doc.Fact, ...]:
    """The facts that so many lines have room for, the most important first, each of at most two lines; in order."""
    left, shown = lines - least(whole), []
    for label in ORDER:
        for fact in (one for one in whole if one.label == label):
            more = min(lines_of(fact.text, ROOM), MOST) - (label == "Confidence")
            if more <= left:
                left -= more
                shown.append(fact)
    return tuple(
        _fitting(fact, whole=fact in shown) for fact in whole if fact in shown or fact.label in ALWAYS
    )


def _fitting(fact: doc.Fact, *, whole: bool) -> doc.Fact:
    if fact.label == "Offer":
        return fact
    text = fact.text if whole else fact.text.partition(":")[0]
    return fact._replace(text=text, most=MOST, clauses=fact.label == "Grade")


def lines_of(text: str, width: int) -> int:
    """How many lines of a width a text takes, wrapped at blanks."""
    lines, left = 1, width
    for word in text.split():
        if len(word) > left and left < width:
            lines, left = lines + 1, width
        left -= len(word) + 1
    return lines


def _labelled(answer: ShownEstimate) -> Iterator[tuple[str, str]]:
    estimate, period = answer.estimate, answer.per
    if answer.offer is not None:
        yield "Offer", advice(answer.offer, estimate, period)
        yield "Ratios", ratios(answer.offer)
    if estimate.grade is not None:
        yield "Grade", f"{estimate.grade.rate.label} in the middle; {'; '.join(estimate.grade.reasons)}"
        yield "Next step", estimate.grade.next_increase
        yield "Paid there", estimate.grade.paid
    yield "Tied", tied(estimate)
    yield "Confidence", f"{estimate.confidence.word}: {estimate.confidence.reason}"
    yield "Cross-check", _cross_check(estimate.cross_check, period)
    yield "Band", _band(estimate, period)
    if answer.explain and estimate.band is not None:
        yield "Evidence", estimate.band.contradicted
    yield from (("With rules", f"{overlay.title} ({overlay.path})") for overlay in estimate.overlays)
    yield from (("Warning", text) for text in estimate.warnings)
    if answer.explain:
        yield from (("Note", text) for text in estimate.notes)


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
