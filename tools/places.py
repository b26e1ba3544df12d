"""Make rules/places/*.tsv from a folder of Census, OMB, USPS, OPM and BEA extracts.

`python tools/places.py DATA_DIR RULES_DIR` writes the tables, the same bytes each time; with `--check` it
compares every row of the extracts with what the program reads it as, and prints the counts. DATA_DIR holds
`places/` and `oews/`; SOURCES in rules/places/README.md says what they are.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from ehrpay.places.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Row = dict[str, str]

# As the Government Publishing Office's style manual and plain habit shorten them; the codes come from the data.
ABBREVIATIONS = """
AL ala|AZ ariz|AR ark|CA calif|CO colo|CT conn|DC d c|FL fla|ID ida|IL ill|IN ind|KS kan|KS kans|MA mass|MI mich
MN minn|MS miss|MT mont|NE neb|NE nebr|NV nev|NH n h|NH n hampshire|NJ n j|NJ n jersey|NM n m|NM n mex|NM nmex|NY n y
NC n c|NC n carolina|ND n d|ND n dak|ND ndak|ND n dakota|OK okla|OR ore|OR oreg|PA penn|PA penna|RI r i|SC s c
SC s carolina|SD s d|SD s dak|SD sdak|SD s dakota|TN tenn|TX tex|WA wash|WV w va|WV wva|WV w v|WV w virginia
WI wis|WI wisc|WY wyo|VI us virgin islands|VI virgin islands|MP cnmi
"""

# Names of two areas at once, which are then listed; common knowledge, as are the aliases of the extract.
SHARED_NAMES = {"39580": ("raleigh durham",), "20500": ("raleigh durham",)}

# Rest of U.S. takes in the territories (76 FR 32859); BLS's wage areas are as in the geography of 2025.
TERRITORIES = {
    "AS": ("American Samoa", ""),
    "GU": ("Guam", "6600001"),
    "MP": ("Northern Mariana Islands", ""),
    "VI": ("U.S. Virgin Islands", "7800001"),
}
# What the military's lists shorten; common knowledge.
SHORTENED = {
    "ACH": "Army Community Hospital",
    "AMC": "Army Medical Center",
    "NH": "Naval Hospital",
    "NMC": "Naval Medical Center",
    "AFB": "Air Force Base",
}
UNNAMED = "not named in the listing"
OUTSIDE = "BLS's national wages leave the territories out; federal pay is that of Rest of U.S."
DISTRICT = "the District is read as the city of Washington: its metropolitan area's wages are used"


def sheet(data: Path, name: str) -> list[Row]:
    """The rows of one CSV."""
    with (data / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


class World:
    """The extracts, joined: every county's wage area, and every locality met in a county, area or state."""

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
        self.facilities = sheet(data, "places/federal_facilities.csv")
        self.parities = [*sheet(data, "places/rpp_metro.csv"), *sheet(data, "places/rpp_state.csv")]
        states = sheet(data, "places/rpp_state.csv")
        self.state_names = {row["state"]: row["name"] for row in states if row["state"] != "US"} | {
            "PR": "Puerto Rico"
        }
        self.nonmetros: dict[str, str] = {}
        by_name: dict[tuple[str, str], str] = {}
        for row in sheet(data, "oews/area_counties.csv"):
            by_name[row["state"], folded(row["county_or_town"])] = row["area"]
            if len(row["area"]) > len("12345"):
                self.nonmetros[row["area"]] = row["area_name"]
        self.area = {row["county_fips"]: self._area(row, by_name) for row in self.counties}
        self.localities_of = {row["county_fips"]: {row["gs_locality"]} for row in self.counties}
        for town in self.towns.values():
            # OPM's areas follow the old counties, so a planning region may lie in two.
            self.localities_of[town["planning_region_fips"]].add(town["gs_locality"])

    @staticmethod
    def _area(row: Row, by_name: dict[tuple[str, str], str]) -> str:
        area = by_name[row["state"], folded(row["county"])]
        if (row["cbsa_type"] == "metro" or len(area) == len("12345")) and area != row["cbsa_code"]:
            raise ValueError(f"{row['county']}, {row['state']}: CBSA {row['cbsa_code']}, wage area {area}")
        return area

    def locality(self, counties: Iterable[Row]) -> str:
        """The one locality all the counties lie in; empty text if there are more."""
        return only(code for row in counties for code in self.localities_of[row["county_fips"]])


