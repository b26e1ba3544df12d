"""Make rules/places/*.tsv from a folder of Census, OMB, USPS, OPM and BEA extracts.

`python tools/places.py DATA_DIR RULES_DIR` writes the tables, the same bytes each time; with `--check` it
compares every row of the extracts with what the program reads it as, and prints the counts. DATA_DIR holds
`places/` and `oews/`; SOURCES in rules/places/README.md says what they are.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from ehrpay.places.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Row = dict[str, str]


def sheet(data: Path, name: str) -> list[Row]:
    """The rows of one CSV."""
    with (data / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


class World:
    """The extracts, joined: every county's wage area and locality."""

    def __init__(self, data: Path) -> None:
        """Read and join."""
        self.counties = sheet(data, "places/counties.csv")
        self.cities = sheet(data, "places/cities.csv")
        self.cbsas = sheet(data, "places/places.csv")
        self.zips = sheet(data, "places/zip_cbsa.csv")
        self.towns = {row["cousub_geoid"]: row for row in sheet(data, "places/ct_towns.csv")}
        self.legacy = sheet(data, "places/ct_legacy_counties.csv")
        self.other_names = sheet(data, "places/city_alt.csv")
        self.localities = sheet(data, "places/gs_localities.csv")
        self.parities = [*sheet(data, "places/rpp_metro.csv"), *sheet(data, "places/rpp_state.csv")]
        states = sheet(data, "places/rpp_state.csv")
        self.state_names = {row["state"]: row["name"] for row in states} | {"PR": "Puerto Rico"}
        self.nonmetros: dict[str, str] = {}
        by_name: dict[tuple[str, str], str] = {}
        for row in sheet(data, "oews/area_counties.csv"):
            by_name[row["state"], folded(row["county_or_town"])] = row["area"]
            if len(row["area"]) > len("12345"):
                self.nonmetros[row["area"]] = row["area_name"]
        self.area = {row["county_fips"]: self._area(row, by_name) for row in self.counties}
        self.locality = {row["county_fips"]: row["gs_locality"] for row in self.counties}

    @staticmethod
    def _area(row: Row, by_name: dict[tuple[str, str], str]) -> str:
        if row["cbsa_type"] == "metro":
            return row["cbsa_code"]
        return by_name.get((row["state"], folded(row["county"])), "")

    def only(self, values: Iterable[str]) -> str:
        """The one value all share; empty text if they differ."""
        found = set(values)
        return found.pop() if len(found) == 1 else ""


def names(world: World) -> Iterator[tuple[str, ...]]:
    """Every name: key, kind, state, name, county, CBSA, wage area, locality, population, note."""
    yield from _states(world)
    for row in world.counties:
        name = f"{row['county']}, {row['state']}"
        place = (row["county_fips"], row["cbsa_code"], world.area[row["county_fips"]], row["gs_locality"])
        yield (
            folded(row["county"]),
            "county",
            row["state"],
            name,
            *place,
            row["population_2023"],
            row["note"],
        )
    for row in world.legacy:
        note = "a county of Connecticut until 2022; wage areas follow the planning regions, so give a town"
        name = f"{row['county']}, CT"
        yield (
            folded(row["county"]),
            "county",
            "CT",
            name,
            row["county_fips"],
            "",
            "",
            row["gs_locality"],
            "0",
            note,
        )
    yield from _cities(world)
    yield from _cbsas(world)
    yield from _nonmetros(world)


def _states(world: World) -> Iterator[tuple[str, ...]]:
    for code, name in world.state_names.items():
        if code == "US":
            continue
        of_it = [row for row in world.counties if row["state"] == code]
        locality = world.only(row["gs_locality"] for row in of_it)
        people = str(sum(int(row["population_2023"] or 0) for row in of_it))
        for key in (folded(name), code.lower()):
            yield (key, "state", code, name, "", "", "", locality, people, "")


def _cities(world: World) -> Iterator[tuple[str, ...]]:
    other = defaultdict(list)
    for row in world.other_names:
        other[row["geoid"]].append(row["alt_name"])
    for row in world.cities:
        area = world.area.get(row["county_fips"], "") or row["cbsa_code"]
        place = (row["county_fips"], row["cbsa_code"], area, row["gs_locality"], row["population_2023"], "")
        for name in (row["name"], *other[row["geoid"]]):
            yield (folded(name), "city", row["state"], f"{name}, {row['state']}", *place)
    known = {row["geoid"] for row in world.cities}
    for geoid, row in world.towns.items():
        if geoid not in known:
            region = row["planning_region_fips"]
            place = (
                region,
                row["cbsa_code"],
                world.area[region],
                row["gs_locality"],
                row["population_2023"],
                "",
            )
            yield (folded(row["town"]), "city", "CT", f"{row['town']}, CT", *place)


