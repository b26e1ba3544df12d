"""An input read whole: a file, or what is piped in; whatever would wait says what it waits for."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ehrpay.errors import InputError, UsageError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

STDIN = "-"
PATIENCE = 1.0
"""Seconds without input after which it is said what is waited for."""


def read_input(name: str, most: int, what: str) -> bytes:
    """At most so many bytes of a file, and one more where there are more; `-` is standard input.

    InputError (66) for what can't be read, for a device, and for a closed standard input; UsageError where that is
    a terminal, at which no one would type `what`.
    """
    try:
        if name == STDIN:
            with _says_what_it_waits_for(f"{what} on standard input"):
                return standard_input(what).read(most + 1)
        mode = os.stat(name).st_mode  # noqa: PTH116 - as a path no name is the folder one stands in
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
            raise InputError(f"cannot read {shown(name)}: it is a device; use - to read standard input")
        if stat.S_ISFIFO(mode):
            with _says_what_it_waits_for(f"{what} in the pipe {shown(name)}"), Path(name).open("rb") as pipe:
                return pipe.read(most + 1)
        with Path(name).open("rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read {shown(name)}: {getattr(error, 'strerror', None) or error}") from error


def standard_input(what: str) -> IO[bytes]:
    """The stream; InputError (66) where it is closed, UsageError where it is a terminal."""
    if sys.stdin is None or sys.stdin.closed:
        raise InputError("cannot read '-': standard input is closed")
    if sys.stdin.isatty():
        msg = f"it waits for {what} on standard input; pipe it in (cat FILE | ehrpay ... -) or name a file"
        raise UsageError(msg)
    return sys.stdin.buffer


@contextmanager
def _says_what_it_waits_for(what: str) -> Iterator[None]:
    """A line on standard error where nothing has come after a while."""
    from threading import Timer

    from ehrpay.cli.main import note

    timer = Timer(PATIENCE, note, [f"ehrpay: waiting for {what}\n"])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
