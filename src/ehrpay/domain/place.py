"""A place after reading: what was typed, and the wage area, state and locality pay area it lies in."""

from __future__ import annotations

from ehrpay.named_tuple import NamedTuple


class Place(NamedTuple):
    """What a typed place was read as.

    `kind` is nation, state, metro, micro, nonmetro, county, city, zip or locality; `area` is the OEWS area
    (a metro's five-digit CBSA code or a seven-digit nonmetropolitan code), `cbsa` the metropolitan or
    micropolitan area; `locality` is OPM's code; each is None
    where the place does not settle it.
    """

    query: str
    kind: str
    name: str
    state: str | None = None
    county: str | None = None
    cbsa: str | None = None
    area: str | None = None
    area_name: str | None = None
    locality: str | None = None
    locality_name: str | None = None
    population: int | None = None
    notes: tuple[str, ...] = ()
