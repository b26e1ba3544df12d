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
