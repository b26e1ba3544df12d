"""What is read: streams that are closed, wait or never end, files that are missing, and where flags may stand."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.faults.process import PROGRAM, process, shell
from tests.program import clean, ehrpay

from ehrpay import shipped

OFFERS = b"offers:\n  - {name: A, base: 60000}\n  - {name: B, base: 61000}\n"


@pytest.mark.parametrize("command", ["compare", "report", "backtest"])
def test_a_closed_standard_input_can_not_be_opened(command: str) -> None:
    ran = shell("<&-", command, "-")
    assert ran.returncode == 66
    assert "standard input is closed" in ran.stderr


@pytest.mark.parametrize("command", ["compare", "report", "backtest"])
def test_no_name_is_not_the_folder_one_stands_in(command: str) -> None:
    """As of a variable of the shell that is not set."""
    ran = ehrpay(command, "", env=clean())
    assert ran.returncode == 66
    assert ran.stderr in {
        f"ehrpay: cannot read '': {why}\n" for why in ("No such file or directory", "file not found")
    }


@pytest.mark.parametrize("command", ["compare", "backtest"])
def test_a_device_is_refused(command: str, tmp_path: Path) -> None:
    device = tmp_path / "zero.csv"
    device.symlink_to("/dev/zero")
    ran = ehrpay(command, str(device), env=clean())
    assert ran.returncode == 66
    assert "it is a device" in ran.stderr


@pytest.mark.parametrize("command", ["backtest", "rules diff", "rules test", "rules validate"])
def test_a_name_that_no_file_can_have_is_not_found(command: str) -> None:
    ran = ehrpay(*command.split(), "x" * 10_000, env=clean())
    assert ran.returncode == 66
    assert ran.stderr.endswith("…': File name too long\n")


def test_a_terminal_is_told_what_it_waits_for() -> None:
    ours, theirs = pty.openpty()
    try:
        ran = process("compare", "-", stdin=theirs)
    finally:
        os.close(ours)
        os.close(theirs)
    assert ran.returncode == 2
    assert "it waits for offers on standard input" in ran.stderr


@pytest.mark.slow
@pytest.mark.parametrize("through", ["fifo", "stdin"])
def test_a_pipe_without_input_says_what_it_waits_for(through: str, tmp_path: Path) -> None:
    """And goes on when the input comes."""
    fifo = tmp_path / "offers.yaml"
    os.mkfifo(fifo)
    name = str(fifo) if through == "fifo" else "-"
    child = subprocess.Popen(
        [*PROGRAM, "compare", name],
        env=clean(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stderr is not None
    assert b"waiting for offers " in child.stderr.readline()
    if through == "fifo":
        fifo.write_bytes(OFFERS)
    out, _ = child.communicate(OFFERS if through == "stdin" else b"", timeout=60)
    assert child.returncode == 0
    assert b"A" in out


@pytest.mark.slow
def test_a_missing_part_of_the_program_is_a_sentence(tmp_path: Path) -> None:
    """A place's table, a rule file and a module, in a copy of the package."""
    package = tmp_path / "ehrpay"
    shutil.copytree(Path(shipped.__file__).parent, package)
    shutil.copytree(shipped.folder(), package / "rules", dirs_exist_ok=True)
    people = tmp_path / "people.csv"
    people.write_text("role,location\ncoder,Denver\n", "utf-8")
    env = {"PYTHONPATH": str(tmp_path), "EHRPAY_CACHE": str(tmp_path / "cache")}
    for path, args, code in (
        ("rules/places/names.tsv", ["where", "Denver"], 70),
        ("rules/places/names.tsv", ["batch", str(people), "-o", "-", "--engine", "rows"], 70),
        ("rules/places/names.tsv", ["batch", str(people), "-o", "-", "--engine", "polars"], 70),
        ("rules/ageing.yaml", ["estimate"], 78),
        ("cli/commands/where.py", ["where", "Denver"], 70),
    ):
        (package / path).rename(tmp_path / "away")
        ran = process(*args, more=env)
        (tmp_path / "away").rename(package / path)
        assert ran.returncode == code, ran
        assert "Traceback" not in ran.stderr
        assert "cannot write" not in ran.stderr
        assert ran.stderr.count("\n") <= 3


def test_json_may_come_first() -> None:
    first, last = (
        ehrpay(*args, env=clean()) for args in (["--json", "where", "Denver"], ["where", "Denver", "--json"])
    )
    assert first == last
    assert first.returncode == 0


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [("\u200b", "\\u200b"), ("\ufeff", "\\ufeff"), ("\U000e0041", "\\U000e0041"), ("\u00ad", "\\xad")],
)
def test_what_has_no_width_is_shown(hidden: str, shown: str) -> None:
    ran = ehrpay("compare", "--offer", f"Mer{hidden}cy 60000", "--offer", "B 61000", env=clean())
    assert f"Mer{shown}cy" in ran.stdout
    assert hidden not in ran.stdout
