"""The hostile rule files of the project's list of bad input: refused with exit 78, and 1 from `rules validate`.

Ids that don't apply here: RUL-14 (there are no includes), RUL-31 (a rule file has no version of its own; an unknown
key is E201), RUL-24 and RUL-22 are judged by the field they stand in.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from ehrpay import load_rulebook, shipped
from ehrpay.cli.main import run
from ehrpay.errors import RulesError

if TYPE_CHECKING:
    from pathlib import Path

PLAN = "market: [base, area, location, ageing, cap]\n"
BAND = "bands:\n  - {{effective: 2026-01-01, min: {}, max: 60000, basis: reported, sources: [usaj]}}\n"
AGENCY = "agency: zz\nname: My employer\nkind: private\nsetting: null\npay_plan: null\n"
LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGES = "a: &a {x: 1}\n" + "".join(
    f"{b}: &{b}\n  <<: [*{a}, *{a}]\n" for a, b in zip("abcdef", "bcdefg", strict=True)
)

CASES: dict[str, tuple[str, str | bytes, list[str]]] = {
    "RUL-01": ("plan.yaml", PLAN + PLAN, ["E101", "twice"]),
    "RUL-02": ("agencies/zz.yaml", AGENCY + "series: 0675\n", ["E111", '"0675"']),
    "RUL-03": ("agencies/zz.yaml", AGENCY + "zip: 02134\n", ["E111", '"02134"']),
    "RUL-04": ("agencies/zz.yaml", AGENCY + "remote: NO\n", ["E110", '"NO"']),
    "RUL-06": ("agencies/zz.yaml", AGENCY + "version: 2026.10\n", ["E201", "version"]),
    "RUL-07": ("agencies/zz.yaml", AGENCY + "pay: 1e5\n", ["E115", "100000"]),
    "RUL-09": ("plan.yaml", "market: !!bool maybe\n", ["E121"]),
    "RUL-10": ("plan.yaml", "market: !!python/object/apply:os.system [id]\n", ["E121"]),
    "RUL-16": ("plan.yaml", LAUGHS, ["E120"]),
    "RUL-17": ("plan.yaml", MERGES, ["E12"]),
    "RUL-18": ("plan.yaml", "market: &a [*a]\n", ["E120"]),
    "RUL-19": ("plan.yaml", "market: " + "[" * 100_000, ["E130", "40"]),
    "RUL-20": ("plan.yaml", "market: [" + "9" * 5_000 + "]\n", ["E117"]),
    "RUL-21": ("agencies/zz.yaml", AGENCY + BAND.format(".nan"), ["E116"]),
    "RUL-22": ("agencies/zz.yaml", AGENCY + BAND.format("-5"), ["E203", "at least"]),
    "RUL-23": ("agencies/zz.yaml", AGENCY + "bnads: []\n", ["E201", "'bands'"]),
    "RUL-24": ("agencies/zz.yaml", AGENCY + BAND.format("true"), ["E203"]),
    "RUL-25": ("plan.yaml", "market:\n\t- base\n", ["E104", "tab at line 2 column 1"]),
    "RUL-26": (
        "plan.yaml",
        b"# " + b"x" * 809 + b"\xff\n" + PLAN.encode(),
        ["E102", "not UTF-8 at byte 812"],
    ),
    "RUL-27": ("plan.yaml", "# nothing\n", ["E106", "no rules"]),
    "RUL-28": ("plan.yaml", PLAN + "---\n" + PLAN, ["E108"]),
    "RUL-29": ("plan.yaml", "- base\n", ["E107", "at the top level"]),
    "RUL-31": ("plan.yaml", "schema_version: 99\n" + PLAN, ["E201", "schema_version"]),
    "RUL-35": ("agencies/zz.yaml", AGENCY.replace("zz", "va"), ["E304", "two files"]),
    "RUL-36": (
        "agencies/zz.yaml",
        AGENCY + BAND.format("40000") + BAND.format("41000").partition("\n")[2],
        ["E301", "overlap"],
    ),
}


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EHRPAY_CACHE", str(tmp_path / "cache"))
    copy = tmp_path / "rules"
    shutil.copytree(shipped.folder(), copy, ignore=shutil.ignore_patterns("tests", "*.tsv", "areas"))
    return copy


def refused(rules: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Both doors: loading is exit 78, validating is exit 1; both name the place and the reason."""
    with pytest.raises(RulesError) as error:
        load_rulebook(rules=rules)
    assert error.value.code == 78
    assert run(["rules", "validate", str(rules)]) == 1
    told = capsys.readouterr().out
    for word in words:
        assert word in str(error.value)
        assert word in told


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_file(case: str, rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name, content, words = CASES[case]
    (rules / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    refused(rules, words, capsys)


def test_a_link_that_leaves(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """RUL-13, for the only way a file can be drawn in from elsewhere."""
    outside = rules.parent / "outside.yaml"
    outside.write_text(AGENCY, "utf-8")
    (rules / "agencies" / "zz.yaml").symlink_to(outside)
    refused(rules, ["leads out of the rules folder"], capsys)


def test_no_such_folder(capsys: pytest.CaptureFixture[str]) -> None:
    """RUL-32: who named it is said."""
    assert run(["estimate", "--years", "5", "--rules", "/nope"]) == 78
    assert "--rules: '/nope' is not a rules folder" in capsys.readouterr().err
