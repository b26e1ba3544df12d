"""What was measured on rosters, kept: one JSON file with a part for each size, and a page for people made of it."""

from __future__ import annotations

import json
import statistics
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from machine import machine
from roster_cases import FLOOR, OPENFISCA, OTHERS_AIM, OURS, PRICE, READY

if TYPE_CHECKING:
    from pathlib import Path

    from processes import Spent
    from roster_cases import Case

MIB = 1 << 20
MEMORY_AIM = 1.3
PACKAGES = ("polars", "numpy", "duckdb", "openfisca-core")
NOTES = """
Made by `benchmarks/rosters.py`; [how it measures](../README.md#how-rosterspy-measures). What is done beside what:

- *reading and writing alone* is the same engine: a Polars scan to a sink, or Python's csv and json; it adds constants
  in place of the columns that pricing adds, the cheapest thing to write.
- *reading and writing the same values* writes the columns that pricing adds, ready made. The aims are of this, in
  wall time, for ten million rows; of the engine of rows they are of reading and writing alone.
- *DuckDB* and *OpenFisca-Core* get the rules' numbers as tables, made beforehand, and write low, mid and high beside
  the roster's columns. `ehrpay batch` starts from the rules, checks every cell, and writes four columns more of how
  and four of where current pay lies. DuckDB may write the rows in any order; we keep theirs.
- *OpenFisca-Core* as its manual has it keeps the rules' numbers as parameters and looks them up for each person; here
  those of degree and setting only, for it would take long to load 500,000. With all numbers in arrays its formulas
  only gather from them, and at last Polars numbers the texts as well, so that little of OpenFisca is left.
- *alike*: how many rows have the same low, mid and high as those of `ehrpay batch`, to the dollar.
""".lstrip()


def about() -> str:
    """The machine and what it was measured with."""
    return f"{machine()}, {', '.join(f'{name} {version(name)}' for name in PACKAGES if _installed(name))}"


def _installed(name: str) -> bool:
    from importlib.metadata import PackageNotFoundError

    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def records(
    chosen: list[Case], measured: dict[str, list[Spent]], same: dict[str, dict[str, Any]], rows: int
) -> list[dict[str, Any]]:
    """A line for each case: medians, rows a second, and times its floor and times ours."""
    middles = {case[:4]: _medians(measured[case.name]) for case in chosen}
    return [_record(case, middles, same.get(case.name), rows) for case in chosen]


def _medians(found: list[Spent]) -> tuple[float, float, int]:
    wall, cpu, _ = (statistics.median(column) for column in zip(*found, strict=True))
    return wall, cpu, max(one.peak for one in found)


def _record(
    case: Case, middles: dict[tuple[Any, ...], tuple[float, float, int]], same: Any, rows: int
) -> dict[str, Any]:
    wall, cpu, peak = middles[case[:4]]
    floor, ours = middles.get(case.beside(FLOOR)), middles.get(case.beside(PRICE))
    ready = middles.get(case.beside(READY))
    to_floor = round(wall / floor[0], 2) if floor else None
    to_ready = round(wall / ready[0], 2) if ready else None
    to_ours = round(wall / ours[0], 2) if ours else None
    least = to_floor if to_ready is None else to_ready
    met = None if case.aim is None or least is None else least <= case.aim
    if case.who in OPENFISCA and to_ours is not None:
        met = to_ours >= OTHERS_AIM
    return {
        "roster": case.roster,
        "form": case.form,
        "engine": case.engine,
        "who": case.who,
        "wall_s": round(wall, 2),
        "cpu_s": round(cpu, 2),
        "peak_mib": round(peak / MIB),
        "rows_per_s": round(rows / wall),
        "wall_to_floor": to_floor,
        "cpu_to_floor": round(cpu / floor[1], 2) if floor else None,
        "wall_to_ready": to_ready,
        "cpu_to_ready": round(cpu / ready[1], 2) if ready else None,
        "aim_to_floor": case.aim,
        "wall_to_ours": to_ours,
        "aim_to_ours": OTHERS_AIM if case.who in OPENFISCA else None,
        "met": met,
        "same": same,
    }


