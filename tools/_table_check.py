"""Compare the figures in the rule files with the CSVs, cell by cell and both ways.

The CSVs and the YAML are read here with plain readers and not with the code that writes, so that a fault there
can't hide itself. A figure is a key (what it is of) and its text.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from ehrpay.errors import DataError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

Figure = tuple[tuple[str, ...], str]
Side = Callable[[Any], Iterator[Figure]]
WAGES = ("employment", "p10", "p25", "p50", "p75", "p90")
SOCS = {"29-2072", "29-9021", "11-9111", "15-1211", "31-9094", "43-4071"}


class Compared(NamedTuple):
    """The outcome for one rule file."""

    file: str
    cells: int
    wrong: list[str]


def compare_cells(data: Path, rules: Path) -> Iterator[Compared]:
    """Yield the comparison of each rule file with the CSVs it comes from."""
    for name, (sheets, from_sheet, from_rules) in _PAIRS.items():
        rows = [row for sheet in sheets for row in _csv(data / sheet)]
        wanted, written = dict(from_sheet(rows)), dict(from_rules(_yaml(rules / name)))
        keys = sorted(wanted.keys() | written.keys())
        pairs = ((key, wanted.get(key, "absent"), written.get(key, "absent")) for key in keys)
        wrong = [f"{' '.join(key)}: CSV {one}, rule {two}" for key, one, two in pairs if one != two]
        yield Compared(name, len(keys), wrong)


class _Text(yaml.SafeLoader):
    """A safe loader that keeps every scalar as its text, so that 35.00 stays 35.00."""


_Text.yaml_implicit_resolvers = {}


def _yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Text)  # noqa: S506 - _Text is a safe loader
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataError(f"{path}: not YAML: {error}") from error


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _wages(key: tuple[str, ...], row: Mapping[str, str]) -> Iterator[Figure]:
    for name in WAGES:
        yield (*key, name), row[name] or "null"


def _nation_csv(rows: Iterable[Mapping[str, str]]) -> Iterator[Figure]:
    for row in rows:
        if row["soc"] in SOCS and row["year"] >= "2021":
            yield from _wages((row["soc"], row["year"]), row)


def _nation_rules(loaded: Any) -> Iterator[Figure]:
    for occupation in loaded["occupations"]:
        for wage in occupation["wages"]:
            yield from _wages((occupation["id"], wage["effective"][:4]), wage)


def _area_csv(length: int, column: str) -> Side:
    def figures(rows: Iterable[Mapping[str, str]]) -> Iterator[Figure]:
        for row in rows:
            if len(row[column]) != length:
                continue
            if "name" in row:
                yield ("name", row[column]), row["name"]
            if any(row[name] for name in WAGES[1:]):
                yield from _wages((row["year"], row[column], row["soc"]), row)

    return figures


def _area_rules(loaded: Any) -> Iterator[Figure]:
    if loaded["kind"] != "state":
        for code, name in loaded["names"].items():
            yield ("name", code), name
    for table in loaded["tables"]:
        for cells in table["rows"]:
            row = dict(zip(table["columns"], cells, strict=True))
            yield from _wages((table["effective"][:4], row["area"], row["occupation"]), row)


def _base_csv(rows: Iterable[Mapping[str, str]]) -> Iterator[Figure]:
    for row in rows:
        yield (row["year"], row["grade"], row["step"]), row["annual"]


def _base_rules(loaded: Any) -> Iterator[Figure]:
    for table in loaded["tables"]:
        for grade, *steps in table["rows"]:
            for step, annual in enumerate(steps, start=1):
                yield (table["effective"][:4], grade, str(step)), annual


def _locality_csv(rows: Iterable[Mapping[str, str]]) -> Iterator[Figure]:
    """Yield every published percentage and, where none is, the only derived one."""
    found: dict[tuple[str, ...], str] = {}
    for row in rows:
        if "percent" in row:
            found[row["locality_code_or_slug"], row["year"]] = row["percent"]
        elif row["unique"] == "True":
            found.setdefault((row["locality_code"], row["year"]), row["candidates_percent"])
    for key, percent in found.items():
        yield key, f"{Decimal(percent):.2f}"


def _locality_rules(loaded: Any) -> Iterator[Figure]:
    for area in loaded["localities"]:
        for percent in area["percents"]:
            yield (area["code"], percent["effective"][:4]), percent["percent"]


def _cap_csv(rows: Iterable[Mapping[str, str]]) -> Iterator[Figure]:
    for row in rows:
        yield (row["year"],), row["locality_pay_cap_ex_level_iv"]


def _cap_rules(loaded: Any) -> Iterator[Figure]:
    for cap in loaded["caps"]:
        yield (cap["effective"][:4],), cap["cap"]


def _index_csv(rows: Iterable[Mapping[str, str]]) -> Iterator[Figure]:
    for row in rows:
        if row["series"] == "eci_wages_private_nsa":
            yield (row["period"],), row["value"]


def _index_rules(loaded: Any) -> Iterator[Figure]:
    for reading in loaded["ageing"]["readings"]:
        yield (reading["quarter"],), reading["value"]


_PAIRS: dict[str, tuple[tuple[str, ...], Side, Side]] = {
    "occupations.yaml": (("oews/oews_national.csv",), _nation_csv, _nation_rules),
    "ageing.yaml": (("places/indices.csv",), _index_csv, _index_rules),
    "areas/states.yaml": (
        ("oews/oews_state.csv", "oews/oews_state_2024.csv"),
        _area_csv(2, "state"),
        _area_rules,
    ),
    "areas/metros.yaml": (("oews/oews_metro.csv",), _area_csv(5, "cbsa"), _area_rules),
    "areas/nonmetros.yaml": (
        ("oews/oews_metro.csv", "oews/oews_nonmetro_2024.csv"),
        _area_csv(7, "cbsa"),
        _area_rules,
    ),
    "federal/gs-base.yaml": (("federal/gs_base.csv",), _base_csv, _base_rules),
    "federal/gs-locality.yaml": (
        ("federal/gs_locality.csv", "federal/gs_locality_derived.csv"),
        _locality_csv,
        _locality_rules,
    ),
    "federal/gs-rules.yaml": (("federal/gs_caps.csv",), _cap_csv, _cap_rules),
}
