"""`ehrpay rules diff` as people run it: its sides, its formats, its golden screens, its errors."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.program import WITH_RULES
from tests.schemas import contract

from ehrpay import shipped
from ehrpay.cli.main import run
from ehrpay.rules.case_files import people

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Golden = Callable[[str, str], None]
    Capture = pytest.CaptureFixture[str]

pytestmark = pytest.mark.usefixtures("frozen_rules")

AS_OF = "2026-11-23"
SCHEMA = contract("rules-diff")
FORMATS = ("table", "plain", "json", "markdown")
CERTIFICATION, GS = "adjustments/certification.yaml", "federal/gs-base.yaml"


@pytest.fixture(autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
    monkeypatch.delenv("EHRPAY_RULES", raising=False)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a copy of the rules in `mine`."""
    shutil.copytree(shipped.folder(), tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "mine"


def edit(top: Path, file: str, old: str, new: str) -> int:
    """Replace the first such text of a file; its line."""
    path = top / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def told(capsys: Capture, *args: str) -> dict[str, Any]:
    run(["rules", "diff", *args, "--json"])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    SCHEMA.validate(found)
    return found


def test_the_same_rules_differ_in_nothing(here: Path, capsys: Capture) -> None:
    assert run(["rules", "diff", "shipped", here.name]) == 0
    assert "changed\tnothing\n" in capsys.readouterr().out


def test_a_changed_number_is_named_with_both_places_and_exit_1(here: Path, capsys: Capture) -> None:
    line = edit(here, CERTIFICATION, "      factor: 1.03\n", "      factor: 1.04\n") + 0
    assert run(["rules", "diff", "shipped", "mine"]) == 1
    text = capsys.readouterr().out
    assert f"rules/{CERTIFICATION}:{line} -> mine/{CERTIFICATION}:{line}" in text
    assert "certification.core.values[2021-05-01].factor\t1.03 -> 1.04 factor" in text
    assert "effect\t" in text


def test_a_change_that_moves_nobody_is_listed_and_exits_0(here: Path, capsys: Capture) -> None:
    edit(here, "occupations.yaml", "employment: 180570", "employment: 180571")
    assert run(["rules", "diff", "shipped", "mine"]) == 0
    text = capsys.readouterr().out
    assert "occupations.29-2072.wages[2021-05-01].employment\t180,570 -> 180,571 people" in text
    assert "effect\tno reference profile changes" in text


def test_who_is_not_moved_is_named_as_who_was_priced(here: Path, capsys: Capture) -> None:
    edit(here, "occupations.yaml", "employment: 180570", "employment: 180571")
    roster, profiles = here.parent / "people.csv", here.parent / "people.yaml"
    roster.write_text("name,role,years\nAnn,coder,5\n", encoding="utf-8")
    profiles.write_text("profiles:\n  - {name: Ann, profile: {role: coder, years: 5}}\n", encoding="utf-8")
    for option, file, words in (
        ("--roster", roster, "no row of the roster changes"),
        ("--profiles", profiles, "no profile of the file changes"),
    ):
        (change,) = told(capsys, "shipped", "mine", option, str(file))["changes"]
        assert change["no_effect"] == words
    assert run(["rules", "diff", "shipped", "mine", "--roster", str(roster), "--format", "markdown"]) == 0
    assert "0 of 1 rows of the roster change" in capsys.readouterr().out


def test_a_new_employer_or_role_is_shown_with_its_newest_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["rules", "init", "own"]) == 0
    value = "basis: assumption, confidence: low, sources: [synthesis]"
    (tmp_path / "own/adjustments/responsibility.yaml").write_text(
        "adjustment: responsibility\nlevels:\n  - id: chaser\n    name: Chart chaser\n    values:\n"
        f"      - {{effective: 2025-01-01, factor: 0.95, low: 0.90, high: 1.00, {value}}}\n"
        f"      - {{effective: 2026-01-01, factor: 0.96, low: 0.90, high: 1.00, {value}}}\n",
        encoding="utf-8",
    )
    capsys.readouterr()
    found = {one["id"]: one["new"] for one in told(capsys, "own", "--as-of", AS_OF)["changes"]}
    band, role = found["example-health"], found["responsibility.chaser"]
    assert band["value"] == "name Example Health; min 45000, max 72000"
    assert (band["basis"], band["effective"], band["sources"]) == (
        "assumption",
        "2026-01-01",
        ["example-figures"],
    )
    assert (role["value"], role["effective"]) == ("name Chart chaser; factor 0.96 and 1 more", "2026-01-01")


