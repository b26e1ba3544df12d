"""A hundred thousand hostile rule files: each is clean or has listed problems, soon and in little memory."""

from __future__ import annotations

import random
import re
import signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.hostile.mutate import hostile, shipped_files

from ehrpay.rules.codes import CODES
from ehrpay.rules.folder import File, Layer
from ehrpay.rules.pipeline import judged
from ehrpay.strict.problem import concise, full
from ehrpay.text import clean

if TYPE_CHECKING:
    from types import FrameType

    from ehrpay.strict.problem import Problem

SHARDS, EACH = 40, 2_500
"""A hundred thousand in all, over the workers."""

SOON = 6
"""So many shards are tried before each merge, the rest now and then."""

HANG = 2
"""Seconds that no file may take; the processor's own, for a machine may be busy."""

MOST_KIB = 300 * 1024
STATUS = Path("/proc/self/status")
WITH_THE_OTHERS = 40
"""One file in so many is judged among all the shipped ones, so that checks and compiler see it as well."""


def _hung(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a signal handler's form
    msg = "took more than two seconds"
    raise AssertionError(msg)


def problems(path: str, data: bytes, others: list[File]) -> list[Problem]:
    """What is wrong with a file, told in both forms."""
    files = [*(other for other in others if other.path != path), File(path, data)]
    part = "areas" if path.startswith("areas/") else "core"
    signal.signal(signal.SIGVTALRM, _hung)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANG)
    try:
        made, found, _ = judged(part, [Layer("rules", files)])
        told = [(concise(one), full(one)) for one in found]
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    assert (made is None) == any(one.severity == "error" for one in found)
    assert all(line == clean(line) for line, _ in told)
    assert {one.code for one in found} <= CODES.keys()
    assert all(one.line >= 1 and one.column >= 1 for one in found)
    return found


def run(seed: int, count: int) -> dict[str, Any]:
    """Judge so many files; how many were clean, and the codes met."""
    rng, files = random.Random(seed), shipped_files()
    clean, codes = 0, set[str]()
    for number in range(count):
        path, data = hostile(rng, files)
        whole = number % WITH_THE_OTHERS == 0
        try:
            found = problems(path, data, files if whole else [])
        except BaseException as error:
            error.add_note(f"seed {seed}, file {number} ({path}): {data[:2_000]!r}")
            raise
        clean += not found
        codes |= {one.code for one in found}
    return {"clean": clean, "codes": codes}


def peak(seed: int, count: int) -> int:
    """The most memory in KiB that judging so many files took this process.

    Not `ru_maxrss`: Linux hands that on from a process to the program it starts.
    """
    run(seed, count)
    return int(re.findall(r"^VmHWM:\s+(\d+) kB$", STATUS.read_text("utf-8"), re.MULTILINE)[0])


def test_some_hostile_files() -> None:
    """A few in every run: most are refused, by many different codes."""
    told = run(1_000_000, 400)
    assert len(told["codes"]) > 15


@pytest.mark.skipif(not STATUS.exists(), reason="needs Linux to tell a process's peak of memory")
@pytest.mark.parametrize(
    "shard",
    [pytest.param(n, marks=pytest.mark.slow if n < SOON else pytest.mark.long) for n in range(SHARDS)],
)
def test_a_hundred_thousand_hostile_files(shard: int) -> None:
    # In a process of its own, for the peak of this one is also that of the tests before.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        assert alone.submit(peak, shard, EACH).result() < MOST_KIB


def _forever() -> None:
    while True:
        pass


def test_the_guard_can_fail() -> None:
    """An endless loop is seen."""
    signal.signal(signal.SIGVTALRM, _hung)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0.01)
    with pytest.raises(AssertionError, match="two seconds"):
        _forever()
