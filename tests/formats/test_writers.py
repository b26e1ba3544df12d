"""A format is one file: found by its name, offered where a result has what it needs, written once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ehrpay.cli.main import run
from ehrpay.formats import writers

SRC = Path(__file__).parents[2] / "src" / "ehrpay"
SHOUT = '''
"""The headline, loudly."""

NEEDS = "record"


def write(view, screen):
    """One line."""
    return view.record()["headline"].upper() + "!\\n"
'''


def test_a_new_format_is_one_file(tmp_path: Path) -> None:
    copy = tmp_path / "src" / "ehrpay"
    shutil.copytree(SRC, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "formats" / "writers" / "shout.py").write_text(SHOUT, encoding="utf-8")
    (tmp_path / "rules").symlink_to(SRC.parents[1] / "rules")
    env = {**os.environ, "PYTHONPATH": str(copy.parent), "EHRPAY_CACHE": str(tmp_path / "cache")}
    args = [sys.executable, "-m", "ehrpay", "whatif", "--years", "5", "--only", "degree"]
    done = subprocess.run(
        [*args, "--format", "shout"], env=env, capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stdout == "MEDICAL RECORDS SPECIALISTS, 5 YEARS, UNITED STATES!\n", done.stderr
    refused = subprocess.run(
        [*args, "--format", "shot"], env=env, capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert refused.returncode == 2
    assert "did you mean 'shout'" in refused.stderr


def test_the_names_are_the_files() -> None:
    assert {"csv", "json", "markdown", "plain", "table"} <= set(writers.names())


def test_a_format_suits_a_view_that_has_what_it_needs() -> None:
    class Only:
        def record(self) -> dict[str, Any]:
            return {}

    assert writers.suiting(Only) == ("json",)
    assert writers.write(Only(), "json", writers.Screen()) == "{}\n"


@pytest.mark.parametrize("command", [["whatif", "--years", "5", "--only", "degree"]])
def test_every_format_of_a_view_can_be_written(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    from ehrpay.formats.whatif import Ranking

    for name in writers.suiting(Ranking):
        assert run([*command, "--format", name]) == 0, capsys.readouterr().err
        assert capsys.readouterr().out.endswith("\n")
