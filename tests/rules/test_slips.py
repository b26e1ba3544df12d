"""One slip of a rule keeper's pen at a time, in a copy of what ships: each is told at its file, as what it is."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ehrpay import load_rulebook, shipped
from ehrpay.errors import RulesError
from ehrpay.rules.advice.examine import examine

if TYPE_CHECKING:
    from ehrpay.strict.problem import Problem

pytestmark = pytest.mark.slow

AS_OF = "2026-11-23"
DEGREE, CERTS, SPREAD = "adjustments/degree.yaml", "adjustments/certification.yaml", "spread.yaml"
FLAT = (
    "{effective: 2010-01-01, basis: assumption, confidence: low, sources: [synthesis], "
    "points: [[0, 1.0, 1.0, 1.0], [60, 1.0, 1.0, 1.0]]}"
)

SLIPS: dict[str, tuple[str, str, str, str, str]] = {
    "an area wage in thousands": (
        "areas/states.yaml",
        '["AK", "11-9111", 1450, 79120, 96690, 122020, 168220, 232380]',
        '["AK", "11-9111", 1450, 79, 96, 122, 168, 232]',
        "E307",
        "between 1,000 and 10,000,000",
    ),
    "an odd area wage": (
        "areas/states.yaml",
        '["AK", "11-9111", 1450, 79120, 96690, 122020, 168220, 232380]',
        '["AK", "11-9111", 1450, 1200, 1300, 1400, 168220, 232380]',
        "W401",
        "1400 is outside the usual 15000",
    ),
    "a grade in thousands": ("federal/gs-base.yaml", "- [1, 19738, ", "- [1, 19, ", "E310", "1,000"),
    "an index ten times itself": ("ageing.yaml", '"173.849"', '"1738.49"', "E313", "+911.3 %"),
    "an index that jumps": ("ageing.yaml", '"177.672"', '"187.672"', "W401", "outside the usual 0 to 3 %"),
    "a share that widens": (SPREAD, "degree: 0.99", "degree: 1.99", "E203", "at most 1"),
    "a fall-back that narrows": (SPREAD, "fall_back: 1.06", "fall_back: 0.96", "E203", "at least 1"),
    "a share of what nobody says": (SPREAD, "degree: 0.99", "cap: 0.99", "W406", "'cap'"),
    "an occupation's number": ("adjustments/demand.yaml", '"29-2072"', '"29-2073"', "E303", "29-2073"),
    "a name for none": (
        CERTS,
        "aliases: [",
        "aliases: [None at all, none, ",
        "E304",
        "already means no credential",
    ),
    "a name that is typed alike": (
        DEGREE,
        '"some college"',
        '"some college", High_School',
        "E304",
        "high-school",
    ),
    "a name nobody can type": (DEGREE, '"some college"', '" - "', "E203", "letter or digit"),
    "a credential of no kind": (CERTS, "    kind: core\n", "", "E203", "needs a kind"),
    "a fee of no source": (CERTS, "    facts_sources:", "    # facts_sources:", "E203", "facts_sources"),
    "grades upside down": ("agencies/va.yaml", "grades: [4, 9]", "grades: [9, 4]", "E203", "above the last"),
    "grades without a plan": ("agencies/va.yaml", "pay_plan: GS", "pay_plan: null", "W406", "no grades"),
    "a step put in twice": ("plan.yaml", "  - ehr\n", "  - ehr\n  - ehr\n", "E312", "apply twice"),
    "a plan without its base": ("plan.yaml", "  - base\n", "", "E312", "begin with 'base'"),
    "another adjustment's name": (
        "adjustments/location.yaml",
        "adjustment: location",
        "adjustment: places",
        "E305",
        "'location' is required",
    ),
    "another adjustment's input": (
        "adjustments/ehr.yaml",
        "input: ehr",
        "input: work",
        "E305",
        "choice by ehr",
    ),
    "a choice by years": (
        "adjustments/ehr.yaml",
        "input: ehr",
        "input: years",
        "E203",
        "'curve', not 'choice'",
    ),
    "a year left out": (
        "federal/gs-locality.yaml",
        "effective: 2022-01-01",
        "effective: 2021-01-01",
        "W403",
        "between 2021 and 2023",
    ),
    "a value before all wages": (
        "adjustments/experience.yaml",
        "curve:\n",
        f"curve:\n  - {FLAT}\n",
        "W406",
        "never in force",
    ),
    "a key for credentials": (
        DEGREE,
        '    name: "High school"\n',
        '    name: "High school"\n    kind: core\n',
        "W406",
        "'kind'",
    ),
}


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped rules."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EHRPAY_CACHE", str(tmp_path / "cache"))
    shutil.copytree(shipped.folder(), tmp_path / "mine", ignore=shutil.ignore_patterns("tests", "*.tsv"))
    return Path("mine")


def change(rules: Path, file: str, old: str, new: str) -> None:
    text = (rules / file).read_text("utf-8")
    assert old in text
    (rules / file).write_text(text.replace(old, new, 1), "utf-8")


def errors(rules: Path) -> list[Problem]:
    return [one for one in examine(str(rules), (), AS_OF).problems if one.severity == "error"]


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told(rules: Path, slip: str) -> None:
    file, old, new, code, words = SLIPS[slip]
    change(rules, file, old, new)
    told = examine(str(rules), (), AS_OF).problems
    assert any((one.path, one.code) == (f"mine/{file}", code) and words in one.message for one in told)


@pytest.mark.parametrize("slip", [name for name, slip in SLIPS.items() if slip[3].startswith("E")])
def test_a_slip_that_is_an_error_stops_every_load(rules: Path, slip: str) -> None:
    file, old, new, code, _ = SLIPS[slip]
    change(rules, file, old, new)
    with pytest.raises(RulesError, match=code):
        load_rulebook(AS_OF, rules).rules.areas  # noqa: B018 - reading them judges them


def test_a_file_whose_step_is_taken_out_of_the_plan_is_told(rules: Path) -> None:
    change(rules, "plan.yaml", "  - ehr\n", "")
    told = [one for one in examine(str(rules), (), AS_OF).problems if one.path == "mine/adjustments/ehr.yaml"]
    assert [(one.code, one.message[:27]) for one in told] == [("W406", "the plan has no step 'ehr',")]


def test_mistakes_of_all_tiers_are_told_at_once(rules: Path) -> None:
    change(rules, "spread.yaml", "1.06", "0106")
    change(rules, DEGREE, "basis: assumption", "basis: assumed")
    change(rules, DEGREE, "[aapc22d, aapc12]", "[aapc22x, aapc12]")
    change(rules, "agencies/va.yaml", "[article-2023]", "[article-2032]")
    assert [one.code for one in errors(rules)] == ["E203", "E303", "E303", "E111"]


def test_what_hangs_on_a_broken_file_is_not_told_as_well(rules: Path) -> None:
    change(rules, "sources.yaml", "  - id: ", "  - idd: ")
    change(rules, "agencies/va.yaml", "kind: federal", "kind: [federal")
    assert {one.path for one in errors(rules)} == {"mine/sources.yaml", "mine/agencies/va.yaml"}


def test_an_unknown_key_hides_nothing_else_of_its_value(rules: Path) -> None:
    change(rules, DEGREE, "        low: 0.95\n", "        lo: 0.95\n        low: 1.95\n")
    assert [one.code for one in errors(rules)] == ["E201", "E203"]
