"""Runs a roster again and again in a child, and kills it at random moments: `killing.py FOLDER COUNT SEED OUTPUT`.

What lies in the folder is checked after each kill. The children are forked from one warm process, which is cheap.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from ehrpay.cli.main import run


def child(output: str) -> int:
    """Start a run; standard output is a file of its own."""
    pid = os.fork()
    if pid == 0:
        stream = os.open("stream.csv", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(stream, 1)
        os._exit(
            run(["batch", "people.csv", "-o", output, "--force", "--engine", "rows", "--summary", "none"])
        )
    return pid


def whole(name: str, wanted: bytes) -> bool:
    """Whether a file is not there, or as it should be."""
    path = Path(name)
    return not path.exists() or path.read_bytes() == wanted


def main() -> None:
    """Kill, look, and in the end run once more."""
    folder, count, seed, output = sys.argv[1:]
    os.chdir(folder)
    rng = random.Random(int(seed))
    began = time.monotonic()
    assert os.waitstatus_to_exitcode(os.waitpid(child(output), 0)[1]) == 1
    longest = time.monotonic() - began
    made = "stream.csv" if output == "-" else output
    errors = "people.errors.csv" if output == "-" else "pay.errors.csv"
    wanted, faults = Path(made).read_bytes(), Path(errors).read_bytes()
    killed = 0
    for _ in range(int(count)):
        for name in (made, errors):
            Path(name).unlink(missing_ok=True)
        pid = child(output)
        time.sleep(rng.uniform(0, longest))
        os.kill(pid, signal.SIGKILL)
        killed += os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
        assert whole(errors, faults)
        if output == "-":
            # A stream ends with a whole row; a child may end before it has made its file.
            part = Path(made).read_bytes() if Path(made).exists() else b""
            assert wanted.startswith(part)
            assert part == b"" or part.endswith(b"\n")
        else:
            assert whole(output, wanted)
    assert os.waitstatus_to_exitcode(os.waitpid(child(output), 0)[1]) == 1
    assert Path(made).read_bytes() == wanted
    assert Path(errors).read_bytes() == faults
    assert not [path.name for path in Path().iterdir() if path.name.startswith(".")]
    sys.stdout.write(str(killed))


if __name__ == "__main__":
    main()
