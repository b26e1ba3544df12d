"""What a whole roster is paid: whole counts, which add up whatever their order, and what they say in figures."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import accumulate
from math import sqrt
from operator import add
from typing import TYPE_CHECKING

from ehrpay.domain.estimate.result import SHARES
from ehrpay.domain.money import UNIT, divide
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST_PEOPLE = 10
"""A group of fewer people is not shown: its figures would be those of persons."""

Z95 = 1.96


class Group(NamedTuple):
    """People of one group with current pay: how many, their pay in cents, and ratios of pay to middle in 1/10,000.

    `squares` are of the ratios.
    """

    people: int = 0
    pay_cents: int = 0
    ratios: int = 0
    squares: int = 0

    def plus(self, other: Group) -> Group:
        """Both together."""
        return Group(*map(add, self, other))


class Pay(NamedTuple):
    """Current pay of those who have it: people, sums in cents, and what raising everyone would cost in cents a year."""

    people: int = 0
    pay_cents: int = 0
    middle_cents: int = 0
    below: int = 0
    above: int = 0
    to_low_cents: int = 0
    to_middle_cents: int = 0

    def plus(self, other: Pay) -> Pay:
        """Both together."""
        return Pay(*map(add, self, other))


class Tally:
    """What is counted of rows: `middles` has how many have each middle, in whole dollars."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self.faults = 0
        self.methods: Counter[str] = Counter()
        self.confidences: Counter[str] = Counter()
        self.middles: Counter[int] = Counter()
        self.pay = Pay()
        self.groups: dict[str, Group] = {}

    @property
    def priced(self) -> int:
        """Rows with a price."""
        return self.middles.total()

    @property
    def rows(self) -> int:
        """All rows."""
        return self.priced + self.faults

    def add_group(self, name: str, group: Group) -> None:
        """Count people of a group."""
        self.groups[name] = self.groups.get(name, Group()).plus(group)

    def add(self, other: Tally) -> None:
        """Count another part's rows too."""
        self.faults += other.faults
        self.methods.update(other.methods)
        self.confidences.update(other.confidences)
        self.middles.update(other.middles)
        self.pay = self.pay.plus(other.pay)
        for name, group in other.groups.items():
            self.add_group(name, group)


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
    by: str


def summary(tally: Tally, by: str) -> Summary:
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
    ordered = sorted(middles)
    reached = list(accumulate(map(middles.__getitem__, ordered)))
    return ordered[bisect_left(reached, share * people, key=lambda met: met * 100)]


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
    return Gap(
        name=name,
        people=group.people,
        pay=divide(mean, 100),
        raw=raw,
        adjusted=adjusted,
        low=low,
        high=high,
    )