def kept(place: Path, part: str, told: dict[str, Any]) -> None:
    """Put a part of the results in place of the one before, and make the page anew."""
    file = place / "rosters.json"
    whole = json.loads(file.read_text("utf-8")) if file.exists() else {}
    whole = dict(sorted({**whole, part: told}.items()))
    place.mkdir(exist_ok=True)
    file.write_text(json.dumps(whole, indent=2) + "\n", "utf-8")
    pages = [f"## {title}\n\n{page(one)}" for title, one in whole.items()]
    (place / "rosters.md").write_text("# Rosters\n\n" + NOTES + "\n" + "\n".join(pages), "utf-8")


def page(told: dict[str, Any]) -> str:
    """A part of the results as a table."""
    head = f"Medians of {told['rounds']} interleaved rounds of whole processes. {told['machine']}.{_load(told)}\n\n"
    return head + (memory_table(told["runs"]) if "times" in told["runs"][0] else speed_table(told["runs"]))


def _load(told: dict[str, Any]) -> str:
    """How busy the machine was, for one case runs at a time."""
    if "load" not in told:
        return ""
    before, after = told["load"]
    return f" The load average was {before:.1f} before and {after:.1f} after: what is above 2 or so is other work."


def speed_table(runs: list[dict[str, Any]]) -> str:
    """Times, and ratios to the floor and to ours."""
    names = ("roster", "by", "who", "s", "CPU s", "peak MiB", "rows/s")
    ratios = ("x alone", "CPU x alone", "x same values", "CPU x same values", "x ours")
    lines = [
        f"| {' | '.join((*names, *ratios, 'aim', 'met', 'alike'))} |",
        "|---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|---|---|",
    ]
    for run in runs:
        floor = (run["wall_to_floor"], run["cpu_to_floor"]) if run["who"] != FLOOR else (None, None)
        ready = (run.get("wall_to_ready"), run.get("cpu_to_ready")) if run["who"] == PRICE else (None, None)
        ours = run["wall_to_ours"] if run["who"] not in OURS else None
        cells = (
            f"{run['roster']} {run['form']}", run["engine"] if run["who"] in OURS else "", run["who"],
            run["wall_s"], run["cpu_s"], run["peak_mib"], f"{run['rows_per_s']:,}", *floor, *ready, ours,
            _aim(run), _said(run["met"]), _alike(run["same"]),
        )  # fmt: skip
        lines.append(f"| {' | '.join('' if cell is None else str(cell) for cell in cells)} |")
    return "\n".join(lines) + "\n"


def _aim(run: dict[str, Any]) -> str:
    if run["aim_to_ours"]:
        return f">= {run['aim_to_ours']} x ours"
    least = "alone" if run.get("wall_to_ready") is None else "same values"
    return f"<= {run['aim_to_floor']} x {least}" if run["aim_to_floor"] else ""


def _said(met: bool | None) -> str:  # noqa: FBT001 - a cell of the table
    return "" if met is None else "yes" if met else "no"


def _alike(same: dict[str, Any] | None) -> str:
    if same is None:
        return ""
    alike = min(same["low"], same["mid"], same["high"])
    order = "" if same["in_order"] else ", in another order"
    return f"{alike:,} of {same['rows']:,}{order}"


def memory_records(found: dict[str, list[list[Spent]]]) -> list[dict[str, Any]]:
    """Peaks of a smaller and a ten times larger roster."""
    told = []
    for name, sizes in found.items():
        small, large = (statistics.median(one.peak for one in runs) for runs in sizes)
        times = round(large / small, 2)
        peaks = {"small_mib": round(small / MIB), "large_mib": round(large / MIB), "times": times}
        told.append({"run": name, **peaks, "aim": MEMORY_AIM, "met": times <= MEMORY_AIM})
    return told


def memory_table(runs: list[dict[str, Any]]) -> str:
    """Peaks side by side."""
    lines = [
        "| `ehrpay batch` | peak MiB | peak MiB of ten times the rows | times | aim | met |",
        "|---|---:|---:|---:|---|---|",
    ]
    lines += [
        f"| {run['run']} | {run['small_mib']} | {run['large_mib']} | {run['times']} "
        f"| <= {run['aim']} | {_said(run['met'])} |"
        for run in runs
    ]
    return "\n".join(lines) + "\n"
