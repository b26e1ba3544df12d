"""Whatever an overlay holds, it is judged soon and in little memory: limits on files, bytes, values and problems."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.faults.process import PROGRAM
from tests.program import clean, ehrpay

from ehrpay.rules import folder
from ehrpay.rules.overlay.layers import MOST_VALUES

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "title: T\nauthor: A\nreference: R\n"
AGENCY = "agency: {0}\nname: {0}\nkind: private\nsetting: null\npay_plan: null\n"
BAND = "  - {{effective: {}-01-01, min: 45000, max: 72000, basis: assumption, sources: [usaj]}}\n"
MOST_KIB = 300 * 1024
TIMES = 3
"""As much processor time as the smallest overlay takes, which is about a second."""


def overlay(top: Path, files: dict[str, str]) -> Path:
    for name, text in ({"overlay.yaml": HEAD} | files).items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(text, "utf-8")
    return top


def agency(number: int) -> str:
    aliases = ", ".join(f"b{number}-{one}" for one in range(50))
    bands = "".join(BAND.format(1990 + year) for year in range(15))
    return f"{AGENCY.format(f'a{number}')}aliases: [{aliases}]\nbands:\n{bands}"


HOSTILE = {
    "unknown keys": {"agencies/x.yaml": AGENCY.format("x") + "".join(f"k{n}: 1\n" for n in range(19_000))},
    "too many keys": {"agencies/x.yaml": AGENCY.format("x") + "".join(f"k{n}: 1\n" for n in range(60_000))},
    "empty rows": {"sources.yaml": "sources:\n" + "  - {x: 1}\n" * 13_000},
    "too many rows": {"sources.yaml": "sources:\n" + "  - {x: 1}\n" * 90_000},
    "ids alike": {
        "sources.yaml": "sources:\n" + "".join(f"  - {{id: {'a' * 28}{n:05}}}\n" for n in range(13_000))
    },
    "aliases alike": {
        f"agencies/a{n}.yaml": f"{AGENCY.format(f'a{n}')}aliases: [{', '.join(f'b{one}' for one in range(60))}]\n"
        for n in range(280)
    },
    "empty bands": {"agencies/x.yaml": AGENCY.format("x") + "bands:\n" + "  - {x: 1}\n" * 5_000},
    "nothing wrong": {f"agencies/a{n}.yaml": agency(n) for n in range(200)},
    "too many values": {f"agencies/a{n}.yaml": agency(n) for n in range(290)},
    "many large files": {f"agencies/a{n}.yaml": "# x\n" * 250_000 for n in range(50)},
    "many files": {f"agencies/a{n}.yaml": "a: 1\n" for n in range(990)},
    "one long text": {"agencies/x.yaml": AGENCY.format("x") + "notes: ['" + "x " * 499_000 + "']\n"},
}


class Measured(NamedTuple):
    """A process that has ended: its exit code, processor seconds and KiB."""

    code: int
    seconds: float
    kib: int


ASIDE = """
import json, resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""
"""Linux counts the memory of the process that starts a program as the program's: let a small one start it."""


def measured(*args: str) -> Measured:
    ran = subprocess.run(
        [sys.executable, "-c", ASIDE, *PROGRAM, *args],
        env=clean(),
        capture_output=True,
        text=True,
        check=True,
    )
    return Measured(*json.loads(ran.stdout))


@pytest.mark.slow
@pytest.mark.parametrize("case", HOSTILE)
def test_an_overlay_takes_little_time_and_memory(case: str, tmp_path: Path) -> None:
    """Against the smallest one, for machines differ; whether it is accepted or refused."""
    smallest, mine = overlay(tmp_path / "small", {}), overlay(tmp_path / "mine", HOSTILE[case])
    for args in (["rules", "validate"], ["estimate", "--years", "5", "--rules"]):
        found, usual = measured(*args, str(mine)), measured(*args, str(smallest))
        assert found.code in (0, 1, 78), args
        assert usual.code == 0
        assert found.kib < MOST_KIB, args
        assert found.seconds < TIMES * usual.seconds + 0.5, args


def test_the_values_of_an_overlay_are_counted(tmp_path: Path) -> None:
    mine = overlay(tmp_path, HOSTILE["too many values"])
    ran = ehrpay("estimate", "--rules", str(mine), env=clean())
    assert ran.returncode == 78
    assert f"E131 more than {MOST_VALUES:,} values in one overlay" in ran.stderr


def test_the_bytes_of_a_folder_are_counted_before_any_is_read(tmp_path: Path) -> None:
    files = {f"agencies/a{n}.yaml": "# x\n" * 240_000 for n in range(3)}
    ran = ehrpay("rules", "validate", str(overlay(tmp_path, files)), env=clean())
    assert ran.returncode == 1
    assert f"of more than {folder.MOST_IN_ALL:,} bytes in all" in ran.stdout


def test_problems_past_a_thousand_are_not_looked_for(tmp_path: Path) -> None:
    ran = ehrpay("rules", "validate", str(overlay(tmp_path, HOSTILE["empty bands"])), env=clean())
    assert "more than 100 problems" in ran.stdout
    assert "not judged" not in ran.stdout


@pytest.mark.slow
@pytest.mark.parametrize("command", ["full", "concise", "json"])
def test_problems_come_in_one_order(command: str, tmp_path: Path) -> None:
    """Whatever order Python's hashes have."""
    files = {"agencies/x.yaml": "bands:\n" + "  - {x: 1}\n" * 5, "areas/states.yaml": "bogus: 1\n"}
    mine = str(overlay(tmp_path, files))
    outputs = {
        subprocess.run(
            [*PROGRAM, "rules", "validate", mine, "--format", command],
            env=clean(PYTHONHASHSEED=seed),
            capture_output=True,
            check=False,
        ).stdout
        for seed in "0123"
    }
    assert len(outputs) == 1
