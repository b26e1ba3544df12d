"""Reads a roster and writes it with the columns that pricing adds: what pricing can't do without.

    python benchmarks/roster_floor.py polars|rows IN OUT market|mixed
    python benchmarks/roster_floor.py polars IN OUT market|mixed PRICED

The columns are those that `ehrpay batch` adds, of the same types: constants, which are the cheapest thing to write, or
the very values, ready made in the Parquet file PRICED.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ADDED: dict[str, int | float | str | None] = {
    "low": 58_123,
    "mid": 67_890,
    "high": 79_012,
    "method": "market",
    "pay_grade": "GS-9",
    "pay_step": 5,
    "confidence": "medium",
    "compa_ratio": 0.9876,
    "range_penetration": 0.4321,
    "percentile": 47,
    "position": "inside",
}
GRADES = ("pay_grade", "pay_step")


def added(kind: str) -> dict[str, int | float | str | None]:
    """The constants; nobody has a grade where all are priced by the market."""
    return ADDED | dict.fromkeys(GRADES, None) if kind == "market" else ADDED


def by_polars(source: str, target: str, kind: str, priced: str = "") -> None:
    """Scan and sink, in the form that the name says; text stays text, as in our engine."""
    import polars as pl

    form = Path(source).suffix.removeprefix(".").replace("jsonl", "ndjson")
    roster = pl.scan_csv(source, infer_schema=False) if form == "csv" else getattr(pl, f"scan_{form}")(source)
    if priced:
        whole = pl.concat([roster, pl.scan_parquet(priced).select(list(ADDED))], how="horizontal")
    else:
        types = {name: pl.Series([value]).dtype for name, value in ADDED.items()}
        constants = [pl.lit(value, types[name]).alias(name) for name, value in added(kind).items()]
        whole = roster.with_columns(constants)
    getattr(whole, f"sink_{form}")(target)


def by_rows(source: str, target: str, kind: str) -> None:
    """Python's own readers and writers."""
    constants = added(kind)
    convert: Callable[[str, str, dict[str, int | float | str | None]], None]
    convert = _json if Path(source).suffix == ".jsonl" else _csv
    convert(source, target, constants)


def _csv(source: str, target: str, constants: dict[str, int | float | str | None]) -> None:
    with (
        Path(source).open(encoding="utf-8", newline="") as file,
        Path(target).open("w", encoding="utf-8", newline="") as out,
    ):
        rows, writer = csv.reader(file, strict=True), csv.writer(out, lineterminator="\n")
        writer.writerow([*next(rows), *constants])
        values = list(constants.values())
        writer.writerows([*row, *values] for row in rows)


def _json(source: str, target: str, constants: dict[str, int | float | str | None]) -> None:
    with Path(source).open(encoding="utf-8") as file, Path(target).open("w", encoding="utf-8") as out:
        for line in file:
            row = json.loads(line) | constants
            out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    {"polars": by_polars, "rows": by_rows}[sys.argv[1]](*sys.argv[2:])
