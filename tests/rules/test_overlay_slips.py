"""One slip at a time in an overlay as `rules init` writes it: what `rules validate` says, where, and what helps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.freeze_rules import FROZEN
from tests.rules.editing import change
from tests.rules.test_validate import told

from ehrpay.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path


SLIPS = (
    ("agencies/example-health.yaml", "min: 45000", "min: $45,000", "expected a whole number", "write 45000"),
    (
        "agencies/example-health.yaml",
        "min: 45000",
        "min: 45k",
        "expected a whole number",
        "digits alone, such as 45000",
    ),
    (
        "adjustments/certification.yaml",
        "factor: 1.05 ",
        "factor: 5 % ",
        "not a number",
        "such as 1.05 for 5 % more",
    ),
    (
        "adjustments/certification.yaml",
        "low: 1.02 ",
        'low: "1.02" ',
        "not a number",
        "write 1.02 without quotes",
    ),
    (
        "adjustments/certification.yaml",
        "id: rhit",
        "id: rhitt",
        "key 'name' is missing",
        "did you mean 'rhit'?",
    ),
    ("adjustments/certification.yaml", "id: rhit", "id: zzzz", "key 'name' is missing", ""),
    (
        "adjustments/certification.yaml",
        "id: rhit",
        "id: rhit\n    evidence: false",
        "without pay evidence must have the factor 1.0000",
        "write evidence: true",
    ),
    (
        "agencies/example-health.yaml",
        "sources: [example-figures]",
        "sources: example-figures",
        "expected a list",
        "write [example-figures]",
    ),
    (
        "agencies/example-health.yaml",
        "aliases: [example hospital]",
        "aliases: example hospital",
        "expected a list",
        'start each item on its own line with "- "',
    ),
    (
        "agencies/example-health.yaml",
        "roles: [coder, specialist]",
        "contradicted_by: [a survey]",
        "expected keys with values",
        "keys allowed here: effective, text, sources",
    ),
    (
        "adjustments/certification.yaml",
        "        basis: assumption          # official, survey, reported or assumption\n",
        "",
        "key 'basis' is missing",
        "replaced whole; write all its keys",
    ),
    ("sources.yaml", 'published: "2026"', "published: 2026", "expected text", 'write "2026"'),
    ("sources.yaml", "url: null", "url: example.com", "is not written as expected", "starts with https://"),
    ("agencies/example-health.yaml", "name: Example Health", 'name: ""', "not an empty one", ""),
    ("adjustments/certification.yaml", "high: 1.10", "high: 11.0", "must be at most 5", ""),
)


@pytest.mark.parametrize(("file", "old", "new", "message", "help_"), SLIPS, ids=[slip[2] for slip in SLIPS])
def test_a_slip_in_an_overlay_is_told_with_what_helps(
    overlay: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    old: str,
    new: str,
    message: str,
    help_: str,
) -> None:
    change(overlay / file, old, new)
    code, out, _ = told(capsys, "mine", "--json")
    (one,) = json.loads(out)["problems"]
    assert (code, one["file"]) == (1, f"mine/{file}")
    assert message in one["message"]
    assert help_ in one["help"] if help_ else not one["help"]


WAGE = """\
occupations:
  - id: "29-2072"
    wages:
      - {effective: 2026-05-01, employment: 195000, p10: 37000, p25: 44000, p50: 53000, p75: 66000, p90: 83000,
         basis: official, sources: [oews-2025]}
"""
CAP = """\
caps:
  - {effective: 2027-01-01, cap: 199000, basis: official, sources: [opm-gs-2026]}
"""
PERCENT = """\
localities:
  - code: DEN
    percents:
      - {effective: 2027-01-01, percent: 31.0, basis: official, sources: [opm-gs-2026]}
