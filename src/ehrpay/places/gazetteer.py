"""The shipped tables of places: sorted text, looked up by bisection, so that none is loaded to find one line.

`rules/places/README.md` says what each table holds and where it comes from.
"""

from __future__ import annotations

import mmap
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ehrpay.shipped import folder

if TYPE_CHECKING:
    from collections.abc import Iterator


class Entry(NamedTuple):
    """One meaning of a name: what it is, and where it lies. Empty text where the place does not settle it."""

    key: str
    kind: str
    state: str
    name: str
    county: str
    cbsa: str
    area: str
    locality: str
    population: int
    note: str


class Zip(NamedTuple):
    """One ZIP code; `share` is the part of its people in this area, in per cent."""

    code: str
    state: str
    county: str
    cbsa: str
    area: str
    locality: str
    share: int
    method: str


@cache
def _table(name: str) -> mmap.mmap:
    with (folder() / "places" / name).open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _found(name: str, key: str) -> Iterator[list[str]]:
    """The cells of every line whose first cell is the key, in the table's order."""
    data = _table(name)
    wanted = f"{key}\t".encode()
    low, high = 0, len(data)
    while low < high:
        start = data.rfind(b"\n", 0, (low + high) // 2) + 1
        start = max(start, low)
        end = data.find(b"\n", start)
        if data[start : start + len(wanted)] < wanted:
            low = end + 1
        else:
            high = start
    while data[low : low + len(wanted)] == wanted:
        end = data.find(b"\n", low)
        yield data[low:end].decode().split("\t")
        low = end + 1


def _entry(cells: list[str]) -> Entry:
    key, kind, state, name, county, cbsa, area, locality, population, note = cells
    return Entry(key, kind, state, name, county, cbsa, area, locality, int(population or 0), note)


def named(key: str) -> list[Entry]:
    """Every meaning of a folded name, largest first."""
    return sorted(map(_entry, _found("names.tsv", key)), key=lambda entry: -entry.population)


def zip_code(code: str) -> Zip | None:
    """A five-digit ZIP code."""
    for cells in _found("zips.tsv", code):
        _, state, county, cbsa, area, locality, share, method = cells
        return Zip(code, state, county, cbsa, area, locality, int(share), method)
    return None


def area_name(code: str) -> str:
    """The title of a CBSA or nonmetropolitan area; its code where it has none."""
    return next((cells[1] for cells in _found("areas.tsv", code)), code)


def county_name(fips: str) -> str:
    """A county's name with its state, as in `Denver County, CO`."""
    return next((cells[1] for cells in _found("counties.tsv", fips)), fips)


def locality_name(code: str) -> str:
    """A locality pay area's name."""
    return next((cells[1] for cells in _found("localities.tsv", code)), code)


def parity(code: str) -> int | None:
    """The price parity of an area or a state (`CO`, `CO-nonmetro`), in thousandths, United States = 100,000."""
    return next((int(cells[1]) for cells in _found("parities.tsv", code)), None)


def every_name() -> Iterator[Entry]:
    """All names, for near misses: read whole, so only when something went wrong."""
    for line in _table("names.tsv")[:].decode().splitlines():
        yield _entry(line.split("\t"))
