"""A what-if drawn: pay now, and after each of the changes shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.whatif.gains import best, grouped
from ehrpay.formats.bars import SPAN, Bar, Chart

if TYPE_CHECKING:
    from ehrpay.domain.whatif.change import Baseline
    from ehrpay.domain.whatif.gains import WhatIf
    from ehrpay.domain.whatif.scenario import Scenario

KEY = "The bar runs from low (P25) to high (P75); the diamond, and the amount, is the middle."
MOVES = " Moves are at the prices of home."
PAY = "Pay now and after one change, US dollars a year"


def changes(result: WhatIf, start: Baseline, most: int | None) -> Chart:
    """Pay now, then after each change, the groups one after another."""
    now = result.now
    pay = (now.low, now.mid, now.high)
    bars = [_bar("Now", pay)]
    for gains in grouped(result.gains, start).values():
        for gain in best(gains, most):
            low, mid, high = (sum(pair) for pair in zip(pay, gain.counted, strict=True))
            bars.append(_bar(gain.change.label, (low, mid, high)))
    return Chart(PAY, tuple(bars), KEY + (MOVES if start.home is not None else ""))


def ends(result: Scenario) -> Chart:
    """Pay now and then."""
    both = (("Now", result.now), ("Then", result.then))
    bars = (_bar(name, (one.low, one.mid, one.high)) for name, one in both)
    return Chart("Pay now and then, US dollars a year", tuple(bars), KEY)


def _bar(label: str, pay: tuple[int, int, int]) -> Bar:
    points = tuple(amount * 100 for amount in pay)
    return Bar(SPAN, points, label=label, amount=f"{pay[1]:,}")
