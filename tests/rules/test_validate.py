"""`ehrpay rules validate` as people and scripts run it: formats, exit codes, paths, overlays."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.freeze_rules import FROZEN
from tests.program import ehrpay
from tests.schemas import contract

from ehrpay.cli.main import run
from ehrpay.rules.codes import CODES

if TYPE_CHECKING:
    from collections.abc import Callable

AS_OF = ("--as-of", "2026-11-23")
DOCS = Path(__file__).parents[2] / "docs" / "rules.md"


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of rules with mistakes of three tiers in three files."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(FROZEN, tmp_path / "mine", ignore=shutil.ignore_patterns("tests"))
    _change("mine/adjustments/degree.yaml", "factor: 1.07", "factr: 1.07")
    _change("mine/agencies/ssa.yaml", "pay_plan: GS", "pay_plan: NO")
    _change("mine/agencies/ihs.yaml", "[usaj]", "[usja]")
    return Path("mine")


def _change(path: str, old: str, new: str) -> None:
    file = Path(path)
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def told(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    code = run(["rules", "validate", *args, *AS_OF])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_json_is_the_same_ascii_in_every_encoding(broken: Path, encoding: str) -> None:
    """A value with an accent is in the message, and stays JSON where standard output can't encode it."""
    _change("mine/adjustments/degree.yaml", "factr: 1.07", "f\u00e9ctr: 1.07")
    args = ("rules", "validate", str(broken), *AS_OF, "--json")
    found = ehrpay(*args, env=dict(os.environ), encoding=encoding)
    assert found.returncode == 1
    assert found.stdout.isascii()
    assert "f\u00e9ctr" in json.dumps(json.loads(found.stdout), ensure_ascii=False)


@pytest.mark.parametrize("name", ["full", "concise", "github", "json", "sarif"])
def test_formats(
    broken: Path, capsys: pytest.CaptureFixture[str], golden: Callable[[str, str], None], name: str
) -> None:
    code, out, err = told(capsys, str(broken), "--format", name)
    assert (code, err.count("\n")) == (1, 1)
    golden(f"validate-{name}.txt", out)


