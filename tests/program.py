"""The program without a process: its own entry, environment, folder and streams, for a tenth of the time."""

from __future__ import annotations

import os
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from ehrpay.cli.main import run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

KEPT = ("PATH", "HOME", "EHRPAY_CACHE", "EHRPAY_TODAY", "PYTHONPYCACHEPREFIX", "XDG_CONFIG_HOME")
"""What a clean environment keeps of the session's."""


WITH_RULES = """
import sys
from pathlib import Path
import ehrpay.places.gazetteer
from ehrpay import shipped
shipped.folder = lambda: Path(sys.argv[1])
from ehrpay.cli.main import run
sys.exit(run(sys.argv[2:]))
"""
"""The program of a process that takes the folder named first for the shipped rules."""


class Ran(NamedTuple):
    """What is left of a run, named as a finished process names it."""

    returncode: int
    stdout: str
    stderr: str


def clean(**more: str) -> dict[str, str]:
    """A clean environment, and what is added to it."""
    return {name: os.environ[name] for name in KEPT if name in os.environ} | more


@contextmanager
def environment(env: Mapping[str, str]) -> Iterator[None]:
    """The environment as Python has it. The system's stays: other threads read it, and crash where it changes."""
    with (
        patch.object(os, "putenv", lambda *_: None),
        patch.object(os, "unsetenv", lambda *_: None),
        patch.dict(os.environ, env, clear=True),
    ):
        yield


def ehrpay(*args: str, env: Mapping[str, str], cwd: Path | None = None, encoding: str = "utf-8") -> Ran:
    """Run the program on a pipe of an encoding, as a process of this environment in this folder would."""
    out, err = (TextIOWrapper(BytesIO(), encoding, newline="") for _ in range(2))
    with ExitStack() as stack:
        stack.enter_context(environment(env))
        stack.enter_context(redirect_stdout(out))
        stack.enter_context(redirect_stderr(err))
        if cwd is not None:
            stack.enter_context(chdir(cwd))
        code = run(args)
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode(encoding))
    return Ran(code, *texts)
