"""What one change would pay: each is priced as a second estimate, and its gain is the difference of the two.

So every number can be had again with two runs of `estimate`. A change that the rules have no pay figure for gets
no number, and one that is not open now gets the reason. Gains come in groups: this year, later, elsewhere.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ehrpay.domain.facts import CONFIDENCES, weakest
from ehrpay.domain.money import divide
from ehrpay.domain.profile import FIELDS, LEVELS
from ehrpay.domain.story import Story
from ehrpay.domain.whatif import levels
from ehrpay.domain.whatif.change import NO_EVIDENCE, Change, Unpriced, not_possible
from ehrpay.domain.whatif.relocations import relocations
from ehrpay.domain.whatif.time import grades, steps, years
from ehrpay.errors import NoRuleError, UsageError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.profile import Profile
    from ehrpay.domain.whatif.change import Baseline, Change

    Run = Callable[[Profile], Estimate]
    """One estimate of a profile, by the rules and the method of the first."""

MOVE = "move"
_OWN: dict[str, Callable[[Baseline], Iterator[Change | Unpriced]]] = {
    "certs": levels.credentials,
    "degree": levels.degrees,
    "years": years,
    "role": levels.roles,
    "setting": levels.settings,
    "agency": levels.agencies,
    MOVE: relocations,
    "grade": grades,
    "step": steps,
}
KINDS = _OWN | {field.name: partial(levels.others, field=field) for field in LEVELS if field.name not in _OWN}
"""The kinds of change, as `--only` takes them, and what proposes them."""
_STEPS = {name: field.adjustment for name, field in FIELDS.items() if field.adjustment} | {MOVE: "area"}
"""The step of the market method that prices a kind of change."""
_OF_NO_GRADE = frozenset(field.name for field in LEVELS) - {"role", "degree"}
"""The kinds of change that a grade does not depend on where it stays the same."""
_NOT_AT_GRADE = {"degree": "another degree", "role": "another role", "certs": "another credential"}
"""The kinds of change that are named where a set grade closes them."""
THIS_YEAR, LATER, ELSEWHERE = "this year", "later", "elsewhere"
GROUPS = {
    THIS_YEAR: ("certs", "ehr"),
    LATER: ("degree", "years", "step", "grade", "level", "role"),
}
"""The kinds of change of each group; all others are elsewhere."""


class Gain(NamedTuple):
    """A change with its gains in whole dollars a year: the second estimate less the first, for each point.

    `adjusted` has the same for a move, the pay there at the prices of home; None for other changes, and where prices
    aren't known.
    """

    change: Change
    low: int
    mid: int
    high: int
    then: Estimate
    proof: Story
    adjusted: tuple[int, int, int] | None

    @property
    def counted(self) -> tuple[int, int, int]:
        """The gains as they are ranked: of a move, at the prices of home where they are known."""
        return self.adjusted or (self.low, self.mid, self.high)


class WhatIf(NamedTuple):
    """Every single change: those with a number, best gain on the low value first, and the others."""

    now: Estimate
    gains: tuple[Gain, ...]
    unpriced: tuple[Unpriced, ...]


def whatif(start: Baseline, kinds: Iterable[str], run: Run) -> WhatIf:
    """Price every single change of some kinds (`KINDS`); whole dollars a year.

    Ranked by the gain on the low value; ties go to the better middle, then to the better high value.
    """
    proposals = [one for kind in kinds for one in _proposals(start, kind)]
    priced = [one if isinstance(one, Unpriced) else _price(start, one, run) for one in proposals]
    gains = [one for one in priced if isinstance(one, Gain)]
    gains.sort(key=lambda gain: (-gain.low, -gain.mid, -gain.high, gain.change.kind, gain.change.id))
    return WhatIf(start.now, tuple(gains), tuple(one for one in priced if isinstance(one, Unpriced)))


def _proposals(start: Baseline, kind: str) -> Iterable[Change | Unpriced]:
    if start.at_grade and kind in _NOT_AT_GRADE:
        reason = "at a set grade, only grade, step and locality change pay"
        return [not_possible(kind, "any", _NOT_AT_GRADE[kind], reason)]
    return KINDS[kind](start)


def _price(start: Baseline, change: Change, run: Run) -> Gain | Unpriced:
    kind, id_, label, now = change.kind, change.id, change.label, start.now
    try:
        then = run(change.profile)
    except (NoRuleError, UsageError) as error:
        return not_possible(kind, id_, label, str(error), change.needs)
    if then.grade is not None and not then.grade.met:
        return not_possible(kind, id_, label, then.grade.reasons[0], change.needs)
    if reason := unproven(now, change, then):
        return Unpriced(NO_EVIDENCE, kind, id_, label, reason, fee=change.fee, needs=change.needs)
    return Gain(
        change=change,
        low=then.low - now.low,
        mid=then.mid - now.mid,
        high=then.high - now.high,
        then=then,
        proof=proof(change, then),
        adjusted=_adjusted(start, change, then),
    )


def _adjusted(start: Baseline, change: Change, then: Estimate) -> tuple[int, int, int] | None:
    """The gains of a move at the prices of home."""
    place, home, now = then.profile.place, start.home, start.now
    if change.kind != MOVE or start.prices is None or home is None or place is None:
        return None
    there = start.prices.of_place(place)
    if there is None:
        return None
    pairs = ((now.low, then.low), (now.mid, then.mid), (now.high, then.high))
    low, mid, high = (divide(after * home, there) - before for before, after in pairs)
    return low, mid, high


def unproven(now: Estimate, change: Change, then: Estimate) -> str:
    """Why a change gets no number: the rules have no evidence for one. Empty where they do."""
    if then.method == "grade":
        same = now.method == "grade" and then.percentiles == now.percentiles
        idle = same and change.kind in _OF_NO_GRADE
        return "this role's grade does not depend on it" if idle else ""
    if not change.evidence:
        return "no pay evidence"
    if change.kind == "agency" and now.method == "market" and not then.band_applied:
        held_back = then.band and f"the employer's band is {then.band.held_back}"
        return held_back or "the rules have no pay figures for this employer"
    story = _story(then, _STEPS.get(change.kind, ""))
    if story is not None and change.kind == "certs" and "not measured" in story.label:
        return story.label.partition(": ")[2]
    if story is not None and change.kind != "certs" and not story.evidence:
        return "no pay evidence"
    return ""


def proof(change: Change, then: Estimate) -> Story:
    """The story of the rule behind the change itself; of the band, or the pay table, where those price it.

    Its confidence is no better than that of the estimate it leads to.
    """
    band, overall = then.band, then.confidence.word
    if change.kind == "agency" and then.method == "market":
        if band is not None:
            note = "the band is contradicted by later evidence" if band.contradicted else ""
            return Story("", band.basis, overall, band.sources, band.where, note=note)
        return then.steps[0].story._replace(confidence=overall, note="")
    table = "locality-pay" if change.kind == MOVE else "base-rate"
    step = _story(then, _STEPS.get(change.kind, "")) or _story(then, table) or then.steps[0].story
    if then.method == "grade":
        # The table is exact; how sure the grade is, the estimate itself says.
        return step._replace(confidence=overall, note="")
    return step._replace(confidence=weakest((step.confidence, overall), CONFIDENCES))


def _story(then: Estimate, id_: str) -> Story | None:
    return next((step.story for step in then.steps if step.id == id_), None)


def group_of(kind: str) -> str:
    """The group of a kind of change."""
    return next((group for group, kinds in GROUPS.items() if kind in kinds), ELSEWHERE)


def grouped(gains: Iterable[Gain], start: Baseline) -> dict[str, list[Gain]]:
    """The gains of each group, best first, moves at the prices of home; groups without any are left out.

    Work in another occupation comes after work in one's own: it takes another training, not a next step.
    """
    found: dict[str, list[Gain]] = {THIS_YEAR: [], LATER: [], ELSEWHERE: []}
    for gain in gains:
        found[group_of(gain.change.kind)].append(gain)

    def rank(gain: Gain) -> tuple[bool, int, int, int, str]:
        low, mid, high = gain.counted
        elsewhere = gain.then.profile.occupation != start.resolved.occupation
        return elsewhere, -low, -mid, -high, gain.change.id

    for members in found.values():
        members.sort(key=rank)
    return {group: members for group, members in found.items() if members}


def best(gains: list[Gain], most: int | None) -> list[Gain]:
    """The best of a group; none whose middle falls, or that gains nothing, unless all are asked for."""
    if most is None:
        return gains
    return [gain for gain in gains if (gain.counted[1], gain.counted[0]) > (0, 0)][:most]


def listed(gains: list[Gain], most: int | None, start: Baseline) -> list[Gain]:
    """The best of a group, and every place that was named, whatever it pays."""
    top = best(gains, most)
    return [gain for gain in gains if gain in top or (start.places and gain.change.kind == MOVE)]