def _cbsas(world: World) -> Iterator[tuple[str, ...]]:
    inside = defaultdict(list)
    for row in world.counties:
        inside[row["cbsa_code"]].append(row)
    for row in world.cbsas:
        of_it = inside[row["cbsa_code"]]
        area = world.only(world.area[c["county_fips"]] for c in of_it)
        locality = world.only(c["gs_locality"] for c in of_it)
        state = row["states"].split("-")[0]
        rest = (
            row["type"],
            state,
            row["title"],
            "",
            row["cbsa_code"],
            area,
            locality,
            row["population_2023"],
            "",
        )
        title, _, states = row["title"].rpartition(", ")
        aliases = row["aliases"].split("|") if row["aliases"] else []
        for key in sorted(
            {folded(k) for k in (row["cbsa_code"], row["title"], f"{title} {states}", title, *aliases)}
        ):
            yield (key, *rest)


def _nonmetros(world: World) -> Iterator[tuple[str, ...]]:
    for code, name in world.nonmetros.items():
        of_it = [row for row in world.counties if world.area[row["county_fips"]] == code]
        state = world.only(row["state"] for row in of_it)
        locality = world.only(row["gs_locality"] for row in of_it)
        people = str(sum(int(row["population_2023"] or 0) for row in of_it))
        short = name.removesuffix(" nonmetropolitan area")
        for key in sorted({code, folded(name), folded(short)}):
            yield (key, "nonmetro", state, name, "", "", code, locality, people, "")


def zips(world: World) -> Iterator[tuple[str, ...]]:
    """ZIP, state, county, CBSA, wage area, locality, share in per cent, method."""
    for row in world.zips:
        share = str(round(float(row["cbsa_pop_share"] or 1) * 100))
        area = world.area.get(row["county_fips"], "")
        place = (row["county_fips"], row["cbsa_code"], area, row["gs_locality"])
        yield (row["zip"], row["state"], *place, share, row["method"])


def areas(world: World) -> Iterator[tuple[str, ...]]:
    """Code and title of every CBSA and nonmetropolitan area."""
    yield from ((row["cbsa_code"], row["title"]) for row in world.cbsas)
    yield from world.nonmetros.items()


def parities(world: World) -> Iterator[tuple[str, ...]]:
    """Code and price parity of 2024 in thousandths: CBSA, state, `CO-nonmetro`."""
    codes = {row["geofips"][:2]: row["state"] for row in world.parities if "geofips" in row}
    for row in world.parities:
        if row["year"] != "2024":
            continue
        value = str(round(float(row["rpp_all_items"]) * 1000))
        if "geofips" in row:
            yield (row["state"], value)
        elif row["kind"] == "msa":
            yield (row["geo_code"], value)
        elif row["kind"] == "state_nonmetro":
            yield (f"{codes[row['geo_code'][:2]]}-nonmetro", value)


def tables(data: Path) -> dict[str, str]:
    """Every table's text by its name."""
    world = World(data)
    made = {
        "names.tsv": names(world),
        "zips.tsv": zips(world),
        "areas.tsv": areas(world),
        "counties.tsv": ((row["county_fips"], f"{row['county']}, {row['state']}") for row in world.counties),
        "localities.tsv": ((row["code"], row["name"]) for row in world.localities),
        "parities.tsv": parities(world),
    }
    return {name: _text(rows) for name, rows in made.items()}


def _text(rows: Iterable[tuple[str, ...]]) -> str:
    lines = sorted({"\t".join(row) for row in rows}, key=lambda line: line.encode())
    return "".join(f"{line}\n" for line in lines)


def check(data: Path) -> int:
    """Read every row of the extracts as a user would type it; the number that come out otherwise."""
    from ehrpay.errors import UsageError
    from ehrpay.places.resolve import resolve

    world = World(data)
    asked: dict[str, Iterator[tuple[str, str, str]]] = {
        "ZIPs": ((r["zip"], world.area.get(r["county_fips"], ""), r["gs_locality"]) for r in world.zips),
        "CBSA titles": ((r["title"], "", "") for r in world.cbsas),
        "CBSA codes": ((f"cbsa {r['cbsa_code']}", "", "") for r in world.cbsas),
        "cities": (
            (
                f"{r['name']}, {r['state']}",
                world.area.get(r["county_fips"], "") or r["cbsa_code"],
                r["gs_locality"],
            )
            for r in world.cities
        ),
        "Connecticut towns": (
            (f"{r['town']}, CT", world.area[r["planning_region_fips"]], r["gs_locality"])
            for r in world.towns.values()
        ),
        "nonmetropolitan areas": ((name, code, "") for code, name in world.nonmetros.items()),
    }
    wrong = 0
    for what, rows in asked.items():
        counts: dict[str, int] = defaultdict(int)
        for text, area, locality in rows:
            try:
                place = resolve(text)
                right = (not area or place.area == area) and (not locality or place.locality == locality)
                counts["right" if right else "wrong"] += 1
                if not right:
                    print(f"  {what}: {text}: {place.area} {place.locality}, expected {area} {locality}")
            except UsageError as error:
                counts["ambiguous" if "could be" in str(error) else "unknown"] += 1
                if "could be" not in str(error):
                    print(f"  {what}: {text}: {error}")
        wrong += counts["wrong"] + counts["unknown"]
        print(what, dict(counts))
    return wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the tables, or check them."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    checking = "--check" in given
    data, rules = (Path(name) for name in given if name != "--check")
    if checking:
        return 1 if check(data) else 0
    for name, text in tables(data).items():
        (rules / "places" / name).write_text(text, "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
