"""An offer read and judged: where it lies in an estimated range, and what is reasonable to ask for; in integers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.amount import read_amount
from ehrpay.domain.estimate.result import SHARES
from ehrpay.domain.money import UNIT, divide, ratio
from ehrpay.domain.running import MOST, OneRow
from ehrpay.domain.typed_numbers import LEAST_PAY
from ehrpay.errors import UsageError, shown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.federal.schedule import Rate
    from ehrpay.domain.money import Number
    from ehrpay.domain.running import Arithmetic


class Verdict(NamedTuple):
    """An offer against an estimate. Amounts are cents a year, ratios are in 1/10,000.

    `percentile` is None outside P10..P90, where `standing` says `under P10` or `over P90`; `penetration` is
    None for a range that is a single amount; `to_middle_cents` is the offer less the middle; `word` is `low`
    below P25, `strong` above P75, else `fair`. `ask` holds the amounts of the range that are reasonable to ask for,
    lowest first, none for an offer from P75 on. By a pay table, which pays its steps and nothing between them, `steps`
    are the nearest ones: the offer's own, or those below and above it, and the one that comes next.
    """

    offer_cents: int
    percentile: int | None
    standing: str
    compa_ratio: int
    penetration: int | None
    to_middle_cents: int
    word: str
    ask: tuple[int, ...]
    steps: tuple[Rate, ...] = ()


def read_offer(text: str, hours: int, field: str = "offer") -> int:
    """An offer as typed (see `amount.read_amount`) in cents a year; UsageError for one too small to be pay."""
    cents = read_amount(text, field, hours)
    if cents < LEAST_PAY * 100:
        hint = "" if "/" in text else f"; write an hourly rate as {text.strip()}/h"
        raise UsageError(f"{shown(text)} is less than ${LEAST_PAY:,} a year{hint}", field=field)
    return cents


def verdict(offer_cents: int, estimate: Estimate) -> Verdict:
    """Judge an offer in cents a year: percentile by straight lines between the five points, and ratios."""
    low, middle, high = (amount * 100 for amount in (estimate.low, estimate.mid, estimate.high))
    points = [amount * 100 for amount in estimate.percentiles]
    share = percentile(offer_cents, points, OneRow()) or None
    outside = "under P10" if offer_cents < points[0] else "over P90"
    standing = outside if share is None else f"P{share}"
    inside = penetration(offer_cents, low, high, OneRow()) if high > low else None
    word = "low" if offer_cents < low else "strong" if offer_cents > high else "fair"
    gap = offer_cents - middle
    ask = tuple(sorted({amount for amount in (middle, high) if amount > offer_cents}))
    return Verdict(offer_cents, share, standing, ratio(offer_cents, middle), inside, gap, word, ask)


def by_steps(judged: Verdict, cells: Iterable[Rate]) -> Verdict:
    """A verdict by a pay table: the nearest of its cells, and neither a percentile nor an amount that none pays."""
    rates = sorted(cells, key=lambda rate: (rate.annual, rate.grade, rate.step))
    below = [rate for rate in rates if rate.annual * 100 <= judged.offer_cents][-1:]
    above = [rate for rate in rates if rate.annual * 100 > judged.offer_cents][:1]
    exact = [rate.annual * 100 for rate in below] == [judged.offer_cents]
    if not below:
        standing = f"below {above[0].label}"
    elif exact:
        standing = below[0].label
    else:
        standing = f"above {below[0].label}"
    return judged._replace(percentile=None, standing=standing, ask=(), steps=(*below, *above))


def penetration(offer: Number, low: Number, high: Number, by: Arithmetic) -> Number:
    """Where an offer lies in a range, in 1/10,000, half up: 0 at its low end and in a range of one amount.

    What is below the range is divided apart, for engines disagree on which way a negative number rounds.
    """
    width = by.largest(high - low, 1)
    over, under = by.clip(offer - low, 0, MOST), by.clip(low - offer, 0, MOST)
    found = divide(over * UNIT, width) - (2 * under * UNIT + width - 1) // (2 * width)
    return by.where(high > low, found, 0)


def percentile(offer: Number, points: Sequence[Number], by: Arithmetic) -> Number:
    """The whole percentile by straight lines between five points, half up; 0 outside them.

    On a flat stretch it is the middle of it. All are cents, or columns of cents.
    """
    found: Number = SHARES[0]
    flat: Number = 0
    for share, after, below, above in zip(SHARES, SHARES[1:], points, points[1:], strict=False):
        gap = by.largest(above - below, 1)
        found = found + divide(by.clip(offer - below, 0, gap) * (after - share), gap)
        flat = flat + ((below == offer) & (offer == above)) * (after - share)
    return by.where((points[0] <= offer) & (offer <= points[-1]), found + flat // 2, 0)
