"""Regional price parity: what prices are in a place, the nation being 100."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.places import gazetteer

if TYPE_CHECKING:
    from ehrpay.domain.place import Place

METRO_CODE = 5
NATION = 100_000


def price_parity(place: Place) -> int | None:
    """BEA's parity of 2024 in thousandths, United States = 100,000.

    The metro's, else that of the state's nonmetropolitan part, else the state's; None where BEA has none
    (Puerto Rico, the territories).
    """
    if place.kind == "nation":
        return NATION
    if place.area is not None and len(place.area) == METRO_CODE:
        return gazetteer.parity(place.area)
    if place.state is None:
        return None
    rural = place.area is not None or place.kind == "nonmetro"
    found = gazetteer.parity(f"{place.state}-nonmetro") if rural else None
    return found if found is not None else gazetteer.parity(place.state)
