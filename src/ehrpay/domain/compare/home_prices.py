"""A comparison at the prices of home: every amount of an offer as what it buys there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ehrpay.domain.compare.ranking import ADJUSTED
from ehrpay.domain.package.valuation import moved

if TYPE_CHECKING:
    from collections.abc import Callable

    from ehrpay.domain.compare.result import Comparison, RankedOffer
    from ehrpay.domain.package.model import Package, Parity
    from ehrpay.domain.package.parts import CashParts

    Scale = Callable[[int], int]


def at_home(comparison: Comparison) -> Comparison | None:
    """The same offers and ranks with amounts at the prices of home; None where these don't rank, or aren't known."""
    home = comparison.settings.home
    if home is None or comparison.by.weights or comparison.by.sort != ADJUSTED:
        return None
    worth = [ranked.package.adjusted for ranked in comparison.offers]
    if any(figure is None or figure.value is None for figure in worth):
        return None
    offers = tuple(_moved(ranked, home) for ranked in comparison.offers)
    return comparison._replace(offers=offers, settings=comparison.settings._replace(home=None))


def _moved(ranked: RankedOffer, home: Parity) -> RankedOffer:
    offer, there = ranked.offer, ranked.offer.parity
    if offer.remote or there is None:
        return ranked
    scale = partial(moved, there=there, home=home)
    if offer.market is not None:
        points = type(offer.market.percentiles)(*map(scale, offer.market.percentiles))
        offer = offer._replace(market=offer.market._replace(percentiles=points))
    return ranked._replace(
        offer=offer, package=_package(ranked.package, scale), stated=_package(ranked.stated, scale)
    )


def _package(package: Package, scale: Scale) -> Package:
    return package._replace(
        base=package.base.changed(scale),
        cash=_cash(package, scale),
        sign_on=package.sign_on.changed(scale),
        first=package.first.changed(scale),
        total=None if package.total is None else package.total.changed(scale),
        package=package.package.changed(scale),
        hourly=package.hourly.changed(scale),
        market=package.market.changed(scale),
    )


def _cash(package: Package, scale: Scale) -> CashParts:
    """The parts, rounded so that they still add up to the whole."""
    parts, total = [], package.base.counted
    for figure in package.cash:
        before, total = total, total + figure.counted
        value = None if figure.value is None else scale(total) - scale(before)
        parts.append(figure.changed(scale)._replace(value=value))
    return type(package.cash)(*parts)
