"""A new employer is one YAML file: it answers at once, is listed, and no line of Python changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from ehrpay.cli.main import run

RULES = Path(__file__).parents[2] / "rules"

EMPLOYER = """\
# yaml-language-server: $schema=../../schema/rules/agency.schema.json
agency: nps
name: National Park Service
aliases: [park service]
kind: federal
setting: federal
pay_plan: GS
bands: []
benefits: []
notes: []
"""

PARKS = (
    EMPLOYER.replace("nps", "parks")
    .replace("National Park Service", "State Parks")
    .replace("[park service]", "[]")
)
"""Another one, with more to it, for the day when the first is among the shipped employers."""

OVERLAY = """\
title: Parks
author: A test
reference: none
"""


@pytest.fixture
def overlay(tmp_path: Path) -> str:
    (tmp_path / "agencies").mkdir()
    (tmp_path / "agencies/nps.yaml").write_text(EMPLOYER, "utf-8")
    (tmp_path / "overlay.yaml").write_text(OVERLAY, "utf-8")
    return str(tmp_path)


def answer(capsys: pytest.CaptureFixture[str], *args: str) -> Any:
    assert run([*args, "--json"]) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def test_it_answers_and_is_listed(overlay: str, capsys: pytest.CaptureFixture[str]) -> None:
    given = ("--agency", "Park Service", "--grade", "8", "--step", "3", "--rules", overlay)
    estimate = answer(capsys, "estimate", *given)
    assert (estimate["profile"]["agency"], estimate["method"]) == ("nps", "grade")
    assert estimate["headline"].startswith("NPS")
    listed = answer(capsys, "list", "agencies", "--rules", overlay)["agencies"]
    assert "nps" in [agency["id"] for agency in listed]


def test_a_band_of_some_roles_is_listed_with_them(overlay: str, capsys: pytest.CaptureFixture[str]) -> None:
    band = (
        "bands:\n  - {effective: 2026-01-01, min: 45000, max: 72000, roles: [coder, lead], basis: assumption, "
        "sources: [synthesis], review_by: 2027-12-31}\n"
    )
    Path(overlay, "agencies/parks.yaml").write_text(PARKS.replace("bands: []\n", band), "utf-8")
    listed = answer(capsys, "list", "agencies", "--as-of", "2026-11-23", "--rules", overlay)["agencies"]
    (here,) = next(agency["bands"] for agency in listed if agency["id"] == "parks")
    assert (here["min"], here["max"], here["roles"]) == (45_000, 72_000, ["coder", "lead"])
    assert run(["list", "agencies", "--as-of", "2026-11-23", "--rules", overlay]) == 0
    assert "$45,000-$72,000 (assumption 2026: coder, lead)" in capsys.readouterr().out


def test_a_what_if_and_an_offer_know_it(overlay: str, capsys: pytest.CaptureFixture[str]) -> None:
    result = answer(capsys, "whatif", "--agency", "va", "--grade", "8", "--step", "3", "--only", "agency",
                    "--rules", overlay)  # fmt: skip
    assert "nps" in [change["id"] for change in result["changes"]]
    compared = answer(capsys, "compare", "--offer", "NPS GS-8/3 Denver", "--rules", overlay)
    assert compared["offers"][0]["name"] == "NPS"


def test_it_may_stand_in_the_folder_of_rules_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    (tmp_path / "rules/agencies/nps.yaml").write_text(EMPLOYER, "utf-8")
    assert run(["rules", "validate", str(tmp_path / "rules")]) == 0, capsys.readouterr().out


def test_the_setting_of_an_employer_without_a_pay_plan_counts_alone_and_in_a_roster(
    tmp_path: Path, overlay: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As if it had been typed: in one answer, in a what-if and in a row."""
    text = PARKS.replace("pay_plan: GS", "pay_plan: null").replace("kind: federal", "kind: private")
    text = text.replace("setting: federal", "setting: hospital")
    Path(overlay, "agencies/parks.yaml").write_text(text, "utf-8")
    alone = answer(capsys, "estimate", "--years", "5", "--setting", "hospital")
    here = answer(capsys, "estimate", "--years", "5", "--agency", "parks", "--rules", overlay)
    assert (here["low"], here["mid"], here["high"]) == (alone["low"], alone["mid"], alone["high"])
    assert "Hospital" in here["headline"]
    people = tmp_path / "people.csv"
    people.write_text("agency,years\nparks,5\n", "utf-8")
    assert run(["batch", str(people), "-o", "-", "--rules", overlay]) == 0
    assert str(alone["mid"]) in capsys.readouterr().out
