"""How offers are ranked: by one figure, or by points for several, in integers; ties by package, base, file order."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from ehrpay.domain.money import UNIT
from ehrpay.domain.package.valuation import percentile_counted
from ehrpay.errors import UsageError, shown, unknown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ehrpay.domain.package.model import Offer, Package

NAME, PACKAGE, ADJUSTED = "name", "package", "adjusted"
SORTS = ("base", PACKAGE, ADJUSTED, "hourly", "percent", "percentile", NAME)
MOST_WEIGHT = 100
_LONGEST = 200


def _adjusted(package: Package) -> int | None:
    return None if package.adjusted is None else package.adjusted.value


def _leave(package: Package) -> int | None:
    """Paid leave and holidays in tenths of a day; sick leave is not time to spend."""
    known = [part.value for part in (package.time.leave, package.time.holidays) if part.value is not None]
    return sum(known) if known else None


CRITERIA: dict[str, Callable[[Package], int | None]] = {
    "base": attrgetter("base.value"),
    PACKAGE: attrgetter("package.value"),
    ADJUSTED: _adjusted,
    "hourly": attrgetter("hourly.value"),
    "percent": attrgetter("percent.value"),
    "percentile": percentile_counted,
    "leave": _leave,
}
"""What offers are measured by, the more the better; None where it is unknown."""


ORDERS = {
    "hourly": "package per hour worked",
    "percent": "percent of market",
    "percentile": "market percentile",
}
"""What ranks in words, where its name is not a word for it."""


class Ranking(NamedTuple):
    """How to rank: `sort` names a criterion or `name`; weights, where there are any, rank instead."""

    sort: str
    weights: tuple[tuple[str, int], ...]

    @property
    def words(self) -> str:
        """What ranks: `base`, `package per hour worked`, or weights as they are typed, `package=3,leave=1`."""
        weights = ",".join(f"{name}={weight}" for name, weight in self.weights)
        return weights or ORDERS.get(self.sort, self.sort)


class Places(NamedTuple):
    """The order, best first, as positions in the offers given; points in 1/10,000 of the best a weight."""

    order: tuple[int, ...]
    points: tuple[int, ...]


def rank(offers: Sequence[Offer], packages: Sequence[Package], by: Ranking) -> Places:
    """Rank offers by their packages; one with an unknown figure comes after those with known ones."""
    points = _points(packages, by.weights) if by.weights else ()
    if by.sort == NAME and not by.weights:
        names = [offer.terms.name.casefold() for offer in offers]
        return Places(tuple(sorted(range(len(names)), key=names.__getitem__)), ())

    def key(n: int) -> tuple[int, ...]:
        package = packages[n]
        figure = points[n] if points else CRITERIA[by.sort](package)
        return (figure is None, -(figure or 0), -package.package.counted, -package.base.counted, n)

    return Places(tuple(sorted(range(len(offers)), key=key)), points)


def _points(packages: Sequence[Package], weights: Sequence[tuple[str, int]]) -> tuple[int, ...]:
    """For each criterion 10,000 to the best and a like share to the others, times its weight, summed.

    An unknown figure gets none.
    """
    totals = [0] * len(packages)
    for name, weight in weights:
        values = [CRITERIA[name](package) or 0 for package in packages]
        best = max(values, default=0)
        for n, value in enumerate(values):
            totals[n] += weight * (value * UNIT // best if best else 0)
    return tuple(totals)


def read_sort(text: str) -> str:
    """The name of a figure to rank by; UsageError with the nearest."""
    word = text.strip().casefold()
    if word not in SORTS:
        raise UsageError(unknown("ranking", text, SORTS), field="sort")
    return word


def read_weights(text: str) -> tuple[tuple[str, int], ...]:
    """Weights as typed, `package=3,percentile=1`: whole numbers from 0 to 100, not all of them 0."""
    if len(text) > _LONGEST:
        raise UsageError(f"{shown(text)} is too long for weights", field="weights")
    weights: dict[str, int] = {}
    for part in text.split(","):
        name, weight = _weight(part)
        if name in weights:
            raise UsageError(f"the weight of {name} is given twice", field="weights")
        weights[name] = weight
    if not any(weights.values()):
        raise UsageError("every weight is 0; at least one must be above 0", field="weights")
    return tuple((name, weight) for name, weight in weights.items() if weight)


def _weight(part: str) -> tuple[str, int]:
    name, equals, number = (word.strip() for word in part.partition("="))
    if name.casefold() not in CRITERIA:
        raise UsageError(unknown("criterion", name, CRITERIA), field="weights")
    if not equals or not (number.isascii() and number.isdigit()) or len(number) > len(str(MOST_WEIGHT)):
        raise UsageError(f"{shown(part)} is not a weight; write it like package=3", field="weights")
    if int(number) > MOST_WEIGHT:
        raise UsageError(f"{shown(part)} is out of range: a weight is 0 to {MOST_WEIGHT}", field="weights")
    return name.casefold(), int(number)
