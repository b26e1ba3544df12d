"""Wages by occupation, for the nation and by area: BLS Occupational Employment and Wage Statistics (OEWS)."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from _rule_text import ADD_A_YEAR, head, quoted, row, scalar
from _sheets import Row, read_sheet
from ehrpay.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FIRST_YEAR = 2021
PERCENTILES = ("p10", "p25", "p50", "p75", "p90")
WAGES = ("employment", *PERCENTILES)
NATION = ("year", "soc", "title", "employment", "mean", *PERCENTILES)
STATE = ("year", "state", "soc", "employment", "mean", *PERCENTILES)
AREA = ("year", "cbsa", "name", "soc", "employment", "mean", *PERCENTILES)
RPP_STATE = ("geofips", "state", "name", "year", "rpp_all_items")

# Occupation -> (noisy, note). The order is the order of the file.
OCCUPATIONS: dict[str, tuple[bool, str]] = {
    "29-2072": (False, "Begins with May 2021; what came before counted other people."),
    "29-9021": (True, "About 38,000 workers, so area cells are few and rough (some repeat p75 as p90)."),
    "11-9111": (False, ""),
    "15-1211": (False, ""),
    "31-9094": (False, ""),
    "43-4071": (False, ""),
}

_NATION_HEAD = head(
    "National wages by occupation, all industries: BLS Occupational Employment and Wage Statistics (OEWS), May of "
    "each year, whole dollars a year. A wage is in force from the first day of its reference month.",
    "The predecessors of 29-2072 are left out on purpose. 29-2071 (to May 2018) and the hybrid 29-2098 (May 2019 "
    "and 2020, about 320,000 workers against 180,570) counted different people, so a jump from one to the next is "
    "a change of population and not of pay. The same holds for 29-9098 and 29-9021.",
    ADD_A_YEAR.format(command="oews"),
)
_DROPPED = (
    "null is a figure BLS did not publish. A row without a median is kept only when another percentile is there; "
    "rows without any percentile are dropped. An area and occupation that is not listed was not published."
)


class AreaKind(NamedTuple):
    """A file of area wages: its kind, the CSVs it comes from, its source ids and its head comment."""

    kind: str
    sheets: tuple[str, ...]
    column: str
    source: str
    about: str


STATES = AreaKind(
    "state",
    ("oews/oews_state_2024.csv", "oews/oews_state.csv"),
    "state",
    "oews-state",
    "State wages: BLS OEWS, May of each year, all industries, whole dollars a year. Puerto Rico from May 2025. "
    "Area figures are noisy: expect a median to move 6 to 8 % a year (one standard deviation). Nevada's row of May "
    "2024 for 29-2072 is the clearest case: its p75 and p90 equal those of the nation's Information sector, which "
    "looks like one employer.",
)
METROS = AreaKind(
    "metro",
    ("oews/oews_metro.csv",),
    "cbsa",
    "oews-metro",
    "Metropolitan wages: BLS OEWS, May of each year, all industries, whole dollars a year. Codes are the CBSA codes "
    "of OMB Bulletin 23-01. The figures were read from one copy; those of small areas are noisier than a state's.",
)
NONMETROS = AreaKind(
    "nonmetro",
    ("oews/oews_nonmetro_2024.csv", "oews/oews_metro.csv"),
    "cbsa",
    "oews-nonmetro",
    "Nonmetropolitan wages: BLS OEWS, May of each year, all industries, whole dollars a year. Codes are BLS's own, "
    "seven digits with a leading zero.",
)


def occupations(data: Path) -> str:
    """Return occupations.yaml: the national wages of each occupation, years ascending."""
    rows = [r for r in read_sheet(data, "oews/oews_national.csv", NATION) if r.number("year") >= FIRST_YEAR]
    rows.sort(key=lambda r: r.number("year"))
    return _NATION_HEAD + "occupations:\n" + "".join(_occupation(soc, rows) for soc in OCCUPATIONS)


def _occupation(soc: str, rows: Iterable[Row]) -> str:
    own = [r for r in rows if r.text("soc") == soc]
    if not own:
        raise DataError(f"oews/oews_national.csv: no row of occupation {soc}")
    noisy, note = OCCUPATIONS[soc]
    text = f"  - id: {quoted(soc)}\n    title: {scalar(own[-1].text('title'))}\n"
    text += f"    noisy: {str(noisy).lower()}\n" + (f"    note: {quoted(note)}\n" if note else "")
    return text + "    wages:\n" + "".join(_wage(year, soc, group) for year, group in _by_year(own))


def _wage(year: int, soc: str, group: list[Row]) -> str:
    if len(group) > 1:
        raise DataError(f"{group[1].where}: occupation {soc} has a second row for {year}")
    _rising(group[0])
    lines = [*dated(year, f"oews-{year}"), *(f"{name}: {group[0].number(name)}" for name in WAGES)]
    return "      - " + "\n        ".join(lines) + "\n"


def areas(data: Path, kind: AreaKind) -> str:
    """Return a file of areas/: the names of the areas, then one table a year, rows by area and occupation."""
    rows = sorted(_area_rows(data, kind), key=lambda r: _key(kind, r))
    for before, after in pairwise(rows):
        if _key(kind, before) == _key(kind, after):
            raise DataError(f"{after.where}: the same year, area and occupation as {before.where}")
    names = _state_names(data, rows) if kind is STATES else {r.text("cbsa"): r.text("name") for r in rows}
    about = head(kind.about, _DROPPED, ADD_A_YEAR.format(command="oews"))
    text = about + f"kind: {kind.kind}\nnames:\n"
    text += "".join(f"  {quoted(code)}: {scalar(name)}\n" for code, name in sorted(names.items()))
    return text + "tables:\n" + "".join(_table(kind, year, group) for year, group in _by_year(rows))


def _key(kind: AreaKind, line: Row) -> tuple[int, str, str]:
    return line.number("year"), line.text(kind.column), line.text("soc")


def _area_rows(data: Path, kind: AreaKind) -> Iterator[Row]:
    """Yield the CSV rows of one kind of area: BLS puts both kinds of substate area in one table."""
    columns = STATE if kind is STATES else AREA
    length = {"state": 2, "metro": 5, "nonmetro": 7}[kind.kind]
    for sheet in kind.sheets:
        for line in read_sheet(data, sheet, columns):
            code = line.text(kind.column)
            if len(code) not in ((2,) if kind is STATES else (5, 7)):
                raise DataError(f"{line.where}: {code!r} is not an area code")
            if len(code) == length and line.text("soc") in OCCUPATIONS:
                yield line


def _state_names(data: Path, rows: Iterable[Row]) -> dict[str, str]:
    """Return the names of the states that have wages. BEA's table has no Puerto Rico."""
    known = {r.text("state"): r.text("name") for r in read_sheet(data, "places/rpp_state.csv", RPP_STATE)}
    known["PR"] = "Puerto Rico"
    for line in rows:
        if line.text("state") not in known:
            raise DataError(f"{line.where}: state {line.text('state')!r} has no name in places/rpp_state.csv")
    return {code: known[code] for code in {r.text("state") for r in rows}}


