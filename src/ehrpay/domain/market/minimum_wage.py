"""The minimum wage that holds in a place on a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.facts import in_force
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ehrpay.domain.compiled.wages import MinimumWage
    from ehrpay.domain.facts import Fact
    from ehrpay.domain.place import Place

OWN = frozenset({"AS", "MP"})
"""Territories where the federal minimum wage does not hold, and whose own are not known here."""


class MinimumWageUsed(NamedTuple):
    """The name of the area whose minimum wage holds, and the wage in cents an hour."""

    name: str
    fact: Fact[int]


def minimum_wage(wages: Iterable[MinimumWage], place: Place | None, as_of: str) -> MinimumWageUsed | None:
    """The highest minimum wage of the nation, the state and the county; None where none is known."""
    if place is not None and place.state in OWN:
        return None
    held = ((wage.name, in_force(wage.values, as_of)) for wage in wages if _holds(wage, place))
    known = [MinimumWageUsed(name, fact) for name, fact in held if fact is not None]
    return max(known, key=lambda used: used.fact.value, default=None)


def _holds(wage: MinimumWage, place: Place | None) -> bool:
    if wage.state is None:
        return True
    if place is None or place.state != wage.state:
        return False
    if not wage.counties:
        return True
    return place.county in wage.counties if place.county else place.cbsa == wage.metro is not None