def only(values: Iterable[str]) -> str:
    """The one value all share; empty text if they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def people(counties: Iterable[Row]) -> str:
    """The people of all the counties."""
    return str(sum(int(row["population_2023"] or 0) for row in counties))


def names(world: World) -> Iterator[tuple[str, ...]]:
    """Every name: key, kind, state, name, county, CBSA, wage area, locality, population, note."""
    yield from _states(world)
    yield from _rural(world)
    yield from _counties(world)
    yield from _cities(world)
    yield from _cbsas(world)
    yield from _nonmetros(world)
    yield from _facilities(world)


def _states(world: World) -> Iterator[tuple[str, ...]]:
    short = defaultdict(list)
    for pair in ABBREVIATIONS.replace("\n", "|").strip("|").split("|"):
        short[pair[:2]].append(pair[3:])
    for code, name in world.state_names.items():
        of_it = [row for row in world.counties if row["state"] == code]
        rest = (world.locality(of_it), people(of_it))
        yield (folded(name), "state", code, name, "", "", "", *rest, "")
        area, cbsa, note = "", "", ""
        if code == "DC":
            # The initials mean the city, whose wages are the metropolitan area's; the name means the District.
            area, cbsa, note = world.area[of_it[0]["county_fips"]], of_it[0]["cbsa_code"], DISTRICT
        for key in (code.lower(), *short[code]):
            yield (key, "state", code, name, "", cbsa, area, *rest, note)
    for code, (name, area) in TERRITORIES.items():
        for key in (folded(name), code.lower(), *short[code]):
            yield (key, "state", code, name, "", "", area, "RUS", "0", OUTSIDE)


def _rural(world: World) -> Iterator[tuple[str, ...]]:
    """`rural co`: the nonmetropolitan counties of a state, with their wage area if it is one."""
    for code, name in world.state_names.items():
        inside = {row["county_fips"]: row for row in world.counties if row["state"] == code}
        of_it = [row for fips, row in inside.items() if world.area[fips] in world.nonmetros]
        if not of_it:
            continue
        found = {world.area[row["county_fips"]] for row in of_it}
        area = only(found)
        several = f"{name} has {len(found)} nonmetropolitan areas: the state stands in; give a county for one"
        note = "" if area else several
        title = world.nonmetros.get(area, f"rural {name}")
        rest = ("nonmetro", code, title, "", "", area, world.locality(of_it), people(of_it), note)
        for key in (f"rural {code.lower()}", f"rural {folded(name)}"):
            yield (key, *rest)


def _counties(world: World) -> Iterator[tuple[str, ...]]:
    for row in world.counties:
        fips, locality = row["county_fips"], world.locality([row])
        where = (fips, row["cbsa_code"], world.area[fips], locality, row["population_2023"])
        several = " and ".join(sorted(world.localities_of[fips]))
        note = "" if locality else f"lies in the locality pay areas {several}: give a town for federal pay"
        name, state = row["county"], row["state"]
        yield (folded(name), "county", state, f"{name}, {state}", *where, note)
    for row in world.legacy:
        note = "a county of Connecticut until 2022; wage areas follow the planning regions, so give a town"
        where = (row["county_fips"], "", "", row["gs_locality"], "0")
        yield (folded(row["county"]), "county", "CT", f"{row['county']}, CT", *where, note)


def _cities(world: World) -> Iterator[tuple[str, ...]]:
    other = defaultdict(list)
    for row in world.other_names:
        other[row["geoid"]].append(row["alt_name"])
    for row in world.cities:
        where = (row["county_fips"], row["cbsa_code"], world.area[row["county_fips"]], row["gs_locality"])
        for name in (row["name"], *other[row["geoid"]]):
            listed = f"{name}, {row['state']}"
            yield (folded(name), "city", row["state"], listed, *where, row["population_2023"], "")
    known = {row["geoid"] for row in world.cities}
    for geoid, row in world.towns.items():
        if geoid not in known:
            region, town = row["planning_region_fips"], row["town"]
            where = (region, row["cbsa_code"], world.area[region], row["gs_locality"])
            yield (folded(town), "city", "CT", f"{town}, CT", *where, row["population_2023"], "")


def _cbsas(world: World) -> Iterator[tuple[str, ...]]:
    inside = defaultdict(list)
    for row in world.counties:
        inside[row["cbsa_code"]].append(row)
    for row in world.cbsas:
        of_it = inside[row["cbsa_code"]]
        area = only(world.area[county["county_fips"]] for county in of_it)
        place = (row["type"], row["states"].split("-")[0], row["title"], "", row["cbsa_code"], area)
        for key in _titles(row):
            yield (key, *place, world.locality(of_it), row["population_2023"], "")


def _titles(row: Row) -> list[str]:
    """A CBSA's code, title and nicknames; its first two cities are a title too, with and without the states."""
    title, _, states = row["title"].rpartition(", ")
    cities = title.replace("--", "-").split("-")
    short = "-".join(cities[:2]) if len(cities) > 2 and "/" not in title else title  # noqa: PLR2004
    aliases = row["aliases"].split("|") if row["aliases"] else ()
    keys = {row["cbsa_code"], *aliases, *SHARED_NAMES.get(row["cbsa_code"], ())}
    for name in (title, short):
        keys |= {name, f"{name} {states}", *(f"{name} {state}" for state in states.split("-"))}
    return sorted(map(folded, keys))


