"""The market ranges of the offers drawn on one axis, and under each the base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats.bars import RANGE, SINGLE, Bar, Chart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.domain.compare.result import Comparison


def chart(comparison: Comparison, prices: str = "") -> Chart:
    """The market range of each offer, and under it the base; `prices` says whose."""
    return Chart(f"Market ranges and bases{prices}, US dollars a year", tuple(_bars(comparison)), KEY)


KEY = (
    "The thin line runs from P10 to P90 (eight of ten people in this position), the thick bar from P25 to P75 "
    "(the middle half); the diamond is the median. The dot is the base offered."
)


def _bars(comparison: Comparison) -> Iterator[Bar]:
    for ranked in comparison.offers:
        market, base = ranked.offer.market, ranked.package.base.counted
        name = f"{ranked.rank}. {ranked.name}"
        if market is not None:
            points = tuple(amount * 100 for amount in market.percentiles)
            ends = f"{market.low:,} to {market.high:,}"
            yield Bar(RANGE, points, f"{ranked.rank}", f"{name}: market", ends)
        yield Bar(SINGLE, (base * 100,), label=ranked.name, amount=f"{base:,}")
