"""BEA's regional price parities: the CSVs of states (SARPP), metropolitan areas (MARPP), states' portions (PARPP)."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from _download import Download, columns, csv_lines
from _stage import read_rules
from ehrpay.errors import DataError, did_you_mean, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

PARITIES = "places/parities.tsv"
TABLES = {
    "SARPP": "states",
    "MARPP": "metropolitan areas",
    "PARPP": "metropolitan and nonmetropolitan portions",
}
_COLUMNS = ("GeoFIPS", "GeoName", "TableName", "LineCode", "Description")
_ALL_ITEMS = "1"
_NONMETRO, _NATION, _NATION_NONMETRO = "999", "00000", "00999"
_NO_PORTION = {"0.000", "(NA)"}
"""BEA prints 0.000 for the nonmetropolitan portion of states that have none, (NA) where there is no figure."""
_UPDATED = re.compile(r"Last updated: (\w+) (\d{1,2}), (\d{4})")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MOST_LOST = 20


class Line(NamedTuple):
    """One area's parity: table, FIPS or CBSA code, name, and the year's text."""

    where: str
    table: str
    code: str
    name: str
    value: str


def updated(download: Download) -> str:
    """The date of BEA's release, which stands under the table; `undated` if it doesn't."""
    found = _UPDATED.search(download.text())
    return (
        f"{found[3]}-{_MONTHS.index(found[1]) + 1:02}-{int(found[2]):02}"
        if found and found[1] in _MONTHS
        else "undated"
    )


def take_parities(
    rules: Path, downloads: Sequence[Download], year: int, held: int
) -> tuple[dict[str, str], list[str]]:
    """parities.tsv of the year, from one file of each table, and what to tell. `held` is the year of the rules."""
    if year < held:
        raise DataError(
            f"{PARITIES} holds {held} and only the newest year is kept: parities of two releases don't mix"
        )
    lines = [line for download in downloads for line in _lines(download, year)]
    missing = [
        f"{name} ({what})" for name, what in TABLES.items() if name not in {line.table for line in lines}
    ]
    if missing:
        raise DataError(f"give all three files of one release: no table {' or '.join(missing)}")
    dates = {updated(download) for download in downloads}
    if len(dates) > 1:
        raise DataError(f"the files are of more than one release: {', '.join(sorted(dates))}")
    found = _parities(rules, lines)
    before = dict(line.split("\t") for line in read_rules(rules, PARITIES).splitlines())
    if len(found) * 100 < len(before) * (100 - MOST_LOST):
        raise DataError(
            f"{PARITIES}: {len(found)} parities where the rules have {len(before)}: more than {MOST_LOST} % gone"
        )
    if year > held and found == before:
        raise DataError(f"every parity of {year} equals that of {held}: is the year's column right?")
    text = "".join(sorted(f"{code}\t{value}\n" for code, value in found.items()))
    gone, new = sorted(before.keys() - found.keys()), sorted(found.keys() - before.keys())
    told = [f"{PARITIES}: {len(found)} parities of {year}"]
    told += [f"{PARITIES}: no longer there: {', '.join(gone)}"] if gone else []
    told += [f"{PARITIES}: new: {', '.join(new)}"] if new else []
    return {PARITIES: text}, told


def _lines(download: Download, year: int) -> Iterator[Line]:
    """The lines of all items, with the year's column, which must be the last."""
    rows = iter(csv_lines(download))
    header = next(rows, [])
    at = columns(header, _COLUMNS, download.name)
    years = [name.strip() for name in header if re.fullmatch(r"\s*\d{4}\s*", name)]
    if not years or years[-1] != str(year):
        raise DataError(
            f"{download.name}: its newest year is {years[-1] if years else 'none'}, and --year says {year}"
        )
    value = columns(header, (str(year),), download.name)[str(year)]
    for number, cells in enumerate(rows, start=2):
        if len(cells) < len(header):
            # The notes under the table.
            continue
        row = {name: cells[index].strip().strip('"').strip() for name, index in at.items()}
        where = f"{download.name}:{number}"
        if row["TableName"] not in TABLES:
            raise DataError(f"{where}: table {shown(row['TableName'])} is none of {', '.join(TABLES)}")
        if row["LineCode"] != _ALL_ITEMS:
            continue
        if "All items" not in row["Description"]:
            raise DataError(f"{where}: line 1 is {shown(row['Description'])} and not all items")
        yield Line(where, row["TableName"], row["GeoFIPS"], row["GeoName"].rstrip("* "), cells[value].strip())


def _parities(rules: Path, lines: Sequence[Line]) -> dict[str, str]:
    """Thousandths by code: a state's letters, a CBSA, `CO-nonmetro`."""
    states, metros = _known(rules)
    codes = {line.code[:2]: _state(line, states) for line in lines if line.table == "SARPP"}
    found: dict[str, str] = {}
    for line in lines:
        code = _code(line, codes, metros)
        if not code or line.value in _NO_PORTION:
            continue
        if code in found:
            raise DataError(f"{line.where}: {code} ({line.name}) is there twice")
        found[code] = _thousandths(line)
    if found.get("US") != "100000":
        raise DataError(f"the United States must be 100.000: it is {found.get('US', 'missing')}")
    return found


def _known(rules: Path) -> tuple[Mapping[str, str], set[str]]:
    """The states by name, and the CBSAs, as the gazetteer has them."""
    names = [line.split("\t") for line in read_rules(rules, "places/names.tsv").splitlines()]
    states = {cells[3]: cells[2] for cells in names if cells[1] == "state"}
    return states | {"United States": "US"}, {cells[5] for cells in names if cells[1] == "metro"}


def _state(line: Line, states: Mapping[str, str]) -> str:
    if line.name not in states:
        raise DataError(f"{line.where}: {line.name!r} is no state{did_you_mean(line.name, states)}")
    return states[line.name]


def _code(line: Line, codes: Mapping[str, str], metros: set[str]) -> str:
    """The code a parity is kept under; empty for those that are not kept."""
    if not re.fullmatch(r"\d{5}", line.code):
        raise DataError(f"{line.where}: GeoFIPS must be five digits, not {shown(line.code)}")
    if line.table == "SARPP":
        return codes[line.code[:2]]
    if line.table == "PARPP":
        kept = line.code.endswith(_NONMETRO) and line.code != _NATION_NONMETRO
        return f"{codes.get(line.code[:2], '??')}-nonmetro" if kept else ""
    if line.code in {_NATION, _NATION_NONMETRO}:
        return ""
    if line.code not in metros:
        raise DataError(
            f"{line.where}: area {line.code} ({line.name}) is not in places/names.tsv; if the areas were drawn anew, "
            "make the places first (docs/refresh.md)"
        )
    return line.code


def _thousandths(line: Line) -> str:
    try:
        value = Decimal(line.value) * 1000
    except InvalidOperation:
        raise DataError(
            f"{line.where}: the parity of {line.name} must be a number, not {shown(line.value)}"
        ) from None
    if value != value.to_integral_value() or not 50_000 <= value <= 200_000:  # noqa: PLR2004 - half and twice the nation
        raise DataError(
            f"{line.where}: the parity of {line.name}, {line.value}, is not from 50.000 to 200.000"
        )
    return str(int(value))
