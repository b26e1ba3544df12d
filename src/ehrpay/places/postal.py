"""ZIP codes and counties by their codes."""

from __future__ import annotations

from ehrpay.named_tuple import NamedTuple
from ehrpay.places.gazetteer import lines


class County(NamedTuple):
    """A county, as in `Denver County, CO`, its CBSA (may be empty) and its wage area."""

    fips: str
    name: str
    state: str
    cbsa: str
    area: str


class Zip(NamedTuple):
    """One ZIP code; `share` is the part of its people in this area, in whole per cent, rounded down."""

    code: str
    county: str
    locality: str
    share: int
    method: str


def zip_code(code: str) -> Zip | None:
    """A five-digit ZIP code."""
    return _zip(f"{code}\t")


def zip_near(code: str) -> Zip | None:
    """The first ZIP code with the same three leading digits, which one state's mail shares."""
    return _zip(code[:3])


def _zip(start: str) -> Zip | None:
    for code, county, locality, share, method in lines("zips.tsv", start):
        return Zip(code, county, locality, int(share), method)
    return None


def county_of(fips: str) -> County:
    """A county by its five-digit FIPS code, which must be in the tables."""
    return County(*next(lines("counties.tsv", f"{fips}\t")))
