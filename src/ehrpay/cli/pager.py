"""A pager for an answer that is longer than the terminal, as git and gh have one."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGER = "less"
LESS = "FRX"
"""What git asks of less: leave at once if it fits after all, keep colors, and leave the screen as it is."""

NONE = ("", "cat")


def command() -> list[str]:
    """The pager's command line by PAGER; empty where none is wanted or none is there."""
    asked = os.environ.get("PAGER", PAGER)
    if asked.strip() in NONE or os.environ.get("TERM") == "dumb":
        return []
    try:
        words = shlex.split(asked)
    except ValueError:
        return []
    return words if words and shutil.which(words[0]) else []


def is_long(text: str) -> bool:
    """Whether a text leaves no line of the terminal for the prompt; False where nobody looks at one."""
    if sys.stdout is None or not sys.stdout.isatty() or not sys.stdin or not sys.stdin.isatty():
        return False
    return text.count("\n") >= shutil.get_terminal_size((80, 24)).lines


def paged(text: str) -> bool:
    """Show a long text through the pager; False where it is to be written as it is."""
    words = command() if is_long(text) else []
    if not words:
        return False
    env = {"LESS": LESS, "LV": "-c", **os.environ}
    with _signals_left_to_it():
        try:
            pager = subprocess.Popen(words, stdin=subprocess.PIPE, env=env)  # noqa: S603 - what the person named
        except OSError:
            return False
        # Who has read enough leaves, and the rest is not wanted.
        with suppress(BrokenPipeError):
            pager.communicate(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))
        pager.wait()
    return True


@contextmanager
def _signals_left_to_it() -> Iterator[None]:
    """Neither Ctrl-C nor a pager that stops reading ends this process: the shell would read along with the pager."""
    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGPIPE") if hasattr(signal, name)]
    # A pager would inherit `SIG_IGN`.
    before = [signal.signal(number, lambda *_: None) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
