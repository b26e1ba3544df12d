"""What a whole child process spends: wall time, processor time and peak memory, as the system counts them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

UNIT_OF_PEAK = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system counts the peak; Linux and the BSDs count KiB."""


class Spent(NamedTuple):
    """Seconds, seconds of all processors together, and bytes of memory at the peak."""

    wall: float
    cpu: float
    peak: int


def spent(command: tuple[str, ...], env: dict[str, str], *, code: int = 0) -> Spent:
    """Run a command to its end; another exit code than `code` ends the measurement.

    The system counts this process's own memory to a child until it starts its program, so keep it small: what reads
    rosters runs as a child as well.
    """
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != code:
            said.seek(0)
            sys.exit(
                f"{' '.join(command)}: exit code {process.returncode}\n{said.read().decode(errors='replace')}"
            )
    return Spent(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * UNIT_OF_PEAK)
