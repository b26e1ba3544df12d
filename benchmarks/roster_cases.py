"""What is measured on rosters: our engines, what each can't do without, and others that price the same people."""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
DAY = "2026-11-23"
MOST_FOR_ROWS = 1_000_000
FORMS = ("csv", "parquet", "jsonl")
AIMS = {("market", "csv"): 1.8, ("market", "parquet"): 1.6, ("mixed", "csv"): 2.3, ("mixed", "parquet"): 2.0}
"""Wall time over reading and writing the same values, for ten million rows by Polars."""
ROWS_AIM = 3.5
OTHERS_AIM = 10
"""How many times as many rows a second as OpenFisca-Core."""
FLOOR, PRICE = "reading and writing alone", "ehrpay batch"
READY = "reading and writing the same values"
"""The floor whose columns are the very values that ours writes; of the engine of rows only constants are measured."""
DUCKDB = "DuckDB, query by hand"
OPENFISCA = {
    "OpenFisca-Core, some parameters its own": "parameters",
    "OpenFisca-Core, all numbers in arrays": "texts",
    "OpenFisca-Core, texts numbered by Polars too": "codes",
}


OURS = (PRICE, FLOOR, READY)


class Case(NamedTuple):
    """Who does what to which roster, and the most times its floor's time that is aimed for."""

    roster: str
    form: str
    engine: str
    who: str
    command: tuple[str, ...]
    target: str
    aim: float | None = None

    @property
    def name(self) -> str:
        """One line."""
        return f"{self.roster}, {self.form}, {self.engine}: {self.who}"

    def beside(self, who: str) -> tuple[str, str, str, str]:
        """What tells the case of somebody else on the same file and by the same engine."""
        return self.roster, self.form, self.engine, who


def cases(folder: str, rows: int) -> list[Case]:
    """Everything for rosters of so many rows in a folder."""
    found: list[Case] = []
    for roster in ("market", "mixed"):
        for form in FORMS:
            found += _pair(folder, roster, form, "polars")
            if form != "parquet" and rows <= MOST_FOR_ROWS:
                found += _pair(folder, roster, form, "rows")
    return [*found, *_others(folder)]


def batch(source: str, target: str, engine: str) -> tuple[str, ...]:
    """The command that is measured."""
    program = shutil.which("ehrpay", path=str(Path(sys.executable).parent))
    if program is None:
        sys.exit("ehrpay is not installed beside this Python; run with `uv run python benchmarks/rosters.py`")
    options = ("--engine", engine, "--force", "--summary", "none", "--as-of", DAY)
    return (program, "batch", source, "-o", target, *options)


def script(name: str, *words: str) -> tuple[str, ...]:
    """A script that stands beside this one."""
    return (sys.executable, str(HERE / f"{name}.py"), *words)


def _pair(folder: str, roster: str, form: str, engine: str) -> list[Case]:
    source = f"{folder}/{roster}.{form}"
    ours, floor = f"{folder}/{roster}-{engine}.{form}", f"{folder}/floor.{form}"
    aim = AIMS.get((roster, form)) if engine == "polars" else ROWS_AIM if form == "csv" else None
    found = [
        Case(roster, form, engine, PRICE, batch(source, ours, engine), ours, aim),
        Case(roster, form, engine, FLOOR, script("roster_floor", engine, source, floor, roster), floor),
    ]
    if engine == "polars":
        command = script("roster_floor", engine, source, floor, roster, priced(folder, roster))
        found.append(Case(roster, form, engine, READY, command, floor))
    return found


def priced(folder: str, roster: str) -> str:
    """Where the priced rows of a roster are, for the floor that has them ready."""
    return f"{folder}/{roster}-ready.parquet"


def _others(folder: str) -> list[Case]:
    """Those that are installed, on CSV and Parquet, priced by the market."""
    found: list[Case] = []
    for form in ("csv", "parquet"):
        source = f"{folder}/market.{form}"
        if find_spec("duckdb"):
            target = f"{folder}/duckdb.{form}"
            command = script("roster_duckdb", source, target, folder)
            found.append(Case("market", form, "polars", DUCKDB, command, target))
        for who, how in OPENFISCA.items():
            if find_spec("openfisca_core"):
                target = f"{folder}/openfisca-{how}.{form}"
                command = script("roster_openfisca", source, target, folder, how)
                found.append(Case("market", form, "polars", who, command, target))
    return found


def checks(chosen: list[Case]) -> dict[str, tuple[str, ...]]:
    """For each case that isn't ours, by name: what counts the rows that it prices as we do."""
    ours = {case[:4]: case.target for case in chosen if case.who == PRICE}
    return {
        case.name: script("roster_same", ours[case.beside(PRICE)], case.target)
        for case in chosen
        if case.who not in OURS and case.beside(PRICE) in ours
    }
