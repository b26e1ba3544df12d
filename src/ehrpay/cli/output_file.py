"""A result into a file, wholly or not at all: written beside its place, then moved there in one step."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ehrpay.cli.interrupts import tidy_stop
from ehrpay.errors import CANNOT_CREATE, CANNOT_WRITE, OutputError, UsageError, shown
from ehrpay.named_tuple import NamedTuple
from ehrpay.whole_files import refused, stage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STDIN = STDOUT = "-"
STREAMS = ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


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
            raise refused(self.name, error, CANNOT_CREATE) from error
        if stat.S_ISDIR(mode):
            raise _cannot_create(self.name, "it is a folder")
        if not stat.S_ISREG(mode):
            raise _cannot_create(self.name, "it is not a regular file; use - for standard output")
        if not self.force:
            msg = f"{shown(self.name)} already exists; use --force to replace it"
            raise OutputError(msg, code=CANNOT_CREATE)

    def write(self, data: bytes) -> None:
        """Write the bytes; errors as in `writing`."""
        with self.writing() as file:
            file.write(data)

    @contextmanager
    def writing(self) -> Iterator[IO[bytes]]:
        """A file to write into, which takes its place once it is whole, or leaves nothing.

        OutputError: 74 when the disk refuses bytes, 73 when the file exists by now. An old file stays as it was until
        the new one is whole, and gives it its mode.
        """
        code = CANNOT_CREATE
        try:
            with tidy_stop() as stop, stage(str(self.path.parent)) as folder:
                code = CANNOT_WRITE
                part = Path(folder) / "whole"
                with part.open("wb") as file:
                    yield file
                    file.flush()
                    # A disk may find only now that it is full.
                    os.fsync(file.fileno())
                stop.check()
                if self.force:
                    # There may be no old file; a new one has the mode that the umask leaves.
                    with suppress(FileNotFoundError):
                        part.chmod(stat.S_IMODE(self.path.stat().st_mode))
                else:
                    self.check()
                part.replace(self.path)
        except OSError as error:
            raise refused(self.name, error, code) from error


def output_file(name: str, *, force: bool, sources: Sequence[str] = ()) -> OutputFile | None:
    """The file of a name, checked before any work is done; None for standard output.

    A symbolic link is followed, so that it stays one. UsageError (2) for the file of one of `sources`, the inputs;
    OutputError (73) for a missing or read-only folder, for anything but a regular file, and for a file that
    exists already unless `force`.
    """
    # To replace the file that standard output goes to would take it away from under the shell.
    if name == STDOUT or os.path.normpath(name) in STREAMS or _same_file(name, 1):
        _refuse_input(1, "standard output", sources)
        return None
    if not name:
        raise UsageError("the file name is empty; use - for standard output", field="output")
    file = OutputFile(Path(os.path.realpath(name)), name, force)
    if not file.path.parent.is_dir():
        raise _cannot_create(name, "its folder does not exist")
    if not os.access(file.path.parent, os.W_OK | os.X_OK):
        raise _cannot_create(name, "its folder is not writable")
    _refuse_input(name, shown(name), sources)
    file.check()
    return file


def _refuse_input(place: str | int, name: str, sources: Sequence[str]) -> None:
    if any(_same_file(place, 0 if source == STDIN else source) for source in sources):
        raise UsageError(f"{name} is the input; write to another file", field="output")


def _same_file(one: str | int, other: str | int) -> bool:
    """Whether names, or open streams, mean the same regular file."""
    try:
        mine, theirs = os.stat(one), os.stat(other)  # noqa: PTH116 - a stream has no path
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(mine.st_mode) and os.path.samestat(mine, theirs)


def _cannot_create(name: str, why: str) -> OutputError:
    return OutputError(f"cannot create {shown(name)}: {why}", code=CANNOT_CREATE)
