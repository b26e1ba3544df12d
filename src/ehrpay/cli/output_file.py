"""A result into a file, wholly or not at all: written beside its place, then moved there in one step."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from ehrpay.errors import CANNOT_CREATE, CANNOT_WRITE, OutputError, UsageError, shown
from ehrpay.named_tuple import NamedTuple

STDOUT = "-"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class OutputFile(NamedTuple):
    """A file that may be written: its real path, its name as typed, whether to replace it."""

    path: Path
    name: str
    force: bool

    def write(self, data: bytes) -> None:
        """Write the bytes. OutputError: 74 when the disk refuses them, 73 when the file exists by now.

        An old file stays as it was until the new one is whole, and gives it its mode.
        """
        mode = _mode(self)
        part = _beside(self)
        try:
            _fill(part, data, mode)
            if not self.force:
                _refuse_old(self)
            part.replace(self.path)
        except OSError as error:
            raise _refusal(self.name, error, CANNOT_WRITE) from error
        finally:
            # Gone already when all went well.
            with suppress(OSError):
                part.unlink()


def output_file(name: str, *, force: bool) -> OutputFile | None:
    """The file of a name, checked before any work is done; None for `-`, standard output.

    A symbolic link is followed, so that it stays one. OutputError (73) for a missing or read-only folder,
    for anything but a regular file, and for a file that exists already unless `force`.
    """
    if name == STDOUT:
        return None
    if not name:
        msg = "the file name is empty; use - for standard output"
        raise UsageError(msg, field="output")
    found = OutputFile(Path(os.path.realpath(name)), name, force)
    _refuse_folder(found)
    _refuse_old(found)
    return found


def _refuse_folder(file: OutputFile) -> None:
    folder = file.path.parent
    if not folder.is_dir():
        raise _cannot(file.name, "its folder does not exist")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise _cannot(file.name, "its folder is not writable")


def _refuse_old(file: OutputFile) -> None:
    """Nothing but a regular file is ever replaced, and that only when asked for."""
    try:
        found = file.path.stat()
    except FileNotFoundError:
        if file.name.endswith(("/", os.sep)):
            raise _cannot(file.name, "it names a folder that does not exist") from None
        return
    except OSError as error:
        raise _refusal(file.name, error, CANNOT_CREATE) from error
    if stat.S_ISDIR(found.st_mode):
        raise _cannot(file.name, "it is a folder")
    if not stat.S_ISREG(found.st_mode):
        raise _cannot(file.name, "it is not a regular file; use - for standard output")
    if not file.force:
        msg = f"{shown(file.name)} already exists; use --force to replace it"
        raise OutputError(msg, code=CANNOT_CREATE)


def _mode(file: OutputFile) -> int:
    """The mode of the file to be replaced, or what the user's umask leaves of rw-rw-rw-."""
    with suppress(OSError):
        return stat.S_IMODE(file.path.stat().st_mode)
    umask = os.umask(0o077)
    os.umask(umask)
    return 0o666 & ~umask


def _beside(file: OutputFile) -> Path:
    """A new empty file in the same folder, hence on the same disk, readable to nobody else yet."""
    try:
        handle, path = tempfile.mkstemp(prefix=".ehrpay-", dir=file.path.parent)
    except OSError as error:
        raise _refusal(file.name, error, CANNOT_CREATE) from error
    os.close(handle)
    return Path(path)


def _fill(path: Path, data: bytes, mode: int) -> None:
    with path.open("wb") as part:
        part.write(data)
        part.flush()
        # A disk may find only now that it is full.
        os.fsync(part.fileno())
    path.chmod(mode)


def _cannot(name: str, why: str) -> OutputError:
    return OutputError(f"cannot create {shown(name)}: {why}", code=CANNOT_CREATE)


def _refusal(name: str, error: OSError, code: int) -> OutputError:
    full = error.errno in _FULL
    verb = "write" if full or code == CANNOT_WRITE else "create"
    return OutputError(
        f"cannot {verb} {shown(name)}: {error.strerror or error}", code=CANNOT_WRITE if full else code
    )
