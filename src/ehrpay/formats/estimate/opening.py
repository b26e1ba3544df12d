"""The sentence an answer opens with, and the one on percentiles that are the same amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.result import BAND, MINIMUM_WAGE

if TYPE_CHECKING:
    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.formats.amounts import Period

CUTS = {BAND: "the employer's band", MINIMUM_WAGE: "the minimum wage"}
"""What may cut off an end of the range, in words."""
NAMES = ("P10", "P25", "P50 (the middle)", "P75", "P90")


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
