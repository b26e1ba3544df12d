"""What an offer's base and package are worth: in prices at home, by the hour worked, against the market."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.money import divide, ratio
from ehrpay.domain.numerals import fixed
from ehrpay.domain.package.figures import computed, gap, of_step

if TYPE_CHECKING:
    from ehrpay.domain.estimate.verdict import Verdict
    from ehrpay.domain.package.figures import Figure
    from ehrpay.domain.package.model import Frame, Offer, Package, Parity

UNDER, OVER = 10, 90
"""Outside P10..P90 no percentile is known: an offer there counts as at the edge."""


def adjusted_of(offer: Offer, frame: Frame, package: Figure) -> Figure | None:
    """The package in prices of home; None where home is not known, a gap where the place's prices are not."""
    home, here, whole = frame.home, offer.parity, package.value or 0
    if home is None:
        return None
    if offer.remote:
        return computed(whole, "package; a remote job is lived at home", package.origin)
    if here is None:
        return gap("place not said" if offer.place is None else f"no prices known for {offer.place.name}")
    words = f"package x {_thousandths(home)} ({home.place}) / {_thousandths(here)} ({here.place})"
    return computed(divide(whole * home.value, here.value), words, package.origin, home.origin, here.origin)


def _thousandths(parity: Parity) -> str:
    return fixed(parity.value, 3)


def hourly_of(package: Figure, worked: Figure) -> Figure:
    """Cents an hour worked."""
    if worked.value is None:
        return gap(worked.why)
    cents = divide((package.value or 0) * 100 * 100, worked.value)
    return computed(cents, "package / hours worked", package.origin, worked.origin)


def market_of(offer: Offer) -> Figure:
    """The middle of the market's range."""
    market = offer.market
    if market is None:
        return gap(offer.no_market or "no market range")
    rules = [of_step(step.outcome) for step in market.steps if step.outcome.where]
    return computed(market.mid, "the market method's middle", *rules)


def percent_of(base: Figure, market: Figure) -> Figure:
    """The base over the market's middle, in 1/10,000."""
    if not market.value:
        return gap(market.why or "the market's middle is nothing")
    share = ratio(base.value or 0, market.value)
    return computed(share, "base / market middle", base.origin, market.origin)


def percentile_of(judged: Verdict | None, market: Figure) -> Figure:
    """The base's percentile in the market's range; a gap outside P10..P90."""
    if judged is None:
        return gap(market.why)
    if judged.percentile is None:
        return gap(judged.standing)
    return computed(judged.percentile, "where base lies between the market's percentiles", market.origin)


def percentile_counted(package: Package) -> int | None:
    """The percentile for ranking: the edge outside P10..P90, None without a market range."""
    judged = package.verdict
    if judged is None or judged.percentile is not None:
        return None if judged is None else judged.percentile
    return UNDER if judged.standing.startswith("under") else OVER
