"""The measurements of rosters run, and what DuckDB and OpenFisca-Core price is what we price."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "rosters.py"
ROWS = 1_000


def run(*args: str) -> str:
    """What the script prints."""
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--rows", str(ROWS), "--rounds", "1", *args],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.skipif(
    not (find_spec("duckdb") and find_spec("openfisca_core")),
    reason="the group `benchmarks` is not installed",
)
def test_others_price_a_market_roster_as_we_do(tmp_path: Path) -> None:
    """To the dollar, low, middle and high; the page says so."""
    printed = run("--only", "market, parquet", "--results", str(tmp_path))
    runs = json.loads((tmp_path / "rosters.json").read_text())["1,000 rows"]["runs"]
    others = {run["who"]: run["same"] for run in runs if run["same"]}
    assert len(others) == 4
    for same in others.values():
        assert [same[name] for name in ("rows", "theirs", "low", "mid", "high")] == [ROWS] * 5
    assert printed in (tmp_path / "rosters.md").read_text()
    assert printed.count("1,000 of 1,000") == 4


@pytest.mark.slow
def test_ours_is_measured_beside_reading_and_writing_the_same_file(tmp_path: Path) -> None:
    run("--only", "mixed, jsonl, rows", "--results", str(tmp_path))
    ours, floor = json.loads((tmp_path / "rosters.json").read_text())["1,000 rows"]["runs"]
    assert (ours["who"], floor["who"]) == ("ehrpay batch", "reading and writing alone")
    assert ours["wall_to_floor"] > 0
    assert floor["wall_to_floor"] == 1


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "parquet", "jsonl"])
def test_the_aims_are_of_reading_and_writing_the_same_values(tmp_path: Path, form: str) -> None:
    run("--only", f"mixed, {form}, polars", "--results", str(tmp_path))
    ours, alone, ready = json.loads((tmp_path / "rosters.json").read_text())["1,000 rows"]["runs"]
    assert [one["who"] for one in (alone, ready)] == [
        "reading and writing alone",
        "reading and writing the same values",
    ]
    assert ours["wall_to_ready"] > 0
    assert ready["wall_to_ready"] == alone["wall_to_floor"] == 1


@pytest.mark.slow
def test_peaks_of_two_sizes_stand_side_by_side(tmp_path: Path) -> None:
    run("--memory", "--only", "csv", "--results", str(tmp_path))
    (part,) = json.loads((tmp_path / "rosters.json").read_text()).values()
    assert [run["run"] for run in part["runs"]] == [
        "market, csv, polars: 1,000 rows",
        "market, csv, rows: 1,000 rows",
    ]
    assert all(run["small_mib"] > 0 for run in part["runs"])
