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

    def check(self) -> None:
        """OutputError (73) unless a new file can be made here, or a regular one replaced as asked for."""
        try:
            mode = self.path.stat().st_mode
        except FileNotFoundError:
            if self.name.endswith(("/", os.sep)):
                raise _cannot_create(self.name, "it names a folder that does not exist") from None
            return
        except OSError as error:
            raise _failed(self.name, error, CANNOT_CREATE) from error
        if stat.S_ISDIR(mode):
            raise _cannot_create(self.name, "it is a folder")
        if not stat.S_ISREG(mode):
            raise _cannot_create(self.name, "it is not a regular file; use - for standard output")
        if not self.force:
            msg = f"{shown(self.name)} already exists; use --force to replace it"
            raise OutputError(msg, code=CANNOT_CREATE)

    def write(self, data: bytes) -> None:
        """Write the bytes. OutputError: 74 when the disk refuses them, 73 when the file exists by now.

        An old file stays as it was until the new one is whole, and gives it its mode.
        """
        part = self._beside()
        try:
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                # A disk may find only now that it is full.
                os.fsync(file.fileno())
            part.chmod(self._mode())
            if not self.force:
                self.check()
            part.replace(self.path)
        except OSError as error:
            raise _failed(self.name, error, CANNOT_WRITE) from error
        finally:
            # Gone already when all went well.
            with suppress(OSError):
                part.unlink()

    def _beside(self) -> Path:
        """A new empty file in the same folder, hence on the same disk, readable to nobody else yet."""
        try:
            handle, path = tempfile.mkstemp(prefix=".ehrpay-", dir=self.path.parent)
        except OSError as error:
            raise _failed(self.name, error, CANNOT_CREATE) from error
        os.close(handle)
        return Path(path)

    def _mode(self) -> int:
        """The mode of the file to be replaced, or what the user's umask leaves of rw-rw-rw-."""
        with suppress(OSError):
            return stat.S_IMODE(self.path.stat().st_mode)
        umask = os.umask(0o077)
        os.umask(umask)
        return 0o666 & ~umask


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
    file = OutputFile(Path(os.path.realpath(name)), name, force)
    if not file.path.parent.is_dir():
        raise _cannot_create(name, "its folder does not exist")
    if not os.access(file.path.parent, os.W_OK | os.X_OK):
        raise _cannot_create(name, "its folder is not writable")
    file.check()
    return file


def _cannot_create(name: str, why: str) -> OutputError:
    return OutputError(f"cannot create {shown(name)}: {why}", code=CANNOT_CREATE)


def _failed(name: str, error: OSError, code: int) -> OutputError:
    code = CANNOT_WRITE if error.errno in _FULL else code
    verb = "write" if code == CANNOT_WRITE else "create"
    return OutputError(f"cannot {verb} {shown(name)}: {error.strerror or error}", code=code)
