"""A backtest: every row tried, measured as a whole, by stratum and against simpler answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.backtest.baselines import baselines
from ehrpay.domain.backtest.measures import Weighed, measure, share, weigh
from ehrpay.domain.backtest.strata import strata
from ehrpay.domain.estimate.result import SHARES
from ehrpay.errors import DataError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ehrpay.domain.backtest.baselines import Baseline
    from ehrpay.domain.backtest.measures import Measures
    from ehrpay.domain.backtest.observation import Fault, Observation
    from ehrpay.domain.backtest.strata import Stratum
    from ehrpay.domain.backtest.trial import Trial

    Try = Callable[[Observation], tuple[Trial | None, tuple[Fault, ...]]]


class Reached(NamedTuple):
    """A percentile of the estimates in percent, and the share of pay at or below it, in 1/10,000."""

    percentile: int
    share: int


class Backtest(NamedTuple):
    """What the rows say of the estimates.

    `tried` are the rows that count, `older` the measures of those before the year `since`; `faults` name every row
    that could not be tested, or only without one of its values. `rows` is how many the file has.
    """

    rows: int
    since: int
    as_of: str
    rules_version: str
    tried: tuple[Weighed, ...]
    measures: Measures
    reached: tuple[Reached, ...]
    baselines: tuple[Baseline, ...]
    strata: tuple[Stratum, ...]
    older: Measures | None
    faults: tuple[Fault, ...]

    @property
    def worst(self) -> tuple[Weighed, ...]:
        """The rows from the one furthest off, by the ratio of the larger amount to the smaller."""
        return tuple(sorted(self.tried, key=_furthest, reverse=True))

    @property
    def untested(self) -> tuple[Fault, ...]:
        """The rows that could not be tested."""
        return tuple(fault for fault in self.faults if not fault.tested)


def _furthest(one: Weighed) -> float:
    pay, middle = one.trial.seen.pay, one.trial.points.p50
    return max(pay / middle, middle / pay)


def backtest(
    seen: Sequence[Observation], unread: Sequence[Fault], tried: Try, *, since: int, as_of: str, version: str
) -> Backtest:
    """Try every row. DataError if none of the year `since` or later can be tested."""
    weights = weigh(seen)
    found: list[Weighed] = []
    faults = list(unread)
    for one in seen:
        trial, wrong = tried(one)
        faults += wrong
        if trial is not None:
            found.append(Weighed(trial, weights.by_line[one.line], weights.unit))
    recent = tuple(one for one in found if one.trial.seen.year >= since)
    older = [one for one in found if one.trial.seen.year < since]
    if not recent:
        raise DataError(f"no row of {since} or later can be tested{_why(faults)}")
    return Backtest(
        rows=len(seen) + len({fault.line for fault in unread if not fault.tested}),
        since=since,
        as_of=as_of,
        rules_version=version,
        tried=recent,
        measures=measure(recent),
        reached=_reached(recent),
        baselines=baselines(recent),
        strata=strata(recent),
        older=measure(older) if older else None,
        faults=tuple(sorted(faults, key=lambda fault: fault.line)),
    )


def _why(faults: Sequence[Fault]) -> str:
    return f"; line {faults[0].line}: {faults[0].text}" if faults else ""


def _reached(tried: Sequence[Weighed]) -> tuple[Reached, ...]:
    def at(percentile: int) -> Reached:
        name = f"p{percentile}"
        return Reached(percentile, share(tried, lambda trial: trial.seen.pay <= getattr(trial.points, name)))

    return tuple(at(percentile) for percentile in SHARES)