def _nonmetros(world: World) -> Iterator[tuple[str, ...]]:
    inside = defaultdict(list)
    for row in world.counties:
        inside[world.area[row["county_fips"]]].append(row)
    for code, name in world.nonmetros.items():
        of_it = inside[code]
        # The territories are not among the counties.
        state = only(row["state"] for row in of_it) or "".join(s for s, t in TERRITORIES.items() if code in t)
        locality, note = (world.locality(of_it), "") if of_it else ("RUS", OUTSIDE)
        place = ("nonmetro", state, name, "", "", code, locality, people(of_it), note)
        for key in sorted({code, folded(name), folded(name.removesuffix(" nonmetropolitan area"))}):
            yield (key, *place)


def _facilities(world: World) -> Iterator[tuple[str, ...]]:
    """Federal hospitals and clinics: by the place that postings name, unless a city has that name, and by their own."""
    cities = {(row[0], row[2]) for row in (*_cities(world), *_cbsas(world))}
    seen: set[tuple[str, ...]] = set()
    for row in world.facilities:
        state = row["state"]
        place = row["place_as_posted"].rpartition(", ")[0]
        named = [] if UNNAMED in row["facility"] else row["facility"].split("; ")
        site = f"a federal site ({named[0]})" if named else "a federal site"
        listed = [(key, place, site) for key in _spelled(place) if (key, state) not in cities]
        listed += [(key, name, "") for name in named for key in _spelled(name)]
        where = _where(world, row)
        for key, name, note in listed:
            if (key, state, *where) not in seen:
                seen.add((key, state, *where))
                yield (key, "facility", state, f"{name}, {state}", *where, "", _doubt(row, note))


def _spelled(name: str) -> list[str]:
    """A name's keys: as written, without what is in parentheses, and with the words written out that are shortened."""
    short = re.sub(r" \([^)]*\)", "", name)
    whole = " ".join(SHORTENED.get(word, word) for word in short.split())
    brief = short.replace("Air Force Base", "AFB")
    return sorted({folded(text) for text in (name, short, whole, brief)})


def _where(world: World, row: Row) -> tuple[str, str, str, str]:
    """The county, CBSA, wage area and locality of a facility."""
    fips = row["county_fips"]
    area = world.area[fips] if fips else TERRITORIES.get(row["state"], ("", ""))[1]
    return fips, row["cbsa"], area, row["gs_locality"]


def _doubt(row: Row, note: str) -> str:
    """The note, and what is not known of a facility's place."""
    if row["state"] in TERRITORIES:
        return OUTSIDE
    if not row["county_fips"]:
        return "its county is not known: the state stands in; give a city near it"
    return (
        note
        if row["gs_locality"]
        else "its locality pay area is in doubt: give a city near it for federal pay"
    )


def counties(world: World) -> Iterator[tuple[str, ...]]:
    """FIPS code, name with state, state, CBSA, wage area; the old counties of Connecticut have no wage area."""
    for row in world.counties:
        fips, state = row["county_fips"], row["state"]
        yield (fips, f"{row['county']}, {state}", state, row["cbsa_code"], world.area[fips])


