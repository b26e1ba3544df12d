"""Files that appear wholly or not at all: made in a hidden folder beside their place, then moved there in one step.

A process that is killed leaves its hidden folder behind. Whoever makes the next one in the same place removes it: a
folder that is still in use is locked, and the lock ends with its process.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from ehrpay.errors import CANNOT_WRITE, OutputError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = ".ehrpay-"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def refused(name: str, error: OSError, code: int) -> OutputError:
    """What is said of a file that can't be made: by the code, or 74 where the disk takes no more bytes."""
    code = CANNOT_WRITE if error.errno in FULL else code
    verb = "write" if code == CANNOT_WRITE else "create"
    return OutputError(f"cannot {verb} {shown(name)}: {error.strerror or error}", code=code)


@contextmanager
def stage(place: str) -> Iterator[str]:
    """A new folder inside `place` that no one else can read; it is gone at the end, with what is left in it."""
    from shutil import rmtree

    sweep(place)
    path = os.path.join(place, f"{PREFIX}{os.urandom(8).hex()}")  # noqa: PTH118 - the cache is stored on this way
    os.mkdir(path, 0o700)  # noqa: PTH102 - as above
    lock = _lock(path)
    try:
        yield path
    finally:
        rmtree(path, ignore_errors=True)
        _unlock(lock)


def sweep(place: str) -> None:
    """Remove the hidden folders that killed processes left here."""
    from shutil import rmtree

    with suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX) and entry.is_dir(follow_symlinks=False):
                lock = _lock(entry.path)
                if lock is not None:
                    rmtree(entry.path, ignore_errors=True)
                    _unlock(lock)


def _lock(folder: str) -> int | None:
    """A lock that ends with this process; None where another holds it, or where folders can't be locked."""
    if sys.platform == "win32":
        return None
    import fcntl

    handle = None
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return handle
    _unlock(handle)
    return None


def _unlock(handle: int | None) -> None:
    if handle is not None:
        os.close(handle)
