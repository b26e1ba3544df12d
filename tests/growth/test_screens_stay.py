"""A new employer in the shipped rules, which is pure data, fails at most two tests: a list and a page that name all."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.growth.test_new_employer import EMPLOYER

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
BAND = """\
bands:
  - effective: 2025-07-01
    grades: [4, 8]
    series: "0675"
    roles: []
    basis: official
    sources: [usaj]
    review_by: 2027-12-31
"""
WITHOUT = [f"--ignore=tests/{room}" for room in ("batch", "faults", "growth", "hostile", "strict", "tools")]
"""Rooms whose tests make their own rules or look at no employer."""
NOT_COPIED = shutil.ignore_patterns(".*", "__pycache__")


def test_a_new_employer_fails_at_most_two_tests(tmp_path: Path) -> None:
    copy = tmp_path / "checkout"
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
    (copy / "rules/agencies/nps.yaml").write_text(EMPLOYER.replace("bands: []\n", BAND), "utf-8")
    # Other widths and more people are of the same employers.
    env = {name: value for name, value in os.environ.items() if name != "EHRPAY_TEST_SWEEPS"}
    env["PYTHONPATH"] = str(copy / "src")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", *WITHOUT],
        cwd=copy,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    assert re.search(r"\d{3,} passed", done.stdout), done.stdout[-2_000:]
    assert 1 <= len(failed) <= 2, failed
