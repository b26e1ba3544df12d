"""The shipped tables of places: sorted text, looked up by bisection, so that none is loaded to find one line.

`rules/places/README.md` says what each table holds and where it comes from.
"""

from __future__ import annotations

import mmap
from functools import cache
from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple
from ehrpay.shipped import folder

if TYPE_CHECKING:
    from collections.abc import Iterator

AREAS = ("metro", "micro", "nonmetro")


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


@cache
def _table(name: str) -> mmap.mmap | bytes:
    path = folder() / "places" / name
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # a file system that can't map: the bytes do as well
        return path.read_bytes()


def lines(name: str, start: str) -> Iterator[list[str]]:
    """The cells of every line that starts so, in the table's order."""
    data = _table(name)
    wanted = start.encode()
    low, high = 0, len(data)
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


def _name(table: str, code: str) -> str:
    return next((cells[1] for cells in lines(table, f"{code}\t")), code)


def _entry(cells: list[str]) -> Entry:
    key, kind, state, name, county, cbsa, area, locality, population, note = cells
    return Entry(key, kind, state, name, county, cbsa, area, locality, int(population or 0), note)


def named(key: str) -> list[Entry]:
    """Every meaning of a folded name, largest first."""
    return sorted(map(_entry, lines("names.tsv", f"{key}\t")), key=lambda entry: -entry.population)


def state_named(key: str) -> Entry | None:
    """The state of a folded name, code or abbreviation."""
    return next((entry for entry in named(key) if entry.kind == "state"), None)


def area_name(code: str) -> str:
    """The title of a CBSA or nonmetropolitan area; its code where it has none."""
    return _name("areas.tsv", code)


def locality_name(code: str) -> str:
    """A locality pay area's name; its code where it has none."""
    return _name("localities.tsv", code)


def parity(code: str) -> int | None:
    """The price parity of an area or a state (`CO`, `CO-nonmetro`), in thousandths, United States = 100,000."""
    return next((int(cells[1]) for cells in lines("parities.tsv", f"{code}\t")), None)


@cache
def names_by_letter() -> dict[str, list[str]]:
    """Every folded name once, by its first letter: read whole, so only when something went wrong."""
    found: dict[str, dict[str, None]] = {}
    for line in _table("names.tsv")[:].splitlines():
        key = line[: line.index(b"\t")].decode()
        found.setdefault(key[0], {})[key] = None
    return {letter: list(keys) for letter, keys in found.items()}
