"""typical-benefits.yaml says what its sources say, line by line, and is refused where it is broken."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.compare.offers import AS_OF

from ehrpay import load_rulebook
from ehrpay.errors import RulesError

RULES = Path(__file__).parents[2] / "rules"

# id, value, low, high, basis, basis of the range: the tables of the benefits research, its judgments as assumptions.
FACTS = """
    health-federal              8444   6300   8444   official    assumption
    health-family-federal      20229  16700  20229   official    assumption
    health-hospital             8400   7600   9000   assumption  assumption
    health-family-hospital     20800  19300  21600   assumption  assumption
    health-private              7885   7100   8500   survey      assumption
    health-family-private      20143  16500  21000   survey      assumption
    health-state-local          8340   7900   9000   survey      assumption
    health-family-state-local  19165  17800  20500   survey      assumption
    retirement-hospital          5.0    3.0    6.0   survey      survey
    retirement-private           4.5    3.0    6.0   survey      assumption
    pension-federal             13.1   13.1   13.1   official    official
    leave-hospital                21     17     26   survey      assumption
    sick-hospital                  0      0      0   survey      survey
    holidays-hospital            3.5      0      7   assumption  assumption
    leave-private                 11      8     16   survey      assumption
    sick-private                   7      0      8   survey      assumption
    holidays-private               8      7     10   survey      assumption
    leave-state-local             13     11     16   survey      assumption
    sick-state-local              11     11     12   survey      survey
"""


def shipped() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((RULES / "typical-benefits.yaml").read_text("utf-8"))
    return found


def test_the_file_says_what_the_research_found() -> None:
    expected = {
        words[0]: (*map(float, words[1:4]), *words[4:])
        for words in map(str.split, FACTS.split("\n"))
        if words
    }
    found = {}
    for rule in shipped()["benefits"]:
        value = rule["values"][-1]
        amounts = (float(value[key]) for key in ("value", "low", "high"))
        found[rule["id"]] = (*amounts, value["basis"], value.get("range_basis", value["basis"]))
    assert found == expected


def test_by_hand_from_what_is_published() -> None:
    """The arithmetic of the notes."""
    assert round(324.76 * 26) == 8_444
    assert round(778.03 * 26) == 20_229
    assert 9_325 - 1_440 == 7_885
    assert 26_993 - 6_850 == 20_143
    assert round(8_771 * 9_325 / 8_435 * 0.86, -1) == 8_340
    assert round(26_993 * 0.71) == 19_165
    assert round(17.5 - 4.4, 1) == 13.1


def test_every_number_is_dated_cited_and_reviewed() -> None:
    for rule in shipped()["benefits"]:
        for value in rule["values"]:
            assert value["sources"]
            assert value["review_by"]
            assert value["note"]


def test_every_setting_is_of_one_kind_of_employer() -> None:
    kinds = [setting for employer in shipped()["employers"] for setting in employer.get("settings", ())]
    assert sorted(kinds) == sorted(set(kinds))
    levels = yaml.safe_load((RULES / "adjustments" / "setting.yaml").read_text("utf-8"))["levels"]
    assert set(kinds) == {level["id"] for level in levels}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("low: 7600", "low: 8600", "value 8400 is below low 8600"),
        ("unit: percent of pay", "unit: days a year", "retirement is in percent of pay"),
        ("value: 13.10", "value: 113.10", "value 113.10 is above high"),
        ("employer: hospital", "employer: hospitals", "'hospitals' is not one of the employers"),
        ("part: sick\n", "part: leave\n", "leave appears twice for hospital"),
        ("sources: [crs-98-810]", "sources: [crs-98]", "crs-98"),
        ("settings: [hospital]", "settings: [hospitl]", "did you mean 'hospital'"),
        ("    review_by: 2026-12-31", "    review_bye: 2026-12-31", "did you mean 'review_by'"),
    ],
)
def test_a_broken_value_is_named(
    old: str, new: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EHRPAY_CACHE", str(tmp_path / "cache"))
    copy = tmp_path / "rules"
    shutil.copytree(Path(__file__).parents[1] / "frozen_rules", copy)
    file = copy / "typical-benefits.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(RulesError) as caught:
        load_rulebook(AS_OF, copy)
    assert "typical-benefits.yaml:" in str(caught.value)
    assert words in str(caught.value)
