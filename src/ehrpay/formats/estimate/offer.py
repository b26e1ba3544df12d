"""What to do with an offer, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.result import BAND
from ehrpay.domain.numerals import exact
from ehrpay.formats.amounts import hundredths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.estimate.verdict import Verdict
    from ehrpay.formats.amounts import Period

SUPERIOR = "superior qualifications can start you above step 1 [5 CFR 531.212]"


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
