"""Prices where a job is, and where a person lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.api.arguments import text
from ehrpay.domain.package.figures import Origin
from ehrpay.domain.package.model import Parity
from ehrpay.errors import UsageError, blamed_on
from ehrpay.places.gazetteer import price_parity
from ehrpay.places.resolve import resolve

if TYPE_CHECKING:
    from ehrpay.domain.place import Place


def prices_of(home: str | None) -> Parity | None:
    """The prices of the place to live; UsageError where it isn't known, or its prices aren't."""
    if home is None:
        return None
    with blamed_on("home"):
        place = resolve(text(home, "home"))
    found = parity(place)
    if found is None:
        msg = f"no price parity is known for {place.name}; without --home packages are compared as they are"
        raise UsageError(msg, field="home")
    return found


def parity(place: Place) -> Parity | None:
    """The prices of a place; None where they aren't known."""
    found = price_parity(place)
    origin = Origin(
        rule="price-parity", where="rules/places/parities.tsv", basis="official", sources=("bea-rpp-2024",)
    )
    return None if found is None else Parity(place.name, found, origin)