def test_lines_that_only_move_are_no_change(here: Path) -> None:
    path = here / CERTIFICATION
    path.write_text("# a line more\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert run(["rules", "diff", "shipped", "mine"]) == 0


def test_a_single_change_shows_the_profile_it_moves_most(here: Path, capsys: Capture) -> None:
    edit(here, CERTIFICATION, "      factor: 1.03\n", "      factor: 1.04\n")
    found = told(capsys, "shipped", "mine")
    (change,) = found["changes"]
    assert change["effect"] == found["moves"][0]
    assert change["no_effect"] is None


def test_several_changes_share_whom_they_move(here: Path, capsys: Capture) -> None:
    edit(here, CERTIFICATION, "      factor: 1.03\n", "      factor: 1.04\n")
    edit(here, "sources.yaml", 'publisher: "not recorded"', 'publisher: "unknown"')
    found = told(capsys, "shipped", "mine")
    assert [one["effect"] for one in found["changes"]] == [None, None]
    assert {one["no_effect"] for one in found["changes"]} == {"changed together with others; see 'moves'"}


def test_a_pay_cell_of_an_earlier_year_moves_nobody_today(here: Path, capsys: Capture) -> None:
    edit(here, GS, "50691", "50700")
    found = told(capsys, "shipped", "mine")
    (change,) = found["changes"]
    assert change["id"] == "gs-base[2021-01-01].grade-9.step-4"
    assert (change["effect"], change["no_effect"]) == (None, "no reference profile changes")
    assert found["moving"] is False


def test_a_value_added_and_a_level_removed(here: Path, capsys: Capture) -> None:
    text = (here / "adjustments/work.yaml").read_text(encoding="utf-8")
    first, last = text.index("  - id: hybrid"), len(text)
    (here / "adjustments/work.yaml").write_text(text[:first].rstrip() + text[last:] + "\n", encoding="utf-8")
    found = told(capsys, "shipped", "mine")
    (change,) = found["changes"]
    assert (change["id"], change["kind"], change["new"]) == ("work.hybrid", "removed", None)
    assert [one["name"] for one in found["lost_answers"]] == [
        "coder, hybrid",
        "hospital coder, 8 years, RHIT, bachelor, Epic",
    ]
    found = told(capsys, "mine", "shipped")
    assert found["changes"][0]["kind"] == "added"
    assert len(found["gained_answers"]) == 2


def test_basis_and_sources_are_changes_too(here: Path, capsys: Capture) -> None:
    edit(here, CERTIFICATION, "sources: [aapc10]", "sources: [aapc10, aapc18]")
    found = told(capsys, "shipped", "mine")
    (change,) = found["changes"]
    assert change["id"] == "certification.none.values[2021-05-01].sources"
    assert (change["old"]["value"], change["new"]["value"]) == (["aapc10"], ["aapc10", "aapc18"])
    assert found["moving"] is False


def test_dates_compare_what_is_in_force(capsys: Capture) -> None:
    found = told(capsys, "2023-06-01", "2025-01-01", "--only", "occupations.29-2072.*.p50")
    assert found["compared"] == "in-force"
    (change,) = found["changes"]
    assert (change["old"]["value"], change["new"]["value"]) == (48780, 50250)
    assert (change["old"]["effective"], change["new"]["effective"]) == ("2023-05-01", "2024-05-01")
    assert found["changes_matching"] == 1 < found["changes_total"]


def test_as_of_alone_is_compared_with_today(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EHRPAY_TODAY", "2026-02-14")
    found = told(capsys, "--as-of", "2025-01-01", "--only", "none")
    assert (found["before"]["name"], found["after"]["name"]) == ("2025-01-01", "now")
    assert found["after"]["as_of"] == "2026-02-14"


def test_an_overlay_is_the_shipped_rules_with_it(tmp_path: Path, capsys: Capture) -> None:
    top = tmp_path / "ours"
    (top / "adjustments").mkdir(parents=True)
    (top / "overlay.yaml").write_text("title: Ours\nauthor: us\nreference: none\n", encoding="utf-8")
    (top / CERTIFICATION).write_text(
        "levels:\n  - id: rhit\n    values:\n      - {effective: 2021-05-01, factor: 1.06, low: 1.00, high: 1.08,\n"
        "         basis: assumption, confidence: low, sources: [synthesis]}\n",
        encoding="utf-8",
    )
    found = told(capsys, "shipped", str(top), "--only", "*.factor")
    (change,) = found["changes"]
    assert change["id"] == "certification.rhit.values[2021-05-01].factor"
    assert change["new"]["where"] == f"{top.as_posix()}/{CERTIFICATION}:4"
    assert change["new"]["basis"] == "assumption"
    assert found["moves"][0]["change_mid"] > 0
    assert told(capsys, str(top))["changes_total"] == found["changes_total"]


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_table(
    width: int, here: Path, golden: Golden, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited(here)
    monkeypatch.setenv("COLUMNS", str(width))
    run(["rules", "diff", "shipped", "mine", "--format", "table", "--top", "6"])
    text = unversioned(capsys.readouterr().out)
    assert max(map(len, text.splitlines())) <= width
    golden(f"table-{width}.txt", text)


@pytest.mark.parametrize("form", ["plain", "markdown"])
def test_text_for_pipes(form: str, here: Path, golden: Golden, capsys: Capture) -> None:
    edited(here)
    run(["rules", "diff", "shipped", "mine", "--format", form])
    golden(f"{form}.txt", unversioned(capsys.readouterr().out))


def edited(top: Path) -> None:
    edit(top, CERTIFICATION, "      factor: 1.03\n", "      factor: 1.04\n")
    edit(top, GS, "50691", "50700")
    edit(top, "spread.yaml", "setting: 0.96", "setting: 0.95")
    edit(top, "sources.yaml", 'publisher: "not recorded"', 'publisher: "unknown"')


def unversioned(text: str) -> str:
    """Without the fingerprints of the rules, which any edit of the shipped ones changes."""
    return re.sub(r"(?<=rules.)[0-9a-f]{12}", "0" * 12, text)


def test_a_long_list_is_folded_in_markdown(capsys: Capture) -> None:
    run(["rules", "diff", "2025-01-01", AS_OF, "--format", "markdown"])
    text = capsys.readouterr().out
    assert text.count("<details>") == text.count("</details>") >= 2
    assert "<summary>Whose pay changes, in dollars a year, largest change of the middle first (" in text


def test_own_profiles(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "people.yaml"
    file.write_text("profiles:\n  - {name: me, profile: {years: 5, certs: [rhit]}}\n", encoding="utf-8")
    found = told(capsys, "2025-01-01", AS_OF, "--profiles", str(file), "--only", "none")
    assert found["summary"]["profiles"] == 1
    assert [one["name"] for one in found["moves"]] == ["me"]


def test_the_reference_profiles_all_have_an_answer_and_cover_the_rules(capsys: Capture) -> None:
    found = told(capsys, "shipped", "now")
    everybody = people()
    assert found["summary"]["unmoved"] == found["summary"]["profiles"] == len(everybody)
    from ehrpay import load_rulebook

    rules = load_rulebook(AS_OF).rules
    levels = {name: set(rule.levels) for name, rule in rules.adjustments.items()}
    said = [person.profile for person in everybody]
    assert levels["responsibility"] <= {one.role for one in said}
    assert levels["degree"] <= {one.degree for one in said}
    assert levels["work"] <= {one.work for one in said}
    assert levels["setting"] - {"federal"} <= {one.setting for one in said}
    assert levels["ehr"] <= {id_ for one in said for id_ in one.ehr or ()}
    assert {*rules.agencies} <= {one.agency for one in said}


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        ([], 2, "nothing to compare"),
        (["a", "b", "c"], 2, "compare two sides, not 3"),
        (["shiped", "now"], 2, "did you mean 'shipped'?"),
        (["nowhere"], 2, "'nowhere' is not a rules folder"),
        (["not/there", "now"], 66, "'not/there' not found"),
        (["my-overlay"], 66, "'my-overlay' not found"),
        (["2025-13-01", "now"], 2, "'2025-13-01' is not a calendar date"),
        (["shipped", "now", "--top", "0"], 2, "--top: '0' is out of range"),
        (["shipped", "now", "--format", "full"], 2, "--format: unknown format 'full'"),
        (
            ["shipped", "now", "--profiles", "absent.yaml"],
            66,
            "absent.yaml:1:1: E134 the file can't be read",
        ),
    ],
)
def test_wrong_use(args: list[str], code: int, says: str, here: Path, capsys: Capture) -> None:
    assert here.is_dir()
    assert run(["rules", "diff", *args]) == code
    assert says in capsys.readouterr().err


def test_a_folder_without_rules_is_refused(tmp_path: Path, capsys: Capture) -> None:
    assert run(["rules", "diff", str(tmp_path)]) == 2
    assert "has neither rules (sources.yaml) nor an overlay (overlay.yaml)" in capsys.readouterr().err


def test_a_side_that_does_not_validate_shows_all_its_problems(here: Path, capsys: Capture) -> None:
    text = (here / CERTIFICATION).read_text(encoding="utf-8")
    count = text.count("confidence: ")
    (here / CERTIFICATION).write_text(text.replace("confidence: ", "certainty: "), encoding="utf-8")
    assert run(["rules", "diff", "shipped", "mine"]) == 78
    error = capsys.readouterr().err
    assert "the rules of mine have " in error
    assert error.count("unknown key 'certainty'") == count > 20


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("profiles: []\n", "people.yaml:1:11: E203 has 0 items and must have at least 1"),
        ("people: []\n", "people.yaml:1:1: E201 unknown key 'people'"),
        ("profiles:\n  - {profile: {}}\n", "people.yaml:2:5: E202 key 'name' is missing"),
        ("profiles:\n  - {name: a, profile: {yeers: 5}}\n", "unknown key 'yeers' (did you mean 'years'?)"),
        (
            "profiles:\n  - {name: a, profile: {}}\n  - {name: a, profile: {}}\n",
            "3:12: E304 'a' appears twice",
        ),
        ("profiles:\n  - {name: a, method: magic}\n", "should be 'auto', 'market' or 'grade'"),
        ("profiles:\n  - {name: a, profile: {ehr: {a: b}}}\n", "E203 expected a list"),
        ("profiles:\n  - {name: a, profile: {role: [x]}}\n", "E203 expected text"),
        ("profiles: [\n", "the profiles have 1 problem:"),
    ],
)
def test_profiles_that_can_not_be_used(text: str, says: str, tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "people.yaml"
    file.write_text(text, encoding="utf-8")
    assert run(["rules", "diff", "shipped", "now", "--profiles", str(file)]) == 65
    assert says in capsys.readouterr().err


def test_a_real_process(frozen_rules: Path) -> None:
    args = ["rules", "diff", "2024-06-01", AS_OF, "--only", "ageing*", "--json"]
    found = subprocess.run(
        [sys.executable, "-c", WITH_RULES, str(frozen_rules), *args],
        env=dict(os.environ),
        capture_output=True,
        check=False,
    )
    assert (found.returncode, found.stderr) == (1, b"")
    SCHEMA.validate(json.loads(found.stdout))


def test_a_whole_year_of_pay_tables(here: Path, capsys: Capture) -> None:
    """A new table is one change, and those it pays move."""
    path = here / GS
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.rindex("  - effective:")], encoding="utf-8")
    assert run(["rules", "diff", "mine", "shipped", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    [change] = told["changes"]
    assert change["id"] == "gs-base[2026-01-01]"
    assert change["effect"]["change_mid"] > 0
