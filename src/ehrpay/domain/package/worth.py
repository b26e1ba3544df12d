"""The worth of a base and a package: adjusted for cost of living, per hour worked, against the market."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.money import divide, ratio
from ehrpay.domain.numerals import fixed
from ehrpay.domain.package.figures import computed, of_step, unknown

if TYPE_CHECKING:
    from ehrpay.domain.estimate.verdict import Verdict
    from ehrpay.domain.package.figures import Figure
    from ehrpay.domain.package.model import Offer, Package, Parity, Settings

UNDER, OVER = 10, 90
"""Outside P10..P90 the percentile is unknown: an offer there counts as at the edge."""


def adjusted_of(offer: Offer, settings: Settings, package: Figure) -> Figure | None:
    """The package in the prices of home; None without a home, unknown where the prices of the place are."""
    home, there = settings.home, offer.parity
    if home is None:
        return None
    if offer.remote:
        figure = computed(package.counted, "package; a remote job is done at home", package.origin)
        return figure._replace(low=package.low, high=package.high)
    if there is None:
        return unknown(
            "place not specified" if offer.place is None else f"no prices known for {offer.place.name}"
        )
    formula = f"package x {_thousandths(home)} ({home.place}) / {_thousandths(there)} ({there.place})"
    amounts = (package.counted, package.least, package.most)
    adjusted, low, high = (moved(amount, there=there, home=home) for amount in amounts)
    figure = computed(adjusted, formula, package.origin, home.origin, there.origin)
    return figure.ranging(low, high) if package.filled else figure


def moved(amount: int, *, there: Parity, home: Parity) -> int:
    """What an amount paid in a place is worth at the prices of home."""
    return divide(amount * home.value, there.value)


def _thousandths(parity: Parity) -> str:
    return fixed(parity.value, 3)


def hourly_of(package: Figure, worked: Figure) -> Figure:
    """Cents an hour worked."""
    if worked.value is None:
        return unknown(worked.why)
    cents = divide(package.counted * 100 * 100, worked.value)
    return computed(cents, "package / hours worked", package.origin, worked.origin)


def market_of(offer: Offer) -> Figure:
    """The middle of the market's range."""
    market = offer.market
    if market is None:
        return unknown(offer.no_market or "no market range")
    rules = [of_step(step) for step in market.steps if step.story.where]
    return computed(market.mid, "the market method's middle", *rules)


def percent_of(base: Figure, market: Figure) -> Figure:
    """The base over the market's middle, in 1/10,000."""
    if not market.value:
        return unknown(market.why or "the market's middle is zero")
    share = ratio(base.counted, market.value)
    return computed(share, "base / market middle", base.origin, market.origin)


def percentile_of(position: Verdict | None, market: Figure) -> Figure:
    """The base's percentile in the market's range; unknown outside P10..P90."""
    if position is None:
        return unknown(market.why)
    if position.percentile is None:
        return unknown(position.standing)
    return computed(position.percentile, "position of base between the market's percentiles", market.origin)


def percentile_counted(package: Package) -> int | None:
    """The percentile for ranking: the edge outside P10..P90, None without a market range."""
    position = package.verdict
    if position is None or position.percentile is not None:
        return None if position is None else position.percentile
    return UNDER if position.standing.startswith("under") else OVER
