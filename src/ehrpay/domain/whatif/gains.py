"""What one change would pay: each is priced as a second estimate, and its gain is the difference of the two.

So every number can be had again with two runs of `estimate`. A change that the rules have no pay figure for gets
no number, and one that is not open now gets the reason.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ehrpay.domain.money import divide
from ehrpay.domain.profile import LEVELS
from ehrpay.domain.whatif import levels
from ehrpay.domain.whatif.change import NO_EVIDENCE, Change, Unpriced, not_possible
from ehrpay.domain.whatif.credentials import credentials
from ehrpay.domain.whatif.proof import proof, unproven
from ehrpay.domain.whatif.relocations import relocations
from ehrpay.domain.whatif.time import grades, steps, years
from ehrpay.errors import NoRuleError, UsageError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.profile import Profile
    from ehrpay.domain.whatif.change import Baseline
    from ehrpay.domain.whatif.proof import Proof

    Run = Callable[[Profile], Estimate]
    """One estimate of a profile, by the rules and the method of the first."""

MOVE = "move"
_OWN: dict[str, Callable[[Baseline], Iterator[Change | Unpriced]]] = {
    "certs": credentials,
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
    proof: Proof
    adjusted: tuple[int, int, int] | None = None

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
    proposals = [one for kind in kinds for one in KINDS[kind](start)]
    priced = [one if isinstance(one, Unpriced) else _price(start, one, run) for one in proposals]
    gains = [one for one in priced if isinstance(one, Gain)]
    gains.sort(key=lambda gain: (-gain.low, -gain.mid, -gain.high, gain.change.kind, gain.change.id))
    return WhatIf(start.now, tuple(gains), tuple(one for one in priced if isinstance(one, Unpriced)))


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
