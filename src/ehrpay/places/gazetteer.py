"""The shipped tables of places: sorted text, looked up by bisection, so that none is loaded to find one line.

`rules/places/README.md` describes each table and its sources.
"""

from __future__ import annotations

import mmap
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ehrpay.domain.place import CBSA_DIGITS, Place
from ehrpay.named_tuple import NamedTuple
from ehrpay.places.spelling import folded
from ehrpay.shipped import folder
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

AREAS = ("metro", "micro", "nonmetro")
NATION = 100_000
COMPLETED = 30
"""So many places that begin as typed are offered."""


class Entry(NamedTuple):
    """One meaning of a name: its kind and where it lies. Empty text where the place doesn't determine it."""

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


class County(NamedTuple):
    """A county, as in `Denver County, CO`, its CBSA (may be empty) and its wage area."""

    fips: str
    name: str
    state: str
    cbsa: str
    area: str


class Zip(NamedTuple):
    """One ZIP code; `share` is the part of its people in this area, in whole percent, rounded down."""

    code: str
    county: str
    locality: str
    share: int
    method: str


@cache
def _table(name: str) -> mmap.mmap | bytes:
    path = folder() / "places" / name
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # a file system that can't map files
        return path.read_bytes()


def lines(name: str, start: str) -> Iterator[list[str]]:
    """The cells of every line with this start, in the table's order."""
    data = _table(name)
    wanted = start.encode()
    low, high = 0, len(data)
    # `low` and `high` are always starts of lines: those before `low` sort below `start`, those from `high` on don't.
    while low < high:
        line = max(data.rfind(b"\n", 0, (low + high) // 2) + 1, low)
        if data[line : line + len(wanted)] < wanted:
            low = data.find(b"\n", line) + 1
        else:
            high = line
    while data[low : low + len(wanted)] == wanted:
        end = data.find(b"\n", low)
        yield data[low:end].decode().split("\t")
        low = end + 1


@lru_cache(maxsize=1_000)  # whoever lives in a place lives in its area and its locality
def _name(table: str, code: str) -> str:
    return next((cells[1] for cells in lines(table, f"{code}\t")), code)


def _entry(cells: list[str]) -> Entry:
    key, kind, state, name, county, cbsa, area, locality, population, note = cells
    return Entry(key, kind, state, name, county, cbsa, area, locality, int(population or 0), note)


@lru_cache(maxsize=1_000)  # one place asks for its state's name again and again
def named(key: str) -> tuple[Entry, ...]:
    """Every meaning of a folded name, largest first."""
    return tuple(sorted(map(_entry, lines("names.tsv", f"{key}\t")), key=lambda entry: -entry.population))


def state_named(key: str) -> Entry | None:
    """The state of a folded name, code or abbreviation."""
    return next((entry for entry in named(key) if entry.kind == "state"), None)


def area_name(code: str) -> str:
    """The title of a CBSA or nonmetropolitan area; its code where it has none."""
    return _name("areas.tsv", code)


def locality_name(code: str) -> str:
    """A locality pay area's name; its code where it has none."""
    return _name("localities.tsv", code)


def localities() -> Iterator[list[str]]:
    """The code and the name of every locality pay area."""
    return (line.split("\t")[:2] for line in _table("localities.tsv")[:].decode().splitlines())


def entry_place(typed: str, entry: Entry, notes: Sequence[str] = ()) -> Place:
    """The place of one meaning of a name."""
    notes = [*notes, *([entry.note] if entry.note else [])]
    if entry.kind in AREAS and not entry.note:
        if not entry.locality:
            notes.append("spans more than one locality pay area: give a city or county for federal pay")
        if not entry.area:
            notes.append("spans more than one wage area: give a city or county")
    return Place(
        query=clean(typed),
        kind=entry.kind,
        name=entry.name,
        state=entry.state or None,
        county=entry.county or None,
        cbsa=entry.cbsa or None,
        area=entry.area or None,
        area_name=area_name(entry.area) if entry.area else None,
        locality=entry.locality or None,
        locality_name=locality_name(entry.locality) if entry.locality else None,
        population=entry.population or None,
        notes=tuple(notes),
    )


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


def price_parity(place: Place) -> int | None:
    """BEA's regional price parity of 2024 in thousandths, United States = 100,000.

    The metro's, else that of the state's nonmetropolitan part, else the state's; None where BEA has none
    (Puerto Rico, the territories).
    """
    if place.kind == "nation":
        return NATION
    if place.area is not None and len(place.area) == CBSA_DIGITS:
        return area_parity(place.area)
    if place.state is None:
        return None
    rural = place.area is not None or place.kind == "nonmetro"
    nonmetro = area_parity(f"{place.state}-nonmetro") if rural else None
    return area_parity(place.state) if nonmetro is None else nonmetro


def area_parity(code: str) -> int | None:
    """The same by the code of a metropolitan area, a state or its nonmetropolitan part."""
    return next((int(cells[1]) for cells in lines("parities.tsv", f"{code}\t")), None)


@cache
def names_by_letter() -> dict[str, list[str]]:
    """Every folded name once, by its first letter: reads the whole table, so only for error messages."""
    names: dict[str, dict[str, None]] = {}
    for line in _table("names.tsv")[:].splitlines():
        key = line[: line.index(b"\t")].decode()
        names.setdefault(key[0], {})[key] = None
    return {letter: list(keys) for letter, keys in names.items()}


def beginning(text: str) -> Mapping[str, str]:
    """The largest places whose name begins like this, whatever its case, each with its kind; none for no text."""
    from heapq import nlargest

    typed, key = text.casefold(), folded(text.partition(",")[0])
    if not key:
        return {}
    sizes: dict[tuple[str, str], int] = {}
    for _, kind, _, name, *_, population, _ in lines("names.tsv", key):
        if name.casefold().startswith(typed):
            sizes[name, kind] = int(population or 0)
    return dict(nlargest(COMPLETED, sizes, key=sizes.__getitem__))
