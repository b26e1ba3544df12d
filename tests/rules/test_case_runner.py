"""`ehrpay rules test`: cases run by the rules in use, failures told by sentence and line, bad files refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.schemas import contract

from ehrpay.cases import mismatches, read
from ehrpay.cli.main import run
from ehrpay.domain.review.story import CaseResult
from ehrpay.errors import RulesError
from ehrpay.formats import writers
from ehrpay.formats.review import CaseReport

if TYPE_CHECKING:
    from collections.abc import Callable

    Golden = Callable[[str, str], None]

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "rules" / "tests"
SCHEMA = contract("rules-test")
FAILING = """\
cases:
  - name: a sentence that does not hold
    as_of: 2026-11-23
    profile: {years: 5, certs: [rhit]}
    expect:
      mid: 55000
      steps.certifcation.factor: "1.0300"
      steps.experience.factor: 1.0
      middle: 5
      mid.cents: 5
      percentiles: 4
    says: ["missing words"]
  - name: an answer where a refusal is expected
    as_of: 2026-11-23
    error: {code: 2}
  - name: a refusal where an answer is expected
    as_of: 2026-11-23
    profile: {agency: vaa}
    expect: {mid: 5}
  - name: a refusal of another kind
    as_of: 2026-11-23
    profile: {agency: vaa}
    error: {code: 69, says: ["Dayton"]}
  - name: years ahead that are not there
    as_of: 2026-11-23
    profile: {agency: va, grade: 8, step: 1}
    ladder: {horizon: 2}
    expect: {years.5.mid: 1}
  - name: this one passes
    as_of: 2026-11-23
    profile: {years: 5}
    expect: {steps.experience.factor: "0.9490"}
