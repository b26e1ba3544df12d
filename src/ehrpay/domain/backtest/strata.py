"""Rows of one kind measured apart, and which of them the estimates are weak for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ehrpay.domain.backtest.measures import measure
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ehrpay.domain.backtest.measures import Measures, Weighed
    from ehrpay.domain.backtest.trial import Trial

NOT_SPECIFIED = "not specified"
LEAST_ROWS = 3
"""Fewer rows are counted and measured, but neither shown on a screen nor called weak."""
FAR, LEANING, LEAST_COVERED = 2_000, 1_500, 6_500
"""A stratum is weak from this median error on, from this bias on, or where fewer lie within P10 to P90."""


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
        of_field = (Stratum(field, value, measure(some)) for value, some in rows.items())
        found += sorted(of_field, key=_order)
    return tuple(found)


def _order(stratum: Stratum) -> tuple[int, str]:
    return (0 if stratum.field == "year" else -stratum.measures.rows, stratum.value)


def weak(found: Iterable[Stratum]) -> tuple[Stratum, ...]:
    """The strata with enough rows whose estimates are far off, lean to one side, or cover too little."""
    return tuple(one for one in found if one.measures.rows >= LEAST_ROWS and _is_weak(one.measures))


def _is_weak(measures: Measures) -> bool:
    return (
        measures.error.value >= FAR
        or abs(measures.bias.value) >= LEANING
        or measures.outer.value < LEAST_COVERED
    )
