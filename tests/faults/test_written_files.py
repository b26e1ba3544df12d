"""What is written is whole and in its own place: no input is lost, no redirect broken, nothing half-made is left."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.faults.process import process, shell
from tests.program import Ran, clean, ehrpay

from ehrpay.rules.overlay.starter import files
from ehrpay.whole_files import PREFIX, stage

if TYPE_CHECKING:
    from collections.abc import Callable

STARTER = files("2026-11-23")
OFFERS = "offers:\n  - {name: A, base: 60000}\n  - {name: B, base: 61000}\n"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def offers(tmp_path: Path) -> Path:
    """A folder with a file of offers and other ways to it."""
    (tmp_path / "o.yaml").write_text(OFFERS, "utf-8")
    (tmp_path / "link.yaml").symlink_to("o.yaml")
    (tmp_path / "deep").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("source", "output"), [("o.yaml", "o.yaml"), ("link.yaml", "./o.yaml"), ("o.yaml", "deep/../link.yaml")]
)
def test_a_report_never_overwrites_its_own_input(source: str, output: str, offers: Path) -> None:
    ran = process("report", source, "-o", output, "--force", cwd=offers)
    assert ran.returncode == 2
    assert f"'{output}' is the input" in ran.stderr
    assert (offers / "o.yaml").read_text("utf-8") == OFFERS


def test_nor_the_file_behind_standard_input(offers: Path) -> None:
    with (offers / "o.yaml").open("rb") as source:
        ran = process("report", "-", "-o", "o.yaml", "--force", stdin=source, cwd=offers)
    assert ran.returncode == 2
    assert (offers / "o.yaml").read_text("utf-8") == OFFERS


def test_a_backtest_never_overwrites_its_own_input(tmp_path: Path) -> None:
    (tmp_path / "pay.csv").write_text("x\n", "utf-8")
    assert process("backtest", "pay.csv", "-o", "pay.csv", "--force", cwd=tmp_path).returncode == 2
    assert (tmp_path / "pay.csv").read_text("utf-8") == "x\n"


PEOPLE = "id,role,years,pay\n1,coder,5,61000\n2,codr,5,61000\n"
PROFILES = "profiles:\n  - {name: One, profile: {years: 5}}\n"
CASES = "cases:\n  - {name: one, as_of: 2026-01-01, given: {years: 5}, expect: {method: market}}\n"
INPUTS = {
    "people.csv": PEOPLE,
    "pay.tsv": "pay\trole\n61000\tcoder\n",
    "profiles.yaml": PROFILES,
    "cases.yaml": CASES,
}
DIFF = "rules diff shipped 2025-01-01"


@pytest.mark.parametrize(
    "line",
    [
        "batch people.csv -o pay.csv --report linked-people.csv",
        "batch people.csv -o pay.csv --report deep/../people.csv",
        f"{DIFF} --roster people.csv -o people.csv",
        f"{DIFF} --roster people.csv -o linked-people.csv",
        f"{DIFF} --roster people* -o people.csv",
        "backtest pay*.tsv -o pay.tsv --format csv",
        f"{DIFF} --profiles profiles.yaml -o linked-profiles.yaml --format csv",
        "rules test cases.yaml -o ./cases.yaml --format csv",
    ],
)
def test_no_command_overwrites_what_it_reads(line: str, tmp_path: Path) -> None:
    for name, text in INPUTS.items():
        (tmp_path / name).write_text(text, "utf-8")
        (tmp_path / f"linked-{name}").symlink_to(name)
    (tmp_path / "deep").mkdir()
    before = names(tmp_path)
    ran = ehrpay(*line.split(), "--force", env=clean(), cwd=tmp_path)
    assert ran.returncode == 2
    assert "is the input; write to another file" in ran.stderr
    assert {name: (tmp_path / name).read_text("utf-8") for name in INPUTS} == INPUTS
    assert names(tmp_path) == before


@pytest.mark.parametrize(
    "line", [("batch", "people.csv", "-o", "-"), ("report", "people.csv"), ("batch", "-", "-o", "-")]
)
def test_nor_by_the_redirect_of_a_shell(line: tuple[str, ...], tmp_path: Path) -> None:
    """`>>` to a roster that is still read made rows of its own answers."""
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    ran = shell("< people.csv >> people.csv", *line, cwd=tmp_path)
    assert ran.returncode == 2
    assert "standard output is the input; write to another file" in ran.stderr
    assert (tmp_path / "people.csv").read_text("utf-8") == PEOPLE
    assert names(tmp_path) == ["people.csv"]


@pytest.mark.parametrize("page", ["pay.csv", "./pay.csv", "pay.errors.csv"])
def test_the_page_of_a_roster_is_none_of_its_other_files(page: str, tmp_path: Path) -> None:
    """It would replace the rows that were just written."""
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    ran = ehrpay(*f"batch people.csv -o pay.csv --report {page} --force".split(), env=clean(), cwd=tmp_path)
    assert ran.returncode == 2
    assert f"--report: the page of the summary needs a file of its own, not '{page}'" in ran.stderr
    assert names(tmp_path) == ["people.csv"]


@pytest.mark.parametrize("output", ["/dev/stdout", "-", "log.svg"])
def test_standard_output_is_written_through(output: str, tmp_path: Path) -> None:
    """What stands in the file already stays, and the file is the one that the shell opened."""
    log = tmp_path / "log.svg"
    log.write_text("before\n", "utf-8")
    node = log.stat().st_ino
    ran = shell(
        ">> log.svg", "report", "--years", "5", "--format", "svg", "-o", output, "--force", cwd=tmp_path
    )
    assert ran.returncode == 0, ran.stderr
    assert log.read_text("utf-8").startswith("before\n<svg")
    assert log.stat().st_ino == node


def killed(code: str, folder: Path, after: float) -> None:
    """Run a program that says when it is about to write without end, and kill it so many seconds later."""
    code = code.replace("READY", "import sys; sys.stdout.write('.'); sys.stdout.flush()")
    # More than a command line holds.
    texts = folder.with_name(f"{folder.name}-texts.json")
    texts.write_text(json.dumps(STARTER), "utf-8")
    code = code.replace("TEXTS", repr(str(texts)))
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=folder, env=clean(), stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.read(1) == b"."
        time.sleep(after)
        writer.send_signal(signal.SIGKILL)


ONE_FILE = """
from ehrpay.cli.output_file import output_file
READY
while True:
    for letter in (b"a", b"b"):
        output_file("report.html", force=True).write(letter * 1_000_000)
