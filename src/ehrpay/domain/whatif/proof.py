"""What a gain rests on: the rule that prices the change, or why there is no number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.profile import FIELDS, LEVELS
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.story import Story
    from ehrpay.domain.whatif.change import Change

_STEPS = {name: field.adjustment for name, field in FIELDS.items() if field.adjustment} | {"move": "area"}
"""The step of the market method that prices a kind of change."""

_OF_NO_GRADE = frozenset(field.name for field in LEVELS) - {"role", "degree"}
"""The kinds of change that a grade does not depend on where it stays the same."""


class Proof(NamedTuple):
    """How the rule is known, how surely, its sources and its place."""

    basis: str
    confidence: str
    sources: tuple[str, ...]
    where: str
    note: str = ""


def unproven(now: Estimate, change: Change, then: Estimate) -> str:
    """Why a change gets no number: the rules have no evidence for one. Empty where they do."""
    if then.method == "grade":
        same = now.method == "grade" and then.percentiles == now.percentiles
        idle = same and change.kind in _OF_NO_GRADE
        return "this role's grade does not depend on it" if idle else ""
    if not change.evidence:
        return "no pay evidence"
    if change.kind == "agency" and now.method == "market" and not then.band_applied:
        return _no_band(then)
    story = _story(then, _STEPS.get(change.kind, ""))
    if story is not None and change.kind == "certs" and "not measured" in story.label:
        return story.label.partition(": ")[2]
    if story is not None and change.kind != "certs" and not story.evidence:
        return "no pay evidence"
    return ""


def _no_band(then: Estimate) -> str:
    if then.band is None:
        return "the rules have no pay figures for this employer"
    return f"the employer's band is {then.band.held_back}"


def proof(change: Change, then: Estimate) -> Proof:
    """The rule behind the change itself; the employer's band, or the pay table, where those price it."""
    band, overall = then.band, then.confidence.word
    if change.kind == "agency" and then.method == "market":
        if band is not None:
            note = "the band is contradicted by later evidence" if band.contradicted else ""
            return Proof(band.basis, overall, band.sources, band.where, note)
        base = then.steps[0].story
        return Proof(base.basis, overall, base.sources, base.where)
    table = "locality-pay" if change.kind == "move" else "base-rate"
    step = _story(then, _STEPS.get(change.kind, "")) or _story(then, table) or then.steps[0].story
    if then.method == "grade":
        # The table is exact; how sure the grade is, the estimate itself says.
        return Proof(step.basis, overall, step.sources, step.where)
    return Proof(step.basis, step.confidence, step.sources, step.where, step.note)


def _story(then: Estimate, id_: str) -> Story | None:
    return next((step.story for step in then.steps if step.id == id_), None)
