"""Every place in the shipped tables is read as what its own row says, however many there are."""

from __future__ import annotations

from collections import Counter
from functools import cache

from tests.each import each
from tests.examples import MANY, some

from ehrpay import shipped
from ehrpay.errors import UsageError
from ehrpay.places.resolve import resolve

FOLDER = shipped.folder() / "places"


@cache
def rows(name: str) -> list[list[str]]:
    """The cells of a table."""
    return [line.split("\t") for line in (FOLDER / name).read_text("utf-8").splitlines()]


Settled = tuple[str, str]


@cache
def counties() -> dict[str, list[str]]:
    return {row[0]: row for row in rows("counties.tsv")}


def settled(text: str) -> Settled:
    """The wage area and locality of a text."""
    place = resolve(text)
    return place.area or "", place.locality or ""


def test_tables_are_sorted_and_whole() -> None:
    """Bisection needs byte order; every line has all its cells."""
    widths = {
        "names.tsv": 10,
        "zips.tsv": 5,
        "areas.tsv": 2,
        "counties.tsv": 5,
        "localities.tsv": 2,
        "parities.tsv": 2,
    }
    for name, width in widths.items():
        lines = (FOLDER / name).read_bytes().splitlines()
        assert lines == sorted(set(lines)), name
        assert {len(line.split(b"\t")) for line in lines} == {width}, name


def test_tables_are_lean() -> None:
    """All of them together stay under 4 MB."""
    assert sum(path.stat().st_size for path in FOLDER.glob("*.tsv")) < 4_000_000


def test_every_zip() -> None:
    """39,962 ZIPs; the 401 that are also a CBSA code say so and are read with the word `zip`."""
    both = 0
    for code, fips, locality, *_ in some(rows("zips.tsv")):
        try:
            place = resolve(code)
        except UsageError as error:
            assert f"cbsa {code}" in str(error)  # noqa: PT017 - most are read, some are refused
            both += 1
            place = resolve(f"zip {code}")
        _, _, state, cbsa, area = counties()[fips]
        found = (place.kind, place.state, place.county, place.cbsa or "", place.area, place.locality)
        assert found == ("zip", state, fips, cbsa, area, locality)
    assert not MANY or both == 401


def test_every_city_and_connecticut_town() -> None:
    """Every city as `Name, ST`; where a larger one bears the name or none towers, with its county."""
    told = 0
    for _, kind, state, name, fips, _, area, locality, *_ in some(rows("names.tsv")):
        if kind != "city":
            continue
        try:
            place = resolve(name)
        except UsageError as error:
            assert "could be" in str(error), name  # noqa: PT017 - most are read, some are refused
            place = None
        if place is not None and (place.state, place.area, place.locality) == (state, area, locality):
            continue
        assert place is None or any(note.startswith("read as") for note in place.notes), name
        county = counties()[fips][1].rpartition(", ")[0]
        assert settled(f"{name.rpartition(', ')[0]}, {county}, {state}") == (area, locality), name
        told += 1
    assert not MANY or 400 < told < 600


def test_every_area_by_code_and_title() -> None:
    """All 935 CBSAs and 137 nonmetropolitan areas."""
    seen: Counter[str] = Counter()
    for key, kind, _, name, _, cbsa, area, locality, *_ in rows("names.tsv"):
        if kind not in ("metro", "micro", "nonmetro") or not key.isdigit():
            continue
        coded = resolve(f"cbsa {key}") if kind != "nonmetro" else resolve(key)
        titled = resolve(name)
        assert (coded.cbsa or "", coded.area or "", coded.locality or "") == (cbsa, area, locality)
        # A small area's title may be its one city's name: then the city answers, more exactly.
        assert coded.area is None or titled.area == coded.area, name
        assert titled.cbsa == coded.cbsa, name
        seen[kind] += 1
    assert seen == {"metro": 393, "micro": 542, "nonmetro": 137}


def test_every_state_by_code_and_name() -> None:
    """50 states, the District, Puerto Rico and four territories, in any case."""
    states = {row[2]: row[3] for row in rows("names.tsv") if row[1] == "state"}
    assert len(states) == 56
    for code, name in states.items():
        for text in (code, code.lower(), name, name.upper()):
            assert (resolve(text).kind, resolve(text).state) == ("state", code)


def test_every_county() -> None:
    """Every county by its full name and state."""
    for _, kind, state, name, county, _, area, locality, *_ in some(rows("names.tsv")):
        # The District is a state and its one county; its name is read as the state.
        if kind == "county" and state != "DC":
            place = resolve(name)
            assert (place.state, place.county) == (state, county), name
            assert (place.area or "", place.locality or "") == (area, locality)


@each(
    ("text", "area", "locality"),
    [
        ("Bristol, CT", "47930", "HAR"),
        ("Union, CT", "0900001", "HAR"),
        ("Voluntown, CT", "0900001", "HAR"),
        ("Windham, CT", "35980", "BOS"),
        ("Burlington, CT", "0900001", "HAR"),
        ("Hartland, CT", "0900001", "HAR"),
        ("Stamford, CT", "14860", "NY"),
        ("Sandusky, OH", "41780", "CLE"),
        ("Auburn, AL", "12220", None),
        ("York, PA", "49620", "DCB"),
        ("Carson City, NV", "16180", "SAC"),
        ("San Juan, PR", "41980", "RUS"),
    ],
)
def test_places_the_notes_warn_of(text: str, area: str, locality: str | None) -> None:
    """Connecticut by town, counties apart from their metro, areas in two localities, Puerto Rico."""
    place = resolve(text)
    assert place.area == area
    assert locality is None or place.locality == locality
