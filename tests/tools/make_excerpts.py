"""Make the excerpts in tests/tools/excerpts from CSV copies of the published tables.

`python -m tests.tools.make_excerpts DATA_DIR` needs the folder that tools/tables.py reads; the tests do not need it,
for what it makes is kept with them.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.tools.shapes import FIGURES, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent / "excerpts"
YEAR = "2025"
CELLS = ("employment", "mean", "p10", "p25", "p50", "p75", "p90")
YEARS = ("2022", "2023", "2024")


def sheet(data: Path, name: str) -> list[dict[str, str]]:
    with (data / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def figures(row: dict[str, str]) -> dict[str, Any]:
    """The cells as BLS prints them: ** and * where not available, # above the last percentile that is known."""
    known = [index for index, name in enumerate(CELLS[2:]) if row[name]]
    top = max(known, default=99)
    cells: dict[str, Any] = {}
    for name, column in zip(CELLS, FIGURES, strict=True):
        above = name.startswith("p") and CELLS[2:].index(name) > top
        absent = "**" if name == "employment" else None if name == "mean" else "#" if above else "*"
        cells[column] = int(row[name]) if row[name] else absent
    return cells


def wages(data: Path) -> Iterator[dict[str, Any]]:
    """Every row of May 2025: the nation, the states, the areas."""
    titles = {
        row["soc"]: row["title"] for row in sheet(data, "oews/oews_national.csv") if row["year"] == YEAR
    }
    states = {row["state"]: row for row in sheet(data, "places/rpp_state.csv")}
    states["PR"] = {"geofips": "72000", "name": "Puerto Rico"}
    for row in sheet(data, "oews/oews_national.csv"):
        if row["year"] == YEAR:
            place = {"AREA": "99", "AREA_TITLE": "U.S.", "AREA_TYPE": "1", "PRIM_STATE": "US"}
            yield {**place, "OCC_CODE": row["soc"], "OCC_TITLE": row["title"], **figures(row)}
    for row in sheet(data, "oews/oews_state.csv"):
        of_it = states[row["state"]]
        place = {"AREA": of_it["geofips"][:2], "AREA_TITLE": of_it["name"], "PRIM_STATE": row["state"]}
        place["AREA_TYPE"] = "3" if row["state"] == "PR" else "2"
        yield {**place, "OCC_CODE": row["soc"], "OCC_TITLE": titles[row["soc"]], **figures(row)}
    for row in sheet(data, "oews/oews_metro.csv"):
        kind = "4" if len(row["cbsa"]) == len("12345") else "6"
        place = {"AREA": row["cbsa"], "AREA_TITLE": row["name"], "AREA_TYPE": kind}
        yield {**place, "OCC_CODE": row["soc"], "OCC_TITLE": titles[row["soc"]], **figures(row)}


def bea(name: str, rows: list[tuple[str, str, dict[str, str]]]) -> None:
    """One of BEA's CSVs, three years of it, with its notes."""
    columns = "GeoFIPS,GeoName,Region,TableName,LineCode,IndustryClassification,Description,Unit"
    text = f"{columns},{','.join(YEARS)}\n"
    for code, title, values in rows:
        cells = ",".join(values[year] for year in YEARS)
        text += f' "{code}","{title}", ,{name},1,"...","RPPs: All items ","Index",{cells}\n'
    text += '"Note: See the included footnote file."\n'
    text += '"Last updated: February 19, 2026-- new statistics for 2024; revised statistics for 2008-2023."\n'
    text += '"U.S. Bureau of Economic Analysis"\n'
    (HERE / "bea" / f"{name}.csv").write_text(text, encoding="utf-8")


def parities(data: Path) -> None:
    """The three tables of BEA, all items."""
    tables: dict[str, dict[str, tuple[str, dict[str, str]]]] = {"SARPP": {}, "MARPP": {}, "PARPP": {}}
    for row in sheet(data, "places/rpp_state.csv"):
        tables["SARPP"].setdefault(row["geofips"], (row["name"], {}))[1][row["year"]] = row["rpp_all_items"]
    portions = {"state_metro": "(Metropolitan Portion)", "state_nonmetro": "(Nonmetropolitan Portion)"}
    for row in sheet(data, "places/rpp_metro.csv"):
        name, title = "MARPP", row["name"]
        if row["kind"] in portions:
            name, title = "PARPP", f"{title} {portions[row['kind']]}"
        elif row["kind"] == "msa":
            title = f"{title} (Metropolitan Statistical Area)"
        elif row["kind"] == "us_nonmetro":
            title = f"{title} (Nonmetropolitan Portion) *"
        tables[name].setdefault(row["geo_code"], (title, {}))[1][row["year"]] = row["rpp_all_items"]
    # BEA prints zero for a portion that does not exist.
    tables["PARPP"]["10999"] = ("Delaware (Nonmetropolitan Portion)", dict.fromkeys(YEARS, "0.000"))
    for name, rows in tables.items():
        bea(name, [(code, *rows[code]) for code in sorted(rows)])


def readings(data: Path) -> None:
    """The series in BLS's flat file, its cells padded as BLS pads them."""
    lines = [f"{'series_id':<30}\tyear\tperiod\t{'value':>12}\tfootnote_codes"]
    for row in sheet(data, "places/indices.csv"):
        if row["series"] == "eci_wages_private_nsa":
            year, quarter = row["period"].split("Q")
            cells = (f"{row['bls_series_id']:<30}", year, f"Q0{quarter}", f"{row['value']:>12}", "")
            lines.append("\t".join(cells))
    (HERE / "ci.data.1.AllData").write_text("\n".join([*lines, ""]), encoding="utf-8")


def localities(data: Path) -> None:
    """Code, percentage and name of every area of 2026."""
    rows = sheet(data, "federal/gs_locality.csv")
    lines = [
        f"{row['locality_code_or_slug']}\t{row['percent']}\t{row['locality_name']}\n"
        for row in rows
        if row["year"] == "2026"
    ]
    (HERE / "opm" / "localities-2026.tsv").write_text("".join(sorted(lines)), encoding="utf-8")


def main(data: Path) -> None:
    (HERE / "bea").mkdir(parents=True, exist_ok=True)
    (HERE / "opm").mkdir(parents=True, exist_ok=True)
    workbook(HERE / "all_data_M_2025.xlsx", wages(data), year=int(YEAR))
    parities(data)
    readings(data)
    localities(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
