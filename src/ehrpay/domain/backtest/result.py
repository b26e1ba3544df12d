"""A backtest: every row tried, measured as a whole, by stratum and against simpler answers."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from ehrpay.domain.backtest.measures import Weighed, measure, median, share, weigh
from ehrpay.domain.backtest.trial import over
from ehrpay.domain.estimate.result import SHARES
from ehrpay.domain.money import ratio, times
from ehrpay.errors import DataError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ehrpay.domain.backtest.measures import Measures
    from ehrpay.domain.backtest.observation import Fault, Observation
    from ehrpay.domain.backtest.trial import Trial

    Try = Callable[[Observation], tuple[Trial | None, tuple[Fault, ...]]]

NOT_SPECIFIED = "not specified"
LEAST_ROWS = 3
"""Fewer rows are counted and measured, but neither shown on a screen nor called weak."""
FAR, LEANING, LEAST_COVERED = 2_000, 1_500, 6_500
"""A stratum is weak from this median error on, from this bias on, or where fewer lie within P10 to P90."""


class Baseline(NamedTuple):
    """A simpler answer, the rows it has one for, and its median error and bias in 1/10,000."""

    id: str
    title: str
    rows: int
    error: int
    bias: int


def baselines(tried: Sequence[Weighed]) -> tuple[Baseline, ...]:
    """The nation alone, the area alone, and the median of the same role at other employers."""
    return (
        _baseline("nation", "the nation's median alone", ((one, one.trial.nation) for one in tried)),
        _baseline("area", "the area's median alone", ((one, one.trial.area) for one in tried)),
        _baseline("role", "the median of the role at the other employers", _elsewhere(tried)),
    )


def _baseline(id_: str, title: str, answers: Iterable[tuple[Weighed, int]]) -> Baseline:
    errors = [(over(amount, one.trial.seen.pay), one.weight) for one, amount in answers]
    far = [(abs(error), weight) for error, weight in errors]
    return Baseline(id=id_, title=title, rows=len(errors), error=median(far), bias=median(errors))


def _elsewhere(tried: Sequence[Weighed]) -> Iterable[tuple[Weighed, int]]:
    """Each row of a role that another employer has too, with the median there, carried to the row's date."""
    by_role: defaultdict[str, list[Weighed]] = defaultdict(list)
    for one in tried:
        by_role[one.trial.estimate.profile.role or ""].append(one)
    by_role.pop("", None)
    for rows in by_role.values():
        paid = [(_employer(one), ratio(one.trial.seen.pay, one.trial.nation), one.weight) for one in rows]
        for employer, own in groupby(sorted(rows, key=_employer), key=_employer):
            if others := [(relative, weight) for name, relative, weight in paid if name != employer]:
                relative = median(others)
                yield from ((one, times(one.trial.nation, relative)) for one in own)


def _employer(one: Weighed) -> str:
    """The employer; one that was not named is known by the group."""
    return one.trial.seen.employer or one.trial.seen.group


class Stratum(NamedTuple):
    """The rows with one value in a field, and their measures."""

    field: str
    value: str
    measures: Measures


def _profile(field: str) -> Callable[[Trial], str]:
    return lambda trial: str(getattr(trial.estimate.profile, field, None) or NOT_SPECIFIED)


def _state(trial: Trial) -> str:
    place = trial.estimate.profile.place
    return (place and place.state) or NOT_SPECIFIED


FIELDS: dict[str, Callable[[Trial], str]] = {
    "kind": lambda trial: trial.seen.kind or NOT_SPECIFIED,
    "method": lambda trial: trial.estimate.method,
    "agency": _profile("agency"),
    "setting": _profile("setting"),
    "role": _profile("role"),
    "level": _profile("level"),
    "state": _state,
    "year": lambda trial: str(trial.seen.year),
    "confidence": lambda trial: trial.estimate.confidence.word,
}
"""What rows are grouped by."""


def strata(tried: Sequence[Weighed]) -> tuple[Stratum, ...]:
    """Every value of every field, those with most rows first; years in order."""
    found: list[Stratum] = []
    for field, value_of in FIELDS.items():
        rows: defaultdict[str, list[Weighed]] = defaultdict(list)
        for one in tried:
            rows[value_of(one.trial)].append(one)
        by_value = [Stratum(field, value, measure(rows[value])) for value in sorted(rows)]
        found += by_value if field == "year" else sorted(by_value, key=lambda one: -one.measures.rows)
    return tuple(found)


def weak(found: Iterable[Stratum]) -> tuple[Stratum, ...]:
    """The strata with enough rows whose estimates are far off, lean to one side, or cover too little."""
    return tuple(one for one in found if one.measures.rows >= LEAST_ROWS and _is_weak(one.measures))


def _is_weak(measures: Measures) -> bool:
    return (
        measures.error.value >= FAR
        or abs(measures.bias.value) >= LEANING
        or measures.outer.value < LEAST_COVERED
    )


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
        why = f"; line {faults[0].line}: {faults[0].text}" if faults else ""
        raise DataError(f"no row of {since} or later can be tested{why}")
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


def _reached(tried: Sequence[Weighed]) -> tuple[Reached, ...]:
    def at(percentile: int) -> Reached:
        name = f"p{percentile}"
        return Reached(percentile, share(tried, lambda trial: trial.seen.pay <= getattr(trial.points, name)))

    return tuple(at(percentile) for percentile in SHARES)
