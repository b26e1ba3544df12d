"""A new adjustment with an option of its own is a YAML file, a line of the plan, and a field declared in one module."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]

SHIFT = """\
adjustment: shift
title: Shift
step: choice
input: shift
about: Relative to the median worker.
levels:
  - id: day
    name: Day shift
    values: [{effective: 2021-05-01, factor: 1.00, low: 1.00, high: 1.00, basis: assumption, confidence: low,
              sources: [synthesis], review_by: 2027-12-31}]
  - id: night
    name: Night shift
    aliases: [overnight]
    values: [{effective: 2021-05-01, factor: 1.10, low: 1.05, high: 1.15, basis: assumption, confidence: low,
              sources: [synthesis], review_by: 2027-12-31}]
"""

ROW = '    shift: Annotated[str | None, Field("Shift worked: day or night.")] = None\n'

CASES = """\
cases:
  - name: The night shift pays a tenth more
    as_of: 2026-11-23
    profile: {years: 5, shift: overnight}
    expect: {profile.shift: night, steps.shift.factor: "1.1000"}
"""

OFFERS = """\
offers:
  - employer: Mercy
    base: 66500
    location: Boise
    shift: night
"""


def insert(path: Path, before: str, text: str) -> None:
    """A text put before another that stands in a file once."""
    source = path.read_text("utf-8")
    assert source.count(before) == 1, before
    path.write_text(source.replace(before, text + before), "utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source and the rules with the new adjustment."""
    top = tmp_path_factory.mktemp("copy")
    for folder in ("src", "rules"):
        shutil.copytree(ROOT / folder, top / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (top / "rules/adjustments/shift.yaml").write_text(SHIFT, "utf-8")
    insert(top / "rules/plan.yaml", "  - demand\n", "  - shift\n")
    profile = top / "src/ehrpay/domain/profile.py"
    insert(profile, "    grade: Annotated[\n", ROW)
    insert(profile, "    grade: int | None = None\n", "    shift: str | None = None\n")
    (top / "cases.yaml").write_text(CASES, "utf-8")
    (top / "offers.yaml").write_text(OFFERS, "utf-8")
    return top


def run(copy: Path, *args: str, code: int = 0, shift: str = "") -> subprocess.CompletedProcess[str]:
    """One run of the copy."""
    env = {"PYTHONPATH": str(copy / "src"), "EHRPAY_CACHE": str(copy / "cache"), "EHRPAY_SHIFT": shift}
    done = subprocess.run(
        [sys.executable, "-m", "ehrpay", *args],
        cwd=copy,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, done.stderr or done.stdout
    return done


def answer(copy: Path, *args: str, shift: str = "") -> Any:
    return json.loads(run(copy, *args, "--json", shift=shift).stdout)


def test_the_estimate_has_its_step_and_its_field(copy: Path) -> None:
    day, night = (
        answer(copy, "estimate", "--years", "5", "--shift", shift) for shift in ("day", "overnight")
    )
    assert night["profile"]["shift"] == "night"
    assert list(night["profile"])[8:11] == ["work", "level", "shift"]
    step = next(step for step in night["steps"] if step["id"] == "shift")
    assert (step["factor"], step["label"]) == (1.1, "Shift: Night shift")
    assert night["mid"] > day["mid"]
    assert "Night shift" in night["headline"]
    assert answer(copy, "estimate", shift="night")["profile"]["shift"] == "night"


def test_its_column_is_in_the_spreadsheet(copy: Path) -> None:
    [row] = csv.DictReader(StringIO(run(copy, "estimate", "--shift", "night", "--format", "csv").stdout))
    assert row["shift"] == "night"


def test_its_levels_are_listed(copy: Path) -> None:
    assert [level["id"] for level in answer(copy, "list", "shifts")["shifts"]] == ["day", "night"]


def test_an_unknown_level_gets_the_nearest(copy: Path) -> None:
    error = run(copy, "estimate", "--shift", "nihgt", code=2).stderr
    assert "--shift: " in error
    assert "did you mean 'night'?" in error
    assert "'ehrpay list shifts'" in error


def test_a_what_if_proposes_it(copy: Path) -> None:
    result = answer(copy, "whatif", "--years", "5", "--only", "shift")
    assert [change["set"] for change in result["changes"]] == [{"shift": "night"}, {"shift": "day"}]
    assert result["changes"][0]["gain_mid"] > 0
    scenario = answer(copy, "whatif", "--years", "5", "--set", "shift=night")["scenario"]
    assert scenario["set"] == {"shift": "night"}


def test_rules_cases_schemas_and_offers_take_it(copy: Path) -> None:
    problems = answer(copy, "rules", "validate")["problems"]
    assert [one for one in problems if one["severity"] == "error" or "shift" in str(one)] == []
    assert "all passed" in run(copy, "rules", "test", "cases.yaml").stdout
    schema = json.loads(run(copy, "rules", "schema", "cases").stdout)
    assert "shift" in schema["$defs"]["Person"]["properties"]
    [offer] = answer(copy, "compare", "offers.yaml")["offers"]
    assert offer["name"] == "Mercy"
