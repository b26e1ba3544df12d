"""A step's arithmetic with the numbers put in, and the story under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.result import CLIP, PLUS, TIMES
from ehrpay.domain.numerals import decimal, exact

if TYPE_CHECKING:
    from ehrpay.domain.estimate.result import Step


def formula(step: Step) -> str:
    """What the step did, as one would type it into a desk calculator: `51,140.00 x 1.0300 = 52,674.20`."""
    term, after = step.term, exact(step.total_cents)
    before = exact(step.total_cents - step.change_cents)
    if step.kind == PLUS:
        if step.change_cents == step.total_cents:
            return f"start at {after}"
        plus = term.plus or 0
        return f"{before} {'-' if plus < 0 else '+'} {exact(abs(plus))} = {after}"
    if step.kind == TIMES:
        return f"{before} x {decimal(step.factor)} = {after}"
    if step.kind == CLIP:
        low, high = term.bounds
        return f"{before} kept within {exact(low)} to {exact(high)} = {after}"
    return f"{before} to whole dollars = {after}"


def story(step: Step) -> tuple[tuple[str, str], ...]:
    """Labelled lines under a step: formula, how its number came about, its bounds, rule, sources and note."""
    about = step.story
    bounded = step.kind == TIMES and about.low != about.high
    lines = (
        ("formula", formula(step) if about.said or step.change_cents else ""),
        ("how", about.formula),
        ("range", f"x {decimal(about.low)} to {decimal(about.high)}" if bounded else ""),
        ("rule", f"{about.where} ({about.basis}, confidence {about.confidence})" if about.where else ""),
        ("sources", ", ".join(about.sources)),
        ("note", about.note),
    )
    return tuple((label, text) for label, text in lines if text)