def test_all_mistakes_in_one_run(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = told(capsys, str(broken), "--json")
    record: dict[str, Any] = json.loads(out)
    assert code == 1
    assert record["schema"] == "ehrpay/rules-validate/1"
    assert (record["errors"], record["warnings"], record["notes"]) == (4, 20, 0)
    errors = {one["code"] for one in record["problems"] if one["severity"] == "error"}
    assert errors == {"E110", "E201", "E202", "E303"}
    for one in record["problems"]:
        text = Path(one["file"]).read_text("utf-8").splitlines()[one["line"] - 1]
        assert one["column"] <= len(text) + 1
    assert err == f"{record['files']} files: 4 errors, 20 warnings, no notes\n"


def test_sarif_has_what_the_standard_needs(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = json.loads(told(capsys, str(broken), "--format", "sarif")[1])
    assert log["version"] == "2.1.0"
    [only] = log["runs"]
    rules = [rule["id"] for rule in only["tool"]["driver"]["rules"]]
    for result in only["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        [place] = result["locations"]
        region = place["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region["endColumn"] >= region["startColumn"] >= 1
        assert place["physicalLocation"]["artifactLocation"]["uri"].startswith("mine/")


def test_annotations_cannot_be_broken_out_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A key with the host's own marks stays inside its command."""
    file = tmp_path / "plan.yaml"
    file.write_text('"a,b::warning file=x%0A": 1\n', "utf-8")
    _, out, _ = told(capsys, str(file), "--format", "github")
    assert all(line.startswith("::error file=") for line in out.splitlines())
    assert "%250A" in out


def test_file_names_are_shown_safely(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name with a line end, an escape or bytes that are no UTF-8 is in no output as it is."""
    mistake = b"agency: mine\nodd: 1\n"
    for name in (b"a\n\x1b[31m.yaml", b"\xff.yaml"):
        Path(os.fsdecode(os.fsencode(broken) + b"/agencies/" + name)).write_bytes(mistake)
    for form in ("full", "concise", "github", "json", "sarif"):
        code, out, _ = told(capsys, str(broken), "--format", form)
        assert code == 1
        assert "\x1b" not in out
        assert out.encode()
        assert "[31m" in out or "%5B31m" in out
    log = json.loads(out)
    places = [result["locations"][0]["physicalLocation"] for result in log["runs"][0]["results"]]
    assert "mine/agencies/%FF.yaml" in {place["artifactLocation"]["uri"] for place in places}


def test_the_json_is_as_its_schema_says(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schema = contract("rules-validate")
    schema.validate(json.loads(told(capsys, str(broken), "--json")[1]))
    schema.validate(json.loads(told(capsys, "--json")[1]))


def test_what_ships_is_clean_and_strict_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = told(capsys)
    assert code == 0
    assert "error[" not in out
    assert "no errors" in err
    assert told(capsys, "--strict")[0] == 1


def test_one_file_of_a_folder(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its own problems only, with the ids of the others known."""
    code, out, _ = told(capsys, "mine/agencies/ssa.yaml", "--format", "concise")
    assert code == 1
    assert out.count("\n") == 1
    assert out.startswith("mine/agencies/ssa.yaml:")
    assert told(capsys, f"{broken}/agencies/va.yaml")[0] == 0


def test_a_file_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "agencies").mkdir()
    file = tmp_path / "agencies" / "mine.yaml"
    file.write_text("agency: mine\nname: Mine\nkind: private\nsetting: nowhere\npay_plan: null\n", "utf-8")
    assert told(capsys, str(file))[0] == 0
    file.write_text("agency: mine\n", "utf-8")
    code, out, _ = told(capsys, str(file), "--format", "concise")
    assert code == 1
    assert out.count("E202") == 4


def test_an_overlay(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A started overlay is clean; a slip in it is told at its own place."""
    monkeypatch.chdir(tmp_path)
    assert run(["rules", "init", "my-rules"]) == 0
    capsys.readouterr()
    assert told(capsys, "my-rules")[:2] == (0, "")
    [file] = Path("my-rules/agencies").glob("*.yaml")
    _change(str(file), "kind: private", "kind: privat")
    code, out, _ = told(capsys, "my-rules", "--format", "concise")
    assert code == 1
    assert out.startswith(f"{file.as_posix()}:")
    assert run(["estimate", "--years", "5", "--rules", "my-rules"]) == 78


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["nowhere"], 66, "no such file"),
        (["."], 78, "not a rules folder"),
        (["--format", "fulll"], 2, "'full'"),
        (["--format", "full", "--json"], 2, "conflicts"),
        (["--rules", "nowhere"], 78, "--rules"),
    ],
)
def test_wrong_use(
    args: list[str], code: int, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    found, out, err = told(capsys, *args)
    assert (found, out) == (code, "")
    assert words in err


def test_every_code_is_in_the_handbook() -> None:
    """The table is made of the same sentences."""
    rows = {line for line in DOCS.read_text("utf-8").splitlines() if line.startswith("| `")}
    for code, meaning in CODES.items():
        assert f"| `{code}` | {meaning} |" in rows


def test_an_overlay_without_its_head_is_told_that_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not judged as a whole set of rules, of which nearly every key would be missing."""
    monkeypatch.chdir(tmp_path)
    assert run(["rules", "init", "mine"]) == 0
    Path("mine/overlay.yaml").unlink()
    capsys.readouterr()
    code, out, _ = told(capsys, "mine", "--format", "concise")
    message = "this file is missing: an overlay needs it for its title, author and reference"
    assert (code, out) == (1, f"mine/overlay.yaml:1:1: E305 {message}\n")
    assert told(capsys, "mine/agencies/example-health.yaml", "--format", "concise")[:2] == (code, out)


def test_a_whole_set_that_lacks_a_file_is_told_of_that_file(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (broken / "ageing.yaml").unlink()
    code, out, _ = told(capsys, str(broken), "--format", "concise")
    assert code == 1
    assert "ageing.yaml:1:1: E305 this file is required and missing" in out
    assert "overlay.yaml" not in out
