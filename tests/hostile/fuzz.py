"""Hostile questions from a seed: command lines, files of offers, overlays; each must end soon, with a code of ours.

`python -m tests.hostile.fuzz lines 3000` writes what happened into SECURITY.md.
"""

from __future__ import annotations

import os
import random
import re
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO, TextIOWrapper
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from tests.hostile.command_lines import line
from tests.hostile.mutate import generated, hostile, shipped_files
from tests.program import clean, ehrpay

from ehrpay.rules.folder import File

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random
    from types import FrameType

    from tests.program import Ran

CODES = {0, 1, 2, 65, 66, 69, 73, 74, 78}
"""What may come of hostile input: neither 70, a bug, nor a signal."""
HANG, STOPPED = 2, 10
"""Seconds of the processor that no case may take, and after which one is stopped.

One that takes longer is asked once more: on a busy machine a second may be lost to others.
"""
MOST_KIB = 300 * 1024
STATUS = Path("/proc/self/status")
PAGE = Path(__file__).parents[2] / "SECURITY.md"

OFFERS = b"""\
home: Denver
offers:
  - {name: VA, agency: va, grade: 9, step: 1, location: Denver}
  - name: Mercy
    base: 66500
    location: "Boise, ID"
    bonus: 5 %
    retirement: 4 % match
    pto: 20 days
    health: 7200
"""


def offers(rng: Random, folder: Path) -> list[str]:
    """A comparison of a damaged file of offers."""
    kind = rng.choice(("yaml", "json", "csv", "txt"))
    data = {
        "json": b'{"offers": [{"name": "A", "base": 61000, "pto": "20 days"}, {"name": "B", "base": "29.50/h"}]}',
        "csv": b"name,base,location,bonus\nA,61000,Denver,5 %\nB,29.50/h,80202,\n",
    }.get(kind, OFFERS)
    _, damaged = hostile(rng, [File("offers", data)])
    if rng.random() < 0.05:
        damaged = generated(rng, 0).encode("utf-8", "surrogatepass")
    (folder / f"o.{kind}").write_bytes(damaged)
    return ["compare", f"o.{kind}", *rng.choice(([], ["--json"], ["--format", "table"], ["--format", "csv"]))]


def overlay(rng: Random, folder: Path) -> list[str]:
    """An estimate by the shipped rules with a damaged overlay."""
    path, data = hostile(rng, shipped_files())
    top = Path(tempfile.mkdtemp(dir=folder))
    (top / path).parent.mkdir(parents=True, exist_ok=True)
    (top / path).write_bytes(data)
    (top / "overlay.yaml").write_text("title: T\nauthor: A\nreference: R\n", "utf-8")
    return [
        "estimate",
        "--agency",
        "va",
        "--rules",
        str(top),
        "--format",
        rng.choice(("json", "plain", "table")),
    ]


KINDS: dict[str, Callable[[Random, Path], list[str]]] = {"lines": line, "offers": offers, "overlays": overlay}


def _hung(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a signal handler's form
    os.write(2, b"hung\n")
    os._exit(1)


class Answered(NamedTuple):
    """How often each exit code came, and the seconds of the processor that the slowest case took."""

    codes: Counter[int]
    slowest: float


def attack(kind: str, seed: int, count: int) -> Answered:
    """Put so many questions. AssertionError names the seed and the question."""
    rng, codes, slowest = random.Random(seed), Counter[int](), 0.0
    signal.signal(signal.SIGVTALRM, _hung)
    with tempfile.TemporaryDirectory() as name:
        for number in range(count):
            folder = Path(name)
            args = KINDS[kind](rng, folder)
            where = (kind, seed, number, args)
            env = clean(HOME=name, XDG_CONFIG_HOME=name)
            ran, seconds = asked(args, env, folder)
            if seconds > HANG:
                seconds = asked(args, env, folder)[1]
            assert seconds <= HANG, (where, seconds)
            assert ran.returncode in CODES, (where, ran)
            assert "Traceback" not in ran.stderr, (where, ran)
            assert not {"\x1b", "\0", "\u202e"} & {*ran.stderr}, (where, ran)
            codes[ran.returncode] += 1
            slowest = max(slowest, seconds)
    return Answered(codes, slowest)


def asked(args: Sequence[str], env: dict[str, str], folder: Path) -> tuple[Ran, float]:
    """What came of a question, and the seconds of the processor that it took."""
    start = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, STOPPED)
    try:
        with patch("sys.stdin", TextIOWrapper(BytesIO())):
            return ehrpay(*args, env=env, cwd=folder), time.process_time() - start
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def peak(kind: str, seed: int, count: int) -> int:
    """The most memory in KiB that so many questions took this process."""
    attack(kind, seed, count)
    return most_memory()


def most_memory() -> int:
    """The most memory in KiB that this process has held. Not `ru_maxrss`: Linux hands that on to a new program."""
    if STATUS.exists():
        return int(re.findall(r"^VmHWM:\s+(\d+) kB$", STATUS.read_text("utf-8"), re.MULTILINE)[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def alone(kind: str, seed: int, count: int) -> tuple[Answered, int]:
    """Put so many questions, in a process that does nothing else; also its memory."""
    return attack(kind, seed, count), most_memory()


def row(kind: str, count: int, parts: Sequence[tuple[Answered, int]]) -> str:
    """What happened, as a row of the table in SECURITY.md."""
    codes = sum((answered.codes for answered, _ in parts), Counter[int]())
    slowest, most = max(answered.slowest for answered, _ in parts), max(memory for _, memory in parts)
    told = ", ".join(f"{code} ({times:,})" for code, times in sorted(codes.items()))
    return f"| {kind} | {count:,} | {slowest:.1f} | {most // 1024} | {told} |"


def main(kind: str, count: int) -> None:
    """Try, a process a processor, and write down what happened."""
    os.environ.setdefault("EHRPAY_CACHE", tempfile.mkdtemp(prefix="ehrpay-fuzz-"))
    shards = os.cpu_count() or 1
    with ProcessPoolExecutor(shards, mp_context=get_context("spawn")) as pool:
        counts = [count // shards + (n < count % shards) for n in range(shards)]
        told = row(kind, count, list(pool.map(alone, repeat(kind), range(shards), counts)))
    sys.stdout.write(f"{told}\n")
    text, found = re.subn(rf"^\| {kind} \|.*$", lambda _: told, PAGE.read_text("utf-8"), flags=re.MULTILINE)
    assert found == 1
    PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
