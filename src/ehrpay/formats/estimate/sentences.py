"""An estimate in sentences: the one an answer opens with, the one line of it all, what to do with an offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.result import BAND, MINIMUM_WAGE
from ehrpay.domain.numerals import exact
from ehrpay.formats.amounts import Period, hundredths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.estimate.verdict import Verdict
    from ehrpay.formats.estimate.shown import ShownEstimate

CUTS = {BAND: "the employer's band", MINIMUM_WAGE: "the minimum wage"}
"""What may cut off an end of the range, in words."""
NAMES = ("P10", "P25", "P50 (the middle)", "P75", "P90")
SUPERIOR = "superior qualifications can start you above step 1 [5 CFR 531.212]"


def opening(estimate: Estimate, period: Period) -> str:
    """What the job pays: about how much, and what half of people earn; by a pay table in exact amounts."""
    if estimate.grade is not None:
        return _by_table(estimate, period)
    low, middle, high = (period.about(amount * 100) for amount in (estimate.low, estimate.mid, estimate.high))
    cuts = " and ".join(_cuts(estimate))
    half = f"; half of people like this earn {low} to {high}"
    if cuts:
        half = f"; the range is {low} to {high}, cut to {cuts}"
    return f"About {middle} {period.words}{half if low != high else ''}."


def _cuts(estimate: Estimate) -> list[str]:
    """What moved an end of the range, so that not just a quarter of people lie beyond it."""
    moved = {step.id: {"P25", "P75"} & set(step.story.points) for step in estimate.steps}
    return [text for id_, text in CUTS.items() if moved.get(id_)]


def _by_table(estimate: Estimate, period: Period) -> str:
    points, rate = estimate.percentiles, estimate.grade and estimate.grade.rate.label
    p10, low, middle, high, p90 = (period.priced(amount * 100) for amount in points)
    if points.p10 == points.p90:
        return f"{middle} {period.words}: the pay table's amount for {rate}."
    who, ends = ("half of", (low, high)) if points.p25 < points.p75 else ("most", (p10, p90))
    return f"{middle} {period.words} ({rate}); {who} people like this earn {ends[0]} to {ends[1]}."


def tied(estimate: Estimate) -> str:
    """Which percentiles are the same amount as the middle; empty where none is, or where there is one amount only."""
    points = estimate.percentiles
    same = [name for name, amount in zip(NAMES, points, strict=True) if amount == points.p50]
    if len(same) in (1, len(NAMES)):
        return ""
    why = "" if estimate.grade is None else f": {estimate.grade.rate.label}"
    return f"{', '.join(same[:-1])} and {same[-1]} are the same amount{why}"


def brief(answer: ShownEstimate) -> str:
    """Who, the range, the method and the confidence."""
    from ehrpay.formats.glyphs import one_line

    estimate, period = answer.estimate, answer.per
    low, mid, high = (period.priced(amount * 100) for amount in (estimate.low, estimate.mid, estimate.high))
    pay = f"{low} to {high}, middle {mid} {period.words}" if low != high else f"{mid} {period.words}"
    method = estimate.method if estimate.grade is None else f"{estimate.method} {estimate.grade.rate.label}"
    divisor = f", {period.formula}" if period.formula else ""
    offer = f". {advice(answer.offer, estimate, period)}" if answer.offer is not None else ""
    words = f"({method}, confidence {estimate.confidence.word}{divisor})"
    return f"{one_line(estimate.headline)}: {pay} {words}{offer}\n"


def advice(verdict: Verdict, estimate: Estimate, period: Period) -> str:
    """How far the offer is from the middle, then what is reasonable to ask for, or the nearest steps of a pay table."""
    return " ".join(_by_steps(verdict, period) if verdict.steps else _by_range(verdict, estimate, period))


def _by_range(verdict: Verdict, estimate: Estimate, period: Period) -> Iterator[str]:
    offer = _offer(verdict, period)
    yield f"{offer} {period.words} is {_away(verdict, period)}."
    asks = [period.about(cents, up=True) for cents in verdict.ask]
    if verdict.to_middle_cents < 0:
        more = f" to {asks[1]} (P75)" if asks[1:] else ""
        yield f"A reasonable ask: {asks[0]} (the middle){more}."
    elif asks:
        yield f"A reasonable ask: up to {asks[0]} (P75)."
    elif (most := _band_end(estimate)) is not None:
        yield f"The employer's band ends at {period.priced(most * 100)}."
    elif verdict.offer_cents > estimate.percentiles.p90 * 100:
        yield "More than nine in ten people like this earn less."
    else:
        yield "Three in four people like this earn less."


def _band_end(estimate: Estimate) -> int | None:
    """Where the employer's band cuts the range off, so that no share of people lies above; None where it doesn't."""
    band = estimate.band
    cut = any(step.id == BAND and "P90" in step.story.points for step in estimate.steps)
    return band.maximum if cut and band is not None and estimate.percentiles.p90 == band.maximum else None


def _offer(verdict: Verdict, period: Period) -> str:
    """The offer, to the cent where it is not in whole dollars a year."""
    cents = verdict.offer_cents
    return f"${exact(cents)}" if period.unit == "year" and cents % 100 else period.priced(cents)


def _away(verdict: Verdict, period: Period) -> str:
    gap = verdict.to_middle_cents
    if not gap:
        return "the middle"
    middle = verdict.offer_cents - gap
    away = abs(period.cents(verdict.offer_cents) - period.cents(middle))
    return f"{period.amount(away)} {'above' if gap > 0 else 'below'} the middle"


def _by_steps(verdict: Verdict, period: Period) -> Iterator[str]:
    offer = _offer(verdict, period)
    rates = {rate.label: (rate, period.priced(rate.annual * 100)) for rate in verdict.steps}
    below = [text for text, (rate, _) in rates.items() if rate.annual * 100 <= verdict.offer_cents]
    above = [text for text in rates if text not in below]
    if verdict.standing in below:
        yield f"{offer} {period.words} is {verdict.standing}."
    else:
        yield f"No step pays {offer} {period.words}."
        yield from (f"{text} pays {rates[text][1]}." for text in below)
    yield from (f"{text} pays {rates[text][1]}; {SUPERIOR}." for text in above)
    if not above:
        yield "No step of these grades pays more."


def ratios(verdict: Verdict) -> str:
    """Compa-ratio and range penetration."""
    ratio = f"compa-ratio {hundredths(verdict.compa_ratio)}"
    if verdict.penetration is None:
        return ratio
    return f"{ratio}, range penetration {hundredths(verdict.penetration)}"
