"""An estimate in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats.amounts import Period
from ehrpay.formats.estimate.offer import advice
from ehrpay.formats.glyphs import one_line

if TYPE_CHECKING:
    from ehrpay.formats.estimate.shown import ShownEstimate


def brief(answer: ShownEstimate) -> str:
    """Who, the range, the method and the confidence."""
    estimate, period = answer.estimate, Period(answer.period, answer.estimate.hours)
    low, mid, high = (period.priced(amount * 100) for amount in (estimate.low, estimate.mid, estimate.high))
    pay = f"{low} to {high}, middle {mid} {period.words}" if low != high else f"{mid} {period.words}"
    method = estimate.method if estimate.grade is None else f"{estimate.method} {estimate.grade.rate.label}"
    divisor = f", {period.formula}" if period.formula else ""
    offer = f". {advice(answer.offer, estimate, period)}" if answer.offer is not None else ""
    words = f"({method}, confidence {estimate.confidence.word}{divisor})"
    return f"{one_line(estimate.headline)}: {pay} {words}{offer}\n"
