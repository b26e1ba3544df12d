"""How well a set of trials did: error, bias, coverage and width, each with how far chance may have moved it.

Rows of one group share a weight, and no employer counts for more than five groups.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import accumulate, compress, repeat
from math import lcm, log
from operator import mul
from random import Random
from typing import TYPE_CHECKING

from ehrpay.domain.money import UNIT, divide, ratio
from ehrpay.domain.numerals import percent
from ehrpay.errors import UsageError, shown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ehrpay.domain.backtest.observation import Observation
    from ehrpay.domain.backtest.trial import Trial

    Figure = Callable[[Sequence[int]], int]

MOST_GROUPS = 5
RESAMPLES, MOST_DRAWN, LEAST_GROUPS = 400, 1_000_000, 3
"""How often rows are drawn anew, how many rows at most in all, and for how many groups at least."""
TAIL = 40
"""A fortieth of the draws lies below the interval, and a fortieth above: 95 % are inside."""
SEED = 1
_PERCENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2}))?\s*%?")


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


class Weighed(NamedTuple):
    """A trial and its weight; `unit` is the weight of a row that stands alone."""

    trial: Trial
    weight: int
    unit: int

    @property
    def share(self) -> int:
        """The weight in 1/10,000 of a row that stands alone."""
        return ratio(self.weight, self.unit)


class Measure(NamedTuple):
    """A figure in 1/10,000 and its 95 % interval; no interval where there are too few groups to draw from."""

    value: int
    low: int | None = None
    high: int | None = None


class Measures(NamedTuple):
    """Rows, their weight in hundredths of a row, and what they show, in 1/10,000.

    `error` is the median distance of the middle from the pay, `bias` its median with the sign; `outer` and `inner`
    are the shares of pay within P10 to P90 and P25 to P75; `width` is the mean of ln(P90 / P10).
    """

    rows: int
    weight: int
    error: Measure
    bias: Measure
    outer: Measure
    inner: Measure
    width: int


def measure(tried: Sequence[Weighed]) -> Measures:
    """The measures of at least one trial."""
    weights = [one.weight for one in tried]
    drawn = [list(map(mul, weights, counts)) for counts in _draws([one.trial.seen.group for one in tried])]

    def measured(figure: Figure) -> Measure:
        found = sorted(map(figure, drawn))
        return (
            Measure(figure(weights), found[len(found) // TAIL], found[-1 - len(found) // TAIL])
            if found
            else Measure(figure(weights))
        )

    return Measures(
        rows=len(tried),
        weight=int(divide(100 * sum(weights), tried[0].unit)),
        error=measured(_median([abs(one.trial.error) for one in tried])),
        bias=measured(_median([one.trial.error for one in tried])),
        outer=measured(_share([one.trial.outer for one in tried])),
        inner=measured(_share([one.trial.inner for one in tried])),
        width=_width(tried),
    )


def share(tried: Sequence[Weighed], has: Callable[[Trial], bool]) -> int:
    """The share of the weight that has something, in 1/10,000."""
    return _share([has(one.trial) for one in tried])([one.weight for one in tried])


def _median(values: Sequence[int]) -> Figure:
    """The median of the values for given weights; ordered once for all draws."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ordered = [values[n] for n in order]
    return lambda weights: at_half(ordered, map(weights.__getitem__, order))


def _share(has: Sequence[bool]) -> Figure:
    """The share of the weight that has something, for given weights."""
    return lambda weights: ratio(sum(compress(weights, has)), sum(weights))


def _width(tried: Sequence[Weighed]) -> int:
    logs = sum(one.weight * log(one.trial.points.p90 / one.trial.points.p10) for one in tried)
    return round(UNIT * logs / sum(one.weight for one in tried))


def _draws(groups: Sequence[str]) -> Iterator[list[int]]:
    """How often each row is drawn, again and again: groups are drawn whole, for their rows are alike.

    The same draws for the same groups, on every machine.
    """
    names = sorted(set(groups))
    if len(names) < LEAST_GROUPS:
        return
    random = Random(SEED)  # noqa: S311 - a sample, not a secret
    for _ in range(min(RESAMPLES, max(TAIL, MOST_DRAWN // len(groups)))):
        counts = Counter(random.choices(names, k=len(names)))
        yield list(map(counts.get, groups, repeat(0)))


class Limits(NamedTuple):
    """The least coverage of P10 to P90 and the largest median error, in 1/10,000; None for no limit."""

    least_coverage: int | None = None
    most_error: int | None = None

    def missed(self, measures: Measures) -> tuple[str, ...]:
        """A sentence for each limit that the measures miss."""
        covered, error = measures.outer.value, measures.error.value
        found = []
        if self.least_coverage is not None and covered < self.least_coverage:
            found.append(
                f"P10 to P90 covers {percent(covered)} of pay, less than {percent(self.least_coverage)}"
            )
        if self.most_error is not None and error > self.most_error:
            found.append(f"the median error is {percent(error)}, more than {percent(self.most_error)}")
        return tuple(found)


def read_percent(text: str | None, field: str) -> int | None:
    """A percentage from 0 to 100 in 1/10,000; None for none. UsageError for anything else."""
    if text is None:
        return None
    found = _PERCENT.fullmatch(text.strip())
    points = -1 if found is None else 100 * int(found[1]) + int((found[2] or "").ljust(2, "0"))
    if not 0 <= points <= 100 * 100:
        raise UsageError(f"{shown(text)} is not a percentage from 0 to 100, such as 75 or 12.5", field=field)
    return points
