"""The program as a real process, in a clean environment."""

from __future__ import annotations

import subprocess
import sys
from types import MappingProxyType
from typing import IO, TYPE_CHECKING

from tests.program import Ran, clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PROGRAM = [sys.executable, "-m", "ehrpay"]
LONGEST = 60
"""Seconds after which a process is a hang, on any machine."""

Stream = int | IO[bytes]


def process(
    *args: str,
    stdin: Stream = subprocess.DEVNULL,
    stdout: Stream = subprocess.PIPE,
    stderr: Stream = subprocess.PIPE,
    cwd: Path | None = None,
    program: Sequence[str] = PROGRAM,
    more: Mapping[str, str] = MappingProxyType({}),
) -> Ran:
    """Run to the end, with `more` in the environment; a stream that goes elsewhere is empty text here."""
    done = subprocess.run(
        [*program, *args],
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        cwd=cwd,
        env=clean(**more),
        timeout=LONGEST,
        check=False,
    )
    return Ran(done.returncode, *((text or b"").decode() for text in (done.stdout, done.stderr)))


def shell(
    redirected: str, *args: str, cwd: Path | None = None, more: Mapping[str, str] = MappingProxyType({})
) -> Ran:
    """Run with the shell's redirections, such as `>&-`."""
    # What is preloaded to fake the clock opens a file, which would take the place of a closed stream.
    line = f'exec "$@" {redirected}'
    return process(
        "-c", line, "sh", *PROGRAM, *args, program=["/bin/sh"], cwd=cwd, more={"LD_PRELOAD": "", **more}
    )
