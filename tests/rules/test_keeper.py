"""What someone who keeps rules relies on: exit codes, one order of problems, commands of a README that work."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.each import each

from ehrpay import Profile, errors, estimate, load_rulebook
from ehrpay.cli.main import run

DAY = "2026-06-01"


@each(
    "args",
    [
        ["compare", "no/offers.yaml"],
        ["report", "no/offers.yaml", "-o", "-"],
        ["backtest", "no/pay.csv"],
        ["rules", "validate", "no/rules"],
        ["rules", "test", "no/rules"],
        ["rules", "diff", "no/rules", "now"],
        ["rules", "diff", "--as-of", "2025-01-01", "--profiles", "no/people.yaml"],
    ],
)
def test_a_missing_path_is_66_everywhere(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(args) == errors.NO_INPUT
    assert "no/" in capsys.readouterr().err


def test_exit_codes_and_their_table_agree() -> None:
    names = (
        "DONE", "FINDINGS", "USAGE", "BAD_DATA", "NO_INPUT", "NO_RULE", "BUG", "CANNOT_CREATE", "CANNOT_WRITE",
        "BAD_RULES", "INTERRUPTED", "BROKEN_PIPE",
    )  # fmt: skip
    table = Path("README.md").read_text("utf-8").partition("## Exit codes")[2].partition("\n## ")[0]
    listed = [
        int(code) for row in re.findall(r"^\| ([0-9, ]+) \|", table, re.MULTILINE) for code in row.split(",")
    ]
    assert sorted(listed) == sorted(getattr(errors, name) for name in names)


def test_a_diff_exits_with_1_only_if_somebody_moves(
    overlay: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    people = tmp_path / "people.yaml"
    person = "profiles:\n  - {name: someone, profile: {years: 5, certs: [CERT]}}\n"
    for cert, code in {"rhit": errors.FINDINGS, "cpc": errors.DONE}.items():
        people.write_text(person.replace("CERT", cert), "utf-8")
        assert (
            run(["rules", "diff", "shipped", str(overlay), "--profiles", str(people), "--as-of", DAY]) == code
        )
        assert "certification.rhit" in capsys.readouterr().out


@pytest.mark.slow
def test_the_commands_of_an_overlays_readme_work_from_any_folder(
    overlay: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (overlay / "README.md").read_text("utf-8")
    commands = re.findall(r"^ {4}ehrpay (.+)$", text, re.MULTILINE)
    assert len(commands) >= 5
    for command in commands:
        args = shlex.split(command.replace("DIR", str(overlay)))
        assert run(args) in (errors.DONE, errors.FINDINGS), command
        capsys.readouterr()


def test_an_overlay_that_replaces_a_band_takes_its_warning_with_it(overlay: Path) -> None:
    ssa = Profile(agency="ssa")
    before = estimate(ssa, load_rulebook(DAY), apply_band=True)
    assert any("contradicts" in text for text in before.warnings)
    (overlay / "agencies" / "ssa.yaml").write_text(
        "agency: ssa\nbands:\n  - {effective: 2023-06-01, min: 51000, max: 99000, basis: reported, "
        "sources: [example-figures], review_by: 2027-12-31}\n",
        "utf-8",
    )
    after = estimate(ssa, load_rulebook(DAY, overlays=[overlay]), apply_band=True)
    assert after.band is not None
    assert (after.band.minimum, after.band.contradicted, after.band.held_back) == (51_000, "", "")
    assert not [text for text in after.warnings if "contradicts" in text or "review" in text]


def test_validate_checks_the_cases_too(overlay: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = overlay / "tests" / "example.yaml"
    file.write_text(file.read_text("utf-8").replace("expect:", "expct:", 1), "utf-8")
    assert run(["rules", "validate", str(overlay), "--format", "concise"]) == errors.FINDINGS
    assert "example.yaml:8:5: E201 unknown key 'expct'" in capsys.readouterr().out


@pytest.mark.slow
def test_the_order_of_problems_is_stable(overlay: Path) -> None:
    """Whatever the seed of hashes: by file, line, column and code."""
    for name in ("agencies/example-health.yaml", "adjustments/certification.yaml", "tests/example.yaml"):
        file = overlay / name
        text = file.read_text("utf-8").replace("basis: assumption", "basis: guess").replace("as_of:", "asof:")
        file.write_text(text.replace("example-figures", "nowhere"), "utf-8")
    outs = []
    for seed in ("1", "2", "3"):
        done = subprocess.run(
            [sys.executable, "-m", "ehrpay", "rules", "validate", str(overlay), "--format", "concise"],
            capture_output=True,
            check=False,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
        outs.append(done.stdout)
    assert outs[0]
    assert len(set(outs)) == 1