"""
A_FOLDER = """
import json, sys
from itertools import count
from ehrpay.cli.output_folder import write_folder
texts = json.load(open(TEXTS))
texts["overlay.yaml"] = texts.pop("overlay.yaml")
READY
for number in count():
    write_folder(f"{number:06}", texts)
"""


def again(folder: Path, *args: str) -> Ran:
    """The next run in a folder."""
    return ehrpay(*args, env=clean(), cwd=folder)


def whole_report(folder: Path) -> None:
    text = (folder / "report.html").read_bytes()
    assert text in (b"a" * 1_000_000, b"b" * 1_000_000)
    ran = again(folder, "report", "--years", "5", "-o", "report.html", "--force")
    assert (ran.returncode, names(folder)) == (0, ["report.html"])


def whole_overlay(folder: Path) -> None:
    made = sorted(folder.iterdir()) or [folder / "000000"]
    for done in made[:-1]:
        assert (done / "overlay.yaml").is_file()
    last = made[-1].name
    complete = (folder / last / "overlay.yaml").exists()
    ran = again(folder, "rules", "init", last)
    assert ran.returncode == (73 if complete else 0), ran.stderr
    texts = {
        path.relative_to(folder / last).as_posix(): path.read_text("utf-8")
        for path in (folder / last).rglob("*")
        if path.is_file()
    }
    assert texts == STARTER
    assert list(folder.rglob(f"{PREFIX}*")) == []


WRITERS = [(ONE_FILE, whole_report), (A_FOLDER, whole_overlay)]


def survives(code: str, check: Callable[[Path], None], folder: Path, kills: int, seed: int) -> None:
    rng = random.Random(seed)
    for number in range(kills):
        place = folder / str(number)
        place.mkdir()
        if code is ONE_FILE:
            (place / "report.html").write_bytes(b"a" * 1_000_000)
        killed(code, place, rng.uniform(0, 0.03))
        check(place)


def test_a_killed_run_leaves_nothing_half_made(tmp_path: Path) -> None:
    survives(ONE_FILE, whole_report, tmp_path, 1, 1)


@pytest.mark.slow
@pytest.mark.parametrize(("code", "check"), WRITERS, ids=["file", "folder"])
def test_fifty_kills_leave_nothing_half_made(
    code: str, check: Callable[[Path], None], tmp_path: Path
) -> None:
    survives(code, check, tmp_path, 50, 2)


def test_a_folder_in_use_is_not_swept(tmp_path: Path) -> None:
    with stage(str(tmp_path)) as mine:
        with stage(str(tmp_path)) as other:
            assert len({mine, other}) == len(names(tmp_path)) == 2
        assert names(tmp_path) == [Path(mine).name]
    assert names(tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("command", [("rules", "init", "new/rules"), ("rules", "schema", "-o", "new/schema")])
def test_a_disk_that_fills_up_leaves_no_folder(command: tuple[str, ...], tmp_path: Path) -> None:
    """A real limit on the size of files stands for the full disk; a rerun works."""
    limit = "ulimit -f 1; trap '' XFSZ; "
    ran = process(
        "-c",
        f'{limit}exec "$@"',
        "sh",
        sys.executable,
        "-m",
        "ehrpay",
        *command,
        program=["/bin/sh"],
        cwd=tmp_path,
        # Python itself would cut its bytecode short and never notice.
        more={"PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert ran.returncode == 74
    assert "cannot write into 'new/" in ran.stderr
    assert names(tmp_path) == []
    assert process(*command, cwd=tmp_path).returncode == 0
