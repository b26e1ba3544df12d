"""How long rosters take, side by side with reading and writing alone, DuckDB and OpenFisca-Core.

    python benchmarks/rosters.py [--rows 1000000] [--rounds 5] [--only TEXT] [--without TEXT] [--memory]
                                 [--folder DIR] [--results DIR]

Rounds are interleaved and each shuffles its order, so that a slow moment of the machine hits every case alike. What
counts are the ratios. Writes results/rosters.json, a part for each size, and results/rosters.md.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from processes import spent
from roster_cases import FORMS, MOST_FOR_ROWS, READY, batch, cases, checks, priced, script
from roster_results import about, kept, memory_records, page, records
from startup import compiled, environment

if TYPE_CHECKING:
    from processes import Spent
    from roster_cases import Case

RESULTS = Path(__file__).parent / "results"
TEN = 10
MEMORY_ROUNDS = 3


def made(folder: str, rows: int, env: dict[str, str], rosters: tuple[str, ...]) -> str:
    """The folder of rosters of so many rows, made by children so that this process stays small.

    Those that are there from the time before are taken as they are.
    """
    place = Path(folder) / str(rows)
    place.mkdir(exist_ok=True)
    for roster in rosters:
        done = place / f"{roster}.done"
        if not done.exists():
            spent(script("roster_people", str(place), roster, str(rows)), env)
            done.touch()
    return str(place)


def counted(chosen: list[Case], env: dict[str, str]) -> dict[str, dict[str, Any]]:
    """How many rows others price as we do, from the files of the run before."""
    return {
        name: json.loads(subprocess.run(command, env=env, check=True, capture_output=True).stdout)
        for name, command in checks(chosen).items()
    }


def rounds_of(
    commands: dict[str, tuple[str, ...]], rounds: int, env: dict[str, str]
) -> dict[str, list[Spent]]:
    """What every command spends, once a round."""
    found: dict[str, list[Spent]] = {name: [] for name in commands}
    for number in range(rounds):
        for name in random.sample(list(commands), len(commands)):
            found[name].append(spent(commands[name], env))
            print(f"{number + 1}/{rounds} {name}: {found[name][-1].wall:.2f} s", file=sys.stderr)
    return found


def speed(said: argparse.Namespace, folder: str, env: dict[str, str]) -> dict[str, Any]:
    """Times of every case that is asked for; of several rounds one before them is thrown away."""
    place = made(folder, said.rows, env, ("market", "mixed"))
    chosen = [
        case
        for case in cases(place, said.rows)
        if all(text in case.name for text in said.only)
        and not any(text in case.name for text in said.without)
    ]
    if any(case.name in checks(chosen) for case in chosen):
        spent(script("roster_tables", place), env)
    for roster in {case.roster for case in chosen if case.who == READY}:
        spent(batch(f"{place}/{roster}.parquet", priced(place, roster), "polars"), env)
    commands = {case.name: case.command for case in chosen}
    if said.rounds > 1:
        rounds_of(commands, 1, env)
    busy = [os.getloadavg()[0]]
    measured = rounds_of(commands, said.rounds, env)
    busy.append(os.getloadavg()[0])
    same = counted(chosen, env)
    runs = records(chosen, measured, same, said.rows)
    return {"machine": about(), "rounds": said.rounds, "load": busy, "runs": runs}


def memory(said: argparse.Namespace, folder: str, env: dict[str, str]) -> dict[str, Any]:
    """Peaks of our engines on a roster and on one of ten times its rows."""
    rounds = min(said.rounds, MEMORY_ROUNDS)
    found: dict[str, list[list[Spent]]] = {}
    for form, engine in product(FORMS, ("polars", "rows")):
        if (form, engine) == ("parquet", "rows") or not all(
            text in f"market, {form}, {engine}" for text in said.only
        ):
            continue
        small = said.rows if engine == "polars" else min(said.rows, MOST_FOR_ROWS // TEN)
        for rows in (small, TEN * small):
            place = made(folder, rows, env, ("market",))
            name = f"market, {form}, {engine}: {small:,} rows"
            command = batch(f"{place}/market.{form}", f"{place}/out.{form}", engine)
            found.setdefault(name, []).append(
                rounds_of({f"{name}, {rows:,}": command}, rounds, env).popitem()[1]
            )
    return {"machine": about(), "rounds": rounds, "runs": memory_records(found)}


def main() -> None:
    """Measure, print, and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", action="append", default=[], help="cases whose name has this text (repeat)")
    parser.add_argument(
        "--without", action="append", default=[], help="no cases whose name has this text (repeat)"
    )
    parser.add_argument(
        "--memory", action="store_true", help="peaks of --rows and of ten times as many instead"
    )
    parser.add_argument("--folder", help="an existing folder that keeps the rosters for the next time")
    parser.add_argument("--results", type=Path, help="where results go; needed to keep those of --only")
    parser.add_argument("--no-write", action="store_true", help="print only")
    said = parser.parse_args()
    compiled()
    with tempfile.TemporaryDirectory() as own, tempfile.TemporaryDirectory() as cache:
        folder = said.folder or own
        told = (memory if said.memory else speed)(said, folder, environment(cache))
    print(page(told), end="")
    # A part of the cases would take the place of all.
    if not said.no_write and (said.results or not said.only):
        part = f"Memory: {said.rows:,} rows and ten times as many" if said.memory else f"{said.rows:,} rows"
        kept(said.results or RESULTS, part, told)


if __name__ == "__main__":
    main()