"""
EXPECTED = [
    ("mid is 51,557, expected 55,000", 6),
    ("expect steps.certifcation.factor: 'steps' has no 'certifcation'; did you mean 'certification'", 7),
    ("steps.experience.factor is 0.949, expected 1.0", 8),
    ("expect middle: the answer has no 'middle'; did you mean 'mid'?", 9),
    ("expect mid.cents: 'mid' has no keys below it", 10),
    ('percentiles is {"p10":', 11),
    ("the answer does not contain 'missing words'", 12),
    ("expected exit code 2, got an answer: mid 52,746", 15),
    ("failed: unknown agency 'vaa'", 16),
    ("exit code is 2, expected 69: unknown agency 'vaa'", 23),
    ("the error does not contain 'Dayton'", 23),
    ("expect years.5.mid: 'years' has no '5'; its items are 0 to 2", 28),
]


@pytest.fixture
def failing(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(FAILING, "utf-8")
    return path


def files(folder: Path) -> list[tuple[Path, str]]:
    return [(path, path.name) for path in sorted(folder.glob("*.yaml"))]


def test_every_shipped_case_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "test", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    SCHEMA.validate(found)
    assert found["cases"] == found["passed"] == len(read(files(SHIPPED))) > 60
    for result in found["results"]:
        file, _, line = result["where"].rpartition(":")
        assert result["name"] in (ROOT / file).read_text("utf-8").splitlines()[int(line) - 1]


def test_each_failure_has_its_sentence_and_its_line(
    failing: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["rules", "test", str(failing), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    SCHEMA.validate(found)
    assert (found["cases"], found["passed"], found["failed"]) == (6, 1, 5)
    problems = [problem for result in found["results"] for problem in result["problems"]]
    for problem, (sentence, line) in zip(problems, EXPECTED, strict=True):
        assert problem["sentence"].startswith(sentence)
        assert problem["where"] == f"{failing.as_posix()}:{line}"
    assert (problems[0]["path"], problems[0]["expected"], problems[0]["got"]) == ("mid", 55000, 51557)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_report(width: int, failing: Path, golden: Golden) -> None:
    books: dict[str, Any] = {}
    outcomes = [
        CaseResult(case.name, case.where(), tuple(mismatches(case, books)))
        for case in read([(failing, "mine.yaml")])
    ]
    text = writers.write(CaseReport(outcomes), "table", writers.Screen(width))
    assert max(map(len, text.splitlines())) <= width
    golden(f"test-report-{width}.txt", text)


def test_plain_is_a_line_a_failure(failing: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "test", str(failing), "--format", "plain"]) == 1
    *failures, last = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[0] for line in failures] == ["failed"] * len(EXPECTED)
    assert last == "6 cases: 1 passed, 5 failed"


def test_only_the_cases_with_these_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "test", "-k", "CORE second", "--json"]) == 0
    names = [result["name"] for result in json.loads(capsys.readouterr().out)["results"]]
    assert names == ["a second core credential adds four percent"]


BAD = [
    (
        "cases:\n  - {name: x, as_off: 2026-01-01, says: [word]}\n",
        ["2:15", "'as_off'", "did you mean 'as_of'?"],
    ),
    (
        "cases:\n  - {name: x, as_of: 2026-01-01, profile: {yeers: 5}, says: [word]}\n",
        ["2:44", "'yeers'", "did you mean 'years'?"],
    ),
    (
        "cases:\n  - {name: x, as_of: 2026-01-01, ladder: {horison: 5}, says: [word]}\n",
        ["'horison'", "did you mean 'horizon'?"],
    ),
    ("cases:\n  - {name: x, as_of: 2026-01-01, error: {cod: 2}}\n", ["'cod'", "did you mean 'code'?"]),
    ("cases:\n  - {name: x, as_of: 2026-13-01, says: [word]}\n", ["not a calendar date"]),
    ("cases:\n  - {name: x, as_of: 2026-01-01}\n", ["needs expect, says or error"]),
    (
        "cases:\n  - {name: x, as_of: 2026-01-01, says: [word], error: {code: 2}}\n",
        ["error can't be combined"],
    ),
    ("cases:\n  - {as_of: 2026-01-01, says: [word]}\n", ["'name' is missing"]),
    ("cases: []\n", ["must have at least 1"]),
    ("tests: []\n", ["'cases' is missing", "'tests'"]),
    ("cases: &a [*a]\n", ["E120"]),
    ("", ["E106"]),
    ("cases:\n" + "  - {name: x, as_of: 2026-01-01, says: [word]}\n" * 2, ["3:12", "'x' appears twice"]),
]


@pytest.mark.parametrize(("text", "words"), BAD)
def test_a_bad_file_is_refused_with_the_line_and_the_nearest_name(
    text: str, words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.yaml").write_text(text, "utf-8")
    assert run(["rules", "test", str(tmp_path)]) == 78
    captured = capsys.readouterr()
    assert captured.out == ""
    assert all(word in captured.err for word in ("bad.yaml:", *words)), captured.err


def test_all_bad_files_are_told_at_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text("cases: 5\n", "utf-8")
    with pytest.raises(RulesError, match=r"2 problems:\n  a\.yaml:1:8.*\n  b\.yaml:1:8"):
        read(files(tmp_path))


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["nowhere"], 66, "'nowhere': no such file or directory"),
        (["-k", "unheard-of"], 2, "no case's sentence contains 'unheard-of'"),
        (["--rules", "nowhere"], 78, "'nowhere' is not a rules folder"),
        (["--format", "full"], 2, "unknown format 'full'"),
    ],
)
def test_wrong_use(args: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "test", *args]) == code
    assert words in capsys.readouterr().err


def test_a_folder_without_cases_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "test", str(tmp_path)]) == 2
    assert "has no cases" in capsys.readouterr().err


def test_an_overlay_without_cases_is_called_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its own files are no cases, and nobody is told that they lack some keys."""
    (tmp_path / "overlay.yaml").write_text("title: T\nauthor: A\nreference: R\n", "utf-8")
    assert run(["rules", "test", str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert err.endswith("is an overlay without cases; cases are YAML files in its folder 'tests'\n")


def test_a_whole_folder_of_rules_is_tested_by_its_own_rules(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A copy with one changed number fails its own case; the shipped rules are not asked."""
    import shutil

    copy = tmp_path / "rules"
    shutil.copytree(ROOT / "rules", copy, ignore=shutil.ignore_patterns("places"))
    path = copy / "occupations.yaml"
    path.write_text(path.read_text("utf-8").replace("p50: 46660", "p50: 46661"), "utf-8")
    assert run(["rules", "test", str(copy), "-k", "founding base median"]) == 1
    assert "mid is 46,661, expected 46,660" in capsys.readouterr().out


def test_a_full_disk_is_74_even_when_a_case_fails(failing: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "ehrpay", "rules", "test", str(failing)]
        found = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert found.returncode == 74
    assert "No space left" in found.stderr


def test_cases_are_not_read_from_outside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "outside.yaml").write_text("secret: 1\n", "utf-8")
    (tmp_path / "mine" / "tests").mkdir(parents=True)
    (tmp_path / "mine" / "tests" / "a.yaml").symlink_to(tmp_path / "outside.yaml")
    assert run(["rules", "test", str(tmp_path / "mine")]) == 78
    told = capsys.readouterr().err
    assert "leads out of the rules folder" in told
    assert "secret" not in told


def test_a_file_of_cases_named_yml_is_not_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "right.yaml").write_text(FAILING, "utf-8")
    (tmp_path / "left.yml").write_text(FAILING, "utf-8")
    assert run(["rules", "test", "."]) == 78
    assert capsys.readouterr().err == "ehrpay: 'left.yml': the name of a rule file ends in .yaml; rename it\n"
