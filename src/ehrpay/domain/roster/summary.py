"""What a roster's counts say: distribution, cost of raising pay, gaps between groups."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from ehrpay.domain.money import UNIT, divide
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.roster.tally import Group, Pay, Tally

SHARES = (10, 25, 50, 75, 90)
LEAST_PEOPLE = 10
"""A group of fewer people is not shown: its figures would be those of persons."""

Z95 = 1.96


class Gap(NamedTuple):
    """A group beside everyone with current pay. Money is whole dollars, the others 1/10,000.

    `raw` is mean pay over everyone's, less one. `adjusted` is the mean of pay over the middle that the rules give each
    person, over everyone's, less one; `low` and `high` are its 95 % interval.
    """

    name: str
    people: int
    pay: int
    raw: int
    adjusted: int
    low: int
    high: int


class Summary(NamedTuple):
    """A roster in a few figures. Money is whole dollars a year.

    `middles` are P10 to P90 of the middles, none where no row has a price; `hidden` counts groups too small to show.
    """

    rows: int
    priced: int
    faults: int
    methods: Mapping[str, int]
    confidences: Mapping[str, int]
    middles: tuple[int, ...]
    mean: int
    pay: Pay
    gaps: tuple[Gap, ...]
    hidden: int
    by: str = ""


def summary(tally: Tally, by: str = "") -> Summary:
    """The figures of what was counted; `by` names the column of the groups."""
    shown = sorted(name for name, group in tally.groups.items() if group.people >= LEAST_PEOPLE)
    everyone = tally.pay
    ratios = sum(group.ratios for group in tally.groups.values())
    people = tally.priced
    return Summary(
        rows=tally.rows,
        priced=people,
        faults=tally.faults,
        methods=dict(sorted(tally.methods.items())),
        confidences=dict(sorted(tally.confidences.items())),
        middles=tuple(_share(tally.middles, people, share) for share in SHARES) if people else (),
        mean=divide(sum(mid * count for mid, count in tally.middles.items()), people) if people else 0,
        pay=everyone,
        gaps=tuple(_gap(name, tally.groups[name], everyone, ratios) for name in shown),
        hidden=len(tally.groups) - len(shown),
        by=by,
    )


def _share(middles: Mapping[int, int], people: int, share: int) -> int:
    """The lowest middle with at least a share of people at or below it."""
    met = 0
    for middle in sorted(middles):
        met += middles[middle]
        if met * 100 >= share * people:
            return middle
    return 0


def _gap(name: str, group: Group, everyone: Pay, ratios: int) -> Gap:
    mean = divide(group.pay_cents, group.people)
    raw = divide(mean * UNIT * everyone.people, everyone.pay_cents) - UNIT
    all_together = ratios / everyone.people
    own = group.ratios / group.people
    spread = max(0.0, group.squares / group.people - own * own) * group.people / (group.people - 1)
    reach = Z95 * sqrt(spread / group.people)
    adjusted, low, high = (
        round(UNIT * value / all_together) - UNIT for value in (own, own - reach, own + reach)
    )
    return Gap(name, group.people, divide(mean, 100), raw, adjusted, low, high)