"""
ALONE = (
    (
        "occupations.yaml",
        WAGE,
        "4:21: W407 estimates from these wages fail: ageing.yaml has no reading of 2026Q2",
    ),
    ("federal/gs-rules.yaml", CAP, "2:17: W407 never used: there is no base table of 2027"),
    ("federal/gs-locality.yaml", PERCENT, "4:21: W407 never used: there is no base table of 2027"),
)


@pytest.mark.parametrize(("file", "text", "message"), ALONE, ids=[one[0] for one in ALONE])
def test_what_nothing_can_use_is_a_warning(
    overlay: Path, capsys: pytest.CaptureFixture[str], file: str, text: str, message: str
) -> None:
    (overlay / file).parent.mkdir(exist_ok=True)
    (overlay / file).write_text(text, "utf-8")
    code, out, _ = told(capsys, "mine", "--format", "concise")
    assert code == 0
    assert f"mine/{file}:{message}" in out


def test_a_base_table_without_its_cap_and_localities_is_a_warning(
    overlay: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newest = (FROZEN / "federal/gs-base.yaml").read_text("utf-8").rpartition("  - effective: ")[2]
    (overlay / "federal").mkdir()
    text = f"tables:\n  - effective: {newest}".replace("2026-01-01", "2027-01-01", 1)
    (overlay / "federal/gs-base.yaml").write_text(text, "utf-8")
    code, out, _ = told(capsys, "mine", "--format", "concise")
    assert code == 0
    lacks = "there is no pay cap and no locality percentage of 2027"
    assert f"mine/federal/gs-base.yaml:2:16: W407 grades of its year can't be priced: {lacks}\n" in out


def test_an_estimate_from_wages_without_an_index_says_which_quarters_there_are(
    overlay: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (overlay / "occupations.yaml").write_text(WAGE, "utf-8")
    assert run(["estimate", "--rules", "mine", "--years", "5", "--as-of", "2026-11-23"]) == 69
    message = "wages of 2026Q2 can't be carried to another date: readings run from 2018Q4 to 2026Q1"
    assert message in capsys.readouterr().err


CERTS, EMPLOYER = "adjustments/certification.yaml", "agencies/example-health.yaml"
RANGES = (
    (CERTS, "factor: 1.05", "factor: 1.15", "factor 1.15 is above high 1.10"),
    (CERTS, "factor: 1.05", "factor: 1.01", "factor 1.01 is below low 1.02"),
    (CERTS, "low: 1.02", "low: 1.12", "low 1.12 is above high 1.10"),
    (EMPLOYER, "min: 45000", "min: 75000", "min 75000 is not below max 72000"),
)


@pytest.mark.parametrize(("file", "old", "new", "message"), RANGES, ids=[slip[2] for slip in RANGES])
def test_values_out_of_order_are_told_at_the_one_to_look_at(
    overlay: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, message: str
) -> None:
    line = change(overlay / file, old, new)
    code, out, _ = told(capsys, "mine", "--format", "concise")
    (problem,) = out.splitlines()
    assert (code, problem.split(":")[1]) == (1, str(line))
    assert message in problem


def test_a_file_named_yml_is_told_to_be_renamed(overlay: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (overlay / "agencies/example-health.yaml").rename(overlay / "agencies/example-health.yml")
    (overlay / "tests/example.yaml").rename(overlay / "tests/example.yml")
    code, out, _ = told(capsys, "mine", "--format", "concise")
    message = "E204 the name of a rule file ends in .yaml; rename it"
    assert code == 1
    assert out.splitlines() == [
        f"mine/agencies/example-health.yml:3:1: {message}",
        f"mine/tests/example.yml:1:1: {message}",
    ]


def test_a_ladder_that_ships_is_not_answered_with_another(
    overlay: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is there, but what has sources of its own takes no key from below."""
    (overlay / "federal").mkdir()
    ladder = "ladders:\n  - id: va-coder\n    grades: [5, 4]\n"
    (overlay / "federal/ladders.yaml").write_text(ladder, "utf-8")
    code, out, _ = told(capsys, "mine", "--json")
    assert code == 1
    assert {one["help"] for one in json.loads(out)["problems"]} == {
        "what has sources of its own is replaced whole; write all its keys"
    }


def test_each_step_is_named_once_where_one_is_unknown(
    overlay: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (overlay / "plan.yaml").write_text("market: [base, area, xyz]\n", "utf-8")
    _, out, _ = told(capsys, "mine", "--json")
    (help_,) = (one["help"] for one in json.loads(out)["problems"] if one["code"] == "E303")
    assert help_.count("location") == 1


@pytest.mark.parametrize("rows", ["[[]]", "[5]", '[["19740"]]', "5"])
def test_a_broken_row_of_area_wages_is_no_bug_of_ours(
    overlay: Path, capsys: pytest.CaptureFixture[str], rows: str
) -> None:
    """Area tables are judged when they are first used, and a rule of theirs shown is a use."""
    (overlay / "areas").mkdir()
    (overlay / "areas/metros.yaml").write_text(f"tables:\n  - rows: {rows}\n", "utf-8")
    for id_ in ("metro.19740", "metros"):
        assert run(["rules", "show", id_, "--rules", "mine"]) == 78
        assert "mine/areas/metros.yaml:2:" in capsys.readouterr().err
    assert run(["rules", "show", "rhit", "--rules", "mine"]) == 0


CURVE = """\
adjustment: experience
curve:
  - effective: 2026-01-01
    points:
      - [0, 0.8, 0.7, 0.9]
      - {point}
      - [30, 1.1, 1.0, 1.2]
    basis: assumption
    confidence: low
    sources: [synthesis]
"""
POINTS = (
    ("[5, 0.9, 0.85]", "a row has 4 values (years, factor, low, high), not 3"),
    ("[5, 0.9, 0.95, 1.0]", "at 5 years factor 0.9 is below low 0.95"),
    ("[0, 0.9, 0.85, 1.0]", "0 years after 0: years must rise"),
    ("[5, 0.75, 0.7, 1.0]", "factor falls at 5 years: more years must never pay less"),
)


@pytest.mark.parametrize(("point", "message"), POINTS, ids=[point for point, _ in POINTS])
def test_a_point_of_a_curve_is_told_at_its_row(
    overlay: Path, capsys: pytest.CaptureFixture[str], point: str, message: str
) -> None:
    (overlay / "adjustments/experience.yaml").write_text(CURVE.replace("{point}", point), "utf-8")
    code, out, _ = told(capsys, "mine", "--format", "concise")
    assert (code, out) == (1, f"mine/adjustments/experience.yaml:6:9: E203 {message}\n")


def test_an_id_given_twice_is_not_answered_with_itself(
    overlay: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(overlay / "sources.yaml", "    licence: figures only\n", "  - id: example-figures\n")
    code, out, _ = told(capsys, "mine", "--json")
    problems = json.loads(out)["problems"]
    assert code == 1
    assert "'example-figures' appears twice in this list" in {one["message"] for one in problems}
    assert not any(one["help"] for one in problems)
