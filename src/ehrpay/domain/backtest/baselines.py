"""What knowing less would give: the errors of the nation's median, of the area's, and of the role's elsewhere."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from ehrpay.domain.backtest.measures import median
from ehrpay.domain.backtest.trial import over
from ehrpay.domain.money import ratio, times
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.domain.backtest.measures import Weighed


class Baseline(NamedTuple):
    """A simpler answer, the rows it has one for, and its median error and bias in 1/10,000."""

    id: str
    title: str
    rows: int
    error: int
    bias: int


def baselines(tried: Sequence[Weighed]) -> tuple[Baseline, ...]:
    """The nation alone, the area alone, and the median of the same role at other employers."""
    nation = [(over(one.trial.nation, one.trial.seen.pay), one.weight) for one in tried]
    area = [(over(one.trial.area, one.trial.seen.pay), one.weight) for one in tried]
    role = [(over(amount, one.trial.seen.pay), one.weight) for one, amount in _elsewhere(tried)]
    return (
        _baseline("nation", "the nation's median alone", nation),
        _baseline("area", "the area's median alone", area),
        _baseline("role", "the median of the role at the other employers", role),
    )


def _baseline(id_: str, title: str, errors: Sequence[tuple[int, int]]) -> Baseline:
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
