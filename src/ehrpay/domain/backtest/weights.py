"""How much a row counts: rows of one group share a weight, and no employer counts for more than five groups."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import accumulate
from math import lcm
from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.domain.backtest.observation import Observation

MOST_GROUPS = 5


class Weights(NamedTuple):
    """Whole weights by line of the file, and the one of a row that stands alone."""

    by_line: dict[int, int]
    unit: int


def weigh(seen: Sequence[Observation]) -> Weights:
    """One group weighs one; the groups of an employer with more than five weigh five together.

    A weight is a fraction; all are multiplied by a common denominator, so that sums stay exact.
    """
    rows = Counter(one.group for one in seen)
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for one in seen:
        groups[one.employer].add(one.group)
    most = {name: len(found) if name else 0 for name, found in groups.items()}
    unit = lcm(*rows.values()) * lcm(*(count for count in most.values() if count > MOST_GROUPS))

    def weight(one: Observation) -> int:
        whole = unit // rows[one.group]
        count = most[one.employer]
        return whole * MOST_GROUPS // count if count > MOST_GROUPS else whole

    return Weights({one.line: weight(one) for one in seen}, unit)


def median(pairs: Iterable[tuple[int, int]]) -> int:
    """The weighted median of values with their weights; of nothing, 0."""
    values, weights = zip(*sorted(pairs), strict=True) if (pairs := list(pairs)) else ((0,), (1,))
    return at_half(values, weights)


def at_half(ordered: Sequence[int], weights: Iterable[int]) -> int:
    """The first of some ordered values at which half of the weight is reached."""
    reached = list(accumulate(weights))
    return ordered[bisect_left(reached, (reached[-1] + 1) // 2)]