def _table(kind: AreaKind, year: int, group: list[Row]) -> str:
    columns = ", ".join(("area", "occupation", *WAGES))
    lines = [*dated(year, f"{kind.source}-{year}"), f"columns: [{columns}]", "rows:"]
    kept = (_cells(kind, line) for line in group if any(line.whole(name) for name in PERCENTILES))
    return "  - " + "\n    ".join(lines) + "\n" + "".join(f"      - {row(cells)}\n" for cells in kept)


def _cells(kind: AreaKind, line: Row) -> list[str | int | None]:
    _rising(line)
    return [line.text(kind.column), line.text("soc"), *(line.whole(name) for name in WAGES)]


def _rising(line: Row) -> None:
    """Refuse percentiles that fall: a sign of shifted columns."""
    known = [value for name in PERCENTILES if (value := line.whole(name)) is not None]
    if known != sorted(known):
        raise DataError(f"{line.where}: percentiles fall: {known}")


def _by_year(rows: Iterable[Row]) -> list[tuple[int, list[Row]]]:
    return [(year, list(group)) for year, group in groupby(rows, key=lambda r: r.number("year"))]


def dated(year: int, source: str) -> list[str]:
    """A May figure is due for review when the next May's is out, about a year after its month."""
    return [
        f"effective: {year}-05-01",
        f"sources: [{source}]",
        "basis: official",
        f"review_by: {year + 2}-04-30",
    ]
