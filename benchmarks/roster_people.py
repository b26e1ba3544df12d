"""Makes a roster to measure with: people from a seed, no two alike, as CSV, Parquet and JSON Lines.

    python benchmarks/roster_people.py FOLDER market|mixed ROWS

Ten columns. About 7,000 texts of credentials, 3,000 places (areas and counties of the rules), years in tenths. In
`mixed`, every other person works for VA in a role with a qualification ladder, so that the pay table prices them.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from ehrpay import load_rulebook
from ehrpay.errors import EhrpayError
from ehrpay.places.resolve import resolve
from ehrpay.shipped import folder
from roster_cases import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from ehrpay import Rulebook

SEED = 11
CERTS, PLACES = 7_000, 3_000
PIECE = 250_000
TENTHS = 450
CBSA_DIGITS = 5
FIRST = (
    "Ada",
    "Ben",
    "Cleo",
    "Dan",
    "Eve",
    "Finn",
    "Gia",
    "Hal",
    "Ida",
    "Jon",
    "Kim",
    "Leo",
    "Mia",
    "Ned",
    "Una",
)
LAST = (
    "Abbot",
    "Baker",
    "Cole",
    "Diaz",
    "Ellis",
    "Ford",
    "Gray",
    "Hill",
    "Ivers",
    "Jones",
    "Kent",
    "Li",
    "O'Neil",
)
DEPARTMENTS = ("Coding", "CDI", "Records", "Release of information", "Registry", "Audit", "Revenue cycle")
GRADED = ("coder", "specialist", "supervisor", "cdi", "release of information")
SCHEMA = {
    "id": pl.Int64,
    "name": pl.String,
    "role": pl.String,
    "years": pl.Float64,
    "degree": pl.String,
    "certs": pl.String,
    "location": pl.String,
    "setting": pl.String,
    "pay": pl.Int64,
}


def schema(kind: str) -> dict[str, type[pl.DataType]]:
    """The columns of a roster: the last one is the department, or the agency where some are graded."""
    return {**SCHEMA, "department" if kind == "market" else "agency": pl.String}


def places() -> list[str]:
    """Names of areas, then of counties, as the rules' tables have them and as they are read."""
    tables = folder() / "places"
    rows = [
        line.split("\t")
        for table in ("areas.tsv", "counties.tsv")
        for line in (tables / table).read_text("utf-8").splitlines()
    ]
    found: dict[str, None] = {}
    for code, name, *_ in rows:
        if len(code) == CBSA_DIGITS and len(found) < PLACES:
            try:
                resolve(name)
            except EhrpayError:
                continue
            found[name] = None
    return list(found)


def credentials(ids: list[str]) -> list[str]:
    """Texts of one to three credentials, and `none`."""
    rng = random.Random(SEED)
    found = {"none": None}
    while len(found) < CERTS:
        found[";".join(rng.sample(ids, rng.randint(1, 3)))] = None
    return list(found)


def values(book: Rulebook, kind: str) -> dict[str, list[str]]:
    """What the text columns may hold."""
    found = {
        name: sorted(set(book.rules.names[rule].values()))
        for name, rule in (("role", "responsibility"), ("degree", "degree"), ("setting", "setting"))
    }
    found["setting"].remove("federal")  # VA's people have it from VA
    found["certs"] = credentials(sorted(set(book.rules.names["certification"].values())))
    found["location"] = places()
    if kind == "market":
        found["department"] = list(DEPARTMENTS)
    return found


def people(kind: str, rows: int) -> Iterator[pl.DataFrame]:
    """The roster, a piece at a time."""
    texts = values(load_rulebook(DAY), kind)
    rng = np.random.default_rng(SEED)
    for start in range(0, rows, PIECE):
        size = min(PIECE, rows - start)
        columns = {name: one_of(rng, known, size) for name, known in texts.items()}
        columns["id"] = pl.Series(np.arange(start + 1, start + size + 1))
        columns["name"] = one_of(rng, FIRST, size) + " " + one_of(rng, LAST, size)
        columns["years"] = pl.Series(rng.integers(0, TENTHS, size) / 10)
        columns["pay"] = pl.Series(rng.integers(35_000, 140_000, size))
        frame = pl.DataFrame({name: columns[name] for name in schema(kind) if name in columns})
        yield frame if kind == "market" else with_va(frame, one_of(rng, GRADED, size))


def one_of(rng: Generator, known: list[str] | tuple[str, ...], size: int) -> pl.Series:
    """So many of the texts, at random."""
    return pl.Series(known).gather(pl.Series(rng.integers(0, len(known), size)))


def with_va(frame: pl.DataFrame, roles: pl.Series) -> pl.DataFrame:
    """Every other person at VA, in a role that has grades there."""
    theirs = pl.col("id") % 2 == 0
    return frame.with_columns(
        role=pl.when(theirs).then(roles).otherwise(pl.col("role")),
        setting=pl.when(theirs).then(None).otherwise(pl.col("setting")),
        agency=pl.when(theirs).then(pl.lit("va")),
    )


def write(place: Path, kind: str, rows: int) -> None:
    """One roster in three forms, with the same rows."""
    table = place / f"{kind}.csv"
    with table.open("wb") as file:
        for number, frame in enumerate(people(kind, rows)):
            frame.write_csv(file, include_header=number == 0)
    scan = pl.scan_csv(table, schema=schema(kind))
    scan.sink_parquet(place / f"{kind}.parquet")
    scan.sink_ndjson(place / f"{kind}.jsonl")


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