def zips(world: World) -> Iterator[tuple[str, ...]]:
    """ZIP, county, locality, share in whole per cent rounded down, method."""
    known = {row["county_fips"]: row for row in world.counties}
    for row in world.zips:
        county = known[row["county_fips"]]
        if (county["state"], county["cbsa_code"]) != (row["state"], row["cbsa_code"]):
            raise ValueError(f"ZIP {row['zip']} is not where its county is")
        share = str(int((row["cbsa_pop_share"] or "1.000").replace(".", "")) // 10)
        yield (row["zip"], row["county_fips"], row["gs_locality"], share, row["method"])


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
        "counties.tsv": counties(world),
        "localities.tsv": ((row["code"], row["name"]) for row in world.localities),
        "parities.tsv": parities(world),
    }
    return {name: _text(rows) for name, rows in made.items()}


def _text(rows: Iterable[tuple[str, ...]]) -> str:
    lines = sorted({"\t".join(row) for row in rows}, key=lambda line: line.encode())
    return "".join(f"{line}\n" for line in lines)


Question = tuple[str, str, str, str]
"""A text, the other text if that could be several places, and the wage area and locality it must give."""


def questions(world: World) -> Iterator[tuple[str, Iterator[Question]]]:
    """Every row of the extracts as a user would type it, straight from the CSVs."""
    county = {row["county_fips"]: row for row in world.counties}

    def listed(name: str, row: Row, fips: str) -> Question:
        state = county[fips]["state"]
        other = f"{name}, {county[fips]['county']}, {state}"
        return f"{name}, {state}", other, world.area[fips], row["gs_locality"]

    yield "cities", (listed(row["name"], row, row["county_fips"]) for row in world.cities)
    towns = world.towns.values()
    yield "Connecticut towns", (listed(row["town"], row, row["planning_region_fips"]) for row in towns)
    yield (
        "ZIPs",
        ((r["zip"], f"zip {r['zip']}", world.area[r["county_fips"]], r["gs_locality"]) for r in world.zips),
    )
    codes = {row["cbsa_code"]: row["cbsa_code"] if row["type"] == "metro" else "" for row in world.cbsas}
    yield "CBSA codes", ((code, f"cbsa {code}", area, "") for code, area in codes.items())
    yield "CBSA titles", ((r["title"], "", codes[r["cbsa_code"]], "") for r in world.cbsas)
    yield "nonmetropolitan areas", ((name, "", code, "") for code, name in world.nonmetros.items())
    yield "nonmetropolitan codes", ((code, "", code, "") for code in world.nonmetros)
    yield "states", ((text, "", "", "") for pair in world.state_names.items() for text in pair)
    yield (
        "counties",
        (
            (f"{r['county']}, {r['state']}", "", world.area[r["county_fips"]], world.locality([r]))
            for r in world.counties
        ),
    )
    sites = [r for r in world.facilities if r["county_fips"]]
    other = [_where(world, r) for r in sites]
    yield (
        "federal sites",
        ((r["place_as_posted"], "", at[2], at[3]) for r, at in zip(sites, other, strict=True)),
    )
    yield (
        "federal facilities",
        (
            (r["facility"], f"{r['facility']}, {r['state']}", at[2], at[3])
            for r, at in zip(sites, other, strict=True)
            if UNNAMED not in r["facility"] and ";" not in r["facility"]
        ),
    )


def check(data: Path) -> int:
    """Read every row of the extracts as a user would type it; the number that come out otherwise."""
    wrong = 0
    for what, asked in questions(World(data)):
        counts: Counter[str] = Counter()
        for question in asked:
            outcome = _asked(*question)
            counts[outcome] += 1
            if outcome.startswith("wrong"):
                print(f"  {what}: {question}")
        wrong += sum(count for outcome, count in counts.items() if outcome.startswith("wrong"))
        print(what, dict(counts))
    return wrong


def _asked(text: str, other: str, area: str, locality: str) -> str:
    from ehrpay.errors import UsageError
    from ehrpay.places.resolve import resolve

    for way, typed in (("right", text), ("right once its county or kind is said", other)):
        try:
            place = resolve(typed)
        except UsageError:
            continue
        if area in ("", place.area) and locality in ("", place.locality):
            return way
        if not (way == "right" and any(note.startswith("read as") for note in place.notes)):
            return "wrong"
    return "wrong: refused"


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
