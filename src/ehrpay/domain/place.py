"""A place after reading: what was typed, and the wage area, state and locality pay area it lies in."""

from __future__ import annotations

from ehrpay.named_tuple import NamedTuple

CBSA_DIGITS = 5
"""A metro's code has five digits, that of a nonmetropolitan area seven."""


class WagePlace(NamedTuple):
    """What of a place decides its wages: the state, the OEWS area, and whether it is rural."""

    state: str | None
    area: str | None
    rural: bool

    @property
    def areas(self) -> list[tuple[str, str]]:
        """The areas with wages of their own, kind and code, nearest first."""
        found = []
        if self.area is not None:
            found.append(("nonmetro" if len(self.area) > CBSA_DIGITS else "metro", self.area))
        if self.state is not None:
            found.append(("state", self.state))
        return found


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

    @property
    def wage_place(self) -> WagePlace:
        """What decides the wages here."""
        rural = self.kind == "nonmetro" or (self.area is not None and len(self.area) > CBSA_DIGITS)
        return WagePlace(self.state, self.area, rural)
