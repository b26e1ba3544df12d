"""What one change would pay: each is priced as a second estimate, and its gain is the difference of the two.

So every number here can be had again with two runs of `estimate`. A change that the rules have no pay figure
for gets no number, and one that is not open now gets the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.market.steps import SMALL
from ehrpay.domain.whatif.change import NO_EVIDENCE, Change, Here, Left, refused
from ehrpay.domain.whatif.credentials import credentials
from ehrpay.domain.whatif.levels import agencies, degrees, roles, settings, systems, work_places
from ehrpay.domain.whatif.places import MOST, moves
from ehrpay.domain.whatif.time import grades, steps, years
from ehrpay.errors import NoRuleError, UsageError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.outcome import Outcome
    from ehrpay.domain.profile import Profile

    Run = Callable[[Profile], Estimate]
    """One estimate of a profile, by the rules and the method the question was put with."""

KINDS: dict[str, Callable[[Here], Iterator[Change | Left]]] = {
    "certs": credentials,
    "degree": degrees,
    "years": years,
    "role": roles,
    "setting": settings,
    "agency": agencies,
    "move": moves,
    "grade": grades,
    "step": steps,
    "ehr": systems,
    "work": work_places,
}
"""The kinds of change, as `--only` takes them, and what proposes them."""

_STEPS = {
    "certs": "certification",
    "degree": "degree",
    "years": "experience",
    "role": "responsibility",
    "setting": "setting",
    "ehr": "ehr",
    "work": "work",
    "move": "area",
}
"""The step of the market method that prices a kind of change."""


class Proof(NamedTuple):
    """What a gain rests on: how the rule is known, how surely, and where it stands."""

    basis: str
    confidence: str
    sources: tuple[str, ...]
    where: str
    note: str = ""


class Gain(NamedTuple):
    """A change with its gains in whole dollars a year: the second estimate less the first, for each point."""

    change: Change
    low: int
    mid: int
    high: int
    then: Estimate
    proof: Proof


class WhatIf(NamedTuple):
    """Every single change: those with a number, best gain on the low value first, and the others."""

    now: Estimate
    gains: tuple[Gain, ...]
    left: tuple[Left, ...]


def whatif(here: Here, kinds: Iterable[str], run: Run) -> WhatIf:
    """Price every single change of some kinds (`KINDS`); whole dollars a year.

    Ranked by the gain on the low value; ties go to the better middle, then to the better high value.
    """
    proposals = [one for kind in kinds for one in KINDS[kind](here)]
    found = [one if isinstance(one, Left) else _weigh(here, one, run) for one in proposals]
    gains = [one for one in found if isinstance(one, Gain)]
    gains.sort(key=lambda gain: (-gain.low, -gain.mid, -gain.high, gain.change.kind, gain.change.id))
    return WhatIf(here.now, tuple(gains), tuple(one for one in found if isinstance(one, Left)))


def _weigh(here: Here, change: Change, run: Run) -> Gain | Left:
    try:
        then = run(change.profile)
    except (NoRuleError, UsageError) as error:
        return refused(change.kind, change.id, change.label, str(error), change.needs)
    if then.grade is not None and not then.grade.met:
        return refused(change.kind, change.id, change.label, then.grade.reasons[0], change.needs)
    reason = _silence(here, change, then)
    if reason:
        return Left(NO_EVIDENCE, change.kind, change.id, change.label, reason, change.fee, change.needs)
    now = here.now
    return Gain(
        change, then.low - now.low, then.mid - now.mid, then.high - now.high, then, _proof(change, then)
    )


def _silence(here: Here, change: Change, then: Estimate) -> str:
    """Why a number would pretend to know what the rules do not; empty where they do know."""
    if then.method == "grade":
        same = here.now.method == "grade" and then.percentiles == here.now.percentiles
        idle = same and change.kind in ("certs", "setting", "ehr", "work")
        return "the grade of this role and pay plan does not depend on it" if idle else ""
    if not change.evidence:
        return "no pay figure was found"
    if change.kind == "agency" and then.band is None and here.now.method == "market":
        return "the rules have no pay figures of this employer's own"
    outcome = _outcome(then, _STEPS.get(change.kind, ""))
    if outcome is not None and not outcome.evidence and change.kind != "certs":
        return "no pay figure was found"
    if change.kind == "certs" and outcome is not None and "not measured" in outcome.label:
        return outcome.label.partition(": ")[2]
    return ""


def _outcome(then: Estimate, id_: str) -> Outcome | None:
    return next((step.outcome for step in then.steps if step.outcome.id == id_), None)


def _proof(change: Change, then: Estimate) -> Proof:
    """The rule behind the change itself; the employer's band, or the pay table, where those price it."""
    if change.kind == "agency" and then.method == "market":
        return _employers(then)
    outcome = _outcome(then, _STEPS.get(change.kind, ""))
    if outcome is None:
        outcome = _outcome(then, "locality-pay" if change.kind == "move" else "base-rate")
    if outcome is None:
        outcome = then.steps[0].outcome
    if then.method == "grade":
        # The table is exact; how sure the grade is, the estimate itself says.
        return Proof(outcome.basis, then.confidence.word, outcome.sources, outcome.where)
    return Proof(outcome.basis, outcome.confidence, outcome.sources, outcome.where, outcome.note)


def _employers(then: Estimate) -> Proof:
    """An employer's band; without one, all that the second estimate rests on."""
    band, sure = then.band, then.confidence.word
    if band is None:
        base = then.steps[0].outcome
        return Proof(base.basis, sure, base.sources, base.where)
    note = "the band is contradicted by later evidence" if band.contradicted else ""
    return Proof(band.basis, sure, band.sources, band.where, note)


def notes(found: WhatIf, here: Here) -> tuple[str, ...]:
    """What a reader must know to use the numbers: what they are, and what they leave out."""
    kinds = {gain.change.kind for gain in found.gains}
    told = [
        "each gain is a second estimate less the one above (low is P25, high P75), ranked by the low value"
    ]
    told.append("one change at a time: gains do not add up; --set prices several together")
    if found.gains:
        told.append(
            "sure is how well the rule behind the change is known; a blank wait is one the rules don't say"
        )
    if any(gain.change.fee for gain in found.gains):
        told.append("a fee is the examination's as published, fees only: no training, membership or renewal")
    if unsaid := [_UNSAID[kind] for kind in _UNSAID if kind in kinds and _is_unsaid(here, kind)]:
        none = ", or --cert none," if "credentials" in unsaid else ""
        told.append(
            f"not said: {', '.join(unsaid)}; there a gain is over the median worker, and part of it on the low"
            f" value is only that more is known: say what you have{none} to see the change alone"
        )
    if "move" in kinds:
        told.append(f"{_areas(here)}; cost of living is not counted")
    return tuple(told)


_UNSAID = {"certs": "credentials", "degree": "degree", "role": "role", "setting": "setting"}


def _is_unsaid(here: Here, kind: str) -> bool:
    fixed = here.book.agency(here.known.agency)
    if here.now.method == "grade":
        return False
    return getattr(here.known, kind) is None and not (kind == "setting" and fixed and fixed["setting"])


def _areas(here: Here) -> str:
    if here.places:
        return "areas are the ones given by --to"
    if here.now.method == "grade":
        return f"areas are the {MOST} localities with the highest locality pay"
    return f"areas are the {MOST} metropolitan ones with the highest median, of those with {SMALL} workers or more"
