"""Hostile questions from a seed: command lines, files of offers, overlays; each must end soon, with a code of ours.

`python -m tests.hostile.fuzz lines 3000` prints what happened, as SECURITY.md tells it.
"""

from __future__ import annotations

import os
import random
import re
import resource
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tests.hostile.mutate import generated, hostile, shipped_files
from tests.program import clean, ehrpay

from ehrpay.cli.app import COMMANDS
from ehrpay.domain.profile import FIELDS
from ehrpay.rules.folder import File

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random
    from types import FrameType

CODES = {0, 1, 2, 65, 66, 69, 73, 74, 78}
"""What may come of hostile input: neither 70, a bug, nor a signal."""
HANG = 2
"""Seconds of the processor that no case may take."""
MOST_KIB = 300 * 1024
STATUS = Path("/proc/self/status")

WORDS = [
    *COMMANDS, "help", "show", "validate", "test", "init", "schema", "sources", "path", "diff", "--json", "--format",
    "table", "plain", "csv", "markdown", "html", "svg", "--explain", "--brief", "--offer", "--rules", "--as-of", "--by",
    "--help", "--version", "--", "-", "-o", "--force", "--top", "--home", "--sort", "--weights", "--color", "always",
    "--method", "grade", "market", "--apply-band", "--period", "hour", "--to", "--vs", "--years", "--experience",
    "agencies", "certs", "areas", *(field.option for field in FIELDS.values()),
]  # fmt: skip
VALUES = [
    "", " ", "5", "3-5", "-1", "61", "1e400", "nan", "٥", "1_0", "9" * 5_000, "va", "VA", "private", "coder", "rhit",
    "Coder III", "Denver", "Denver, CO", "80202", "0", "2026-02-30", "1999-01-01", "2025-01-01", "/dev/null", "/nope",
    ".", "\0", "\x1b[2J", "\u202eabc", "[red]x[/]", "é" * 200, "x" * 10_000, "\udce9", "$(id)", "'; x", "{}",
    "package=3",
    "VA GS-9/1 Denver", "Mercy 66,500 Boise, ID", "61000", "29.50/h", "75k", "1E+99999999", "=cmd()", "%s", "{0}",
]  # fmt: skip
PAIRS = [
    ("--agency", "va"), ("--years", "5"), ("--role", "coder"), ("--cert", "rhit"), ("--location", "Denver"),
    ("--grade", "9"),
    ("--degree", "bachelor"), ("--as-of", "2026-01-01"), ("--format", "table"), ("--offer", "61000"), ("--top", "3"),
]  # fmt: skip
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


def line(rng: Random, _: Path) -> list[str]:
    """A command line; nothing in it writes outside of the folder it runs in."""
    words = [rng.choice(list(COMMANDS))] if rng.random() < 0.9 else []
    for _again in range(rng.randrange(6)):
        words += rng.choice(PAIRS) if rng.random() < 0.6 else [rng.choice(rng.choice((WORDS, VALUES)))]
    return words


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


def attack(kind: str, seed: int, count: int) -> Counter[int]:
    """Put so many questions; how often each exit code came. AssertionError names the seed and the question."""
    rng, codes = random.Random(seed), Counter[int]()
    signal.signal(signal.SIGVTALRM, _hung)
    with tempfile.TemporaryDirectory() as name:
        for number in range(count):
            folder = Path(name)
            args = KINDS[kind](rng, folder)
            where = (kind, seed, number, args)
            signal.setitimer(signal.ITIMER_VIRTUAL, HANG)
            try:
                ran = ehrpay(*args, env=clean(), cwd=folder)
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            assert ran.returncode in CODES, (where, ran)
            assert "Traceback" not in ran.stderr, (where, ran)
            assert not {"\x1b", "\0", "\u202e"} & {*ran.stderr}, (where, ran)
            codes[ran.returncode] += 1
    return codes


def peak(kind: str, seed: int, count: int) -> int:
    """The most memory in KiB that so many questions took this process."""
    attack(kind, seed, count)
    return most_memory()


def most_memory() -> int:
    """The most memory in KiB that this process has held. Not `ru_maxrss`: Linux hands that on to a new program."""
    if STATUS.exists():
        return int(re.findall(r"^VmHWM:\s+(\d+) kB$", STATUS.read_text("utf-8"), re.MULTILINE)[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    chosen, cases = sys.argv[1], int(sys.argv[2])
    os.environ.setdefault("EHRPAY_CACHE", tempfile.mkdtemp(prefix="ehrpay-fuzz-"))
    told = attack(chosen, int(sys.argv[3]) if len(sys.argv) > 3 else 1, cases)
    most = most_memory()
    sys.stdout.write(
        f"{chosen}: {cases:,} cases, {most // 1024} MiB at most, exit codes {dict(sorted(told.items()))}\n"
    )
