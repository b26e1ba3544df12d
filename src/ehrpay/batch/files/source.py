"""Where a roster comes from: files, globs, compressed files, standard input; and in which form its rows are."""

from __future__ import annotations

import glob
import gzip
import io
import os
import stat
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ehrpay.errors import DataError, EhrpayError, InputError, UsageError, shown, unknown
from ehrpay.named_tuple import NamedTuple
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

STDIN = "-"
FORMATS = ("csv", "tsv", "jsonl", "parquet")
ENDINGS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}
SHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".numbers")
"""How the name of a spreadsheet's own file ends."""

PACKED, GZIP = ".gz", b"\x1f\x8b"
"""How the name of a compressed file ends, and how its bytes begin."""

PIECE = 2**18
"""Bytes that are read at a time."""


class Meter:
    """How much of all the files has been read; a stream has no end that is known."""

    def __init__(self, sources: Iterable[Input]) -> None:
        """Take the files."""
        self._all, self._read = sum(source.size for source in sources), 0.0

    def add(self, size: float) -> None:
        """So many more bytes are read."""
        self._read += size

    @property
    def share(self) -> float | None:
        """The part that is read, from 0 to 1; None where that is not known."""
        return min(1.0, self._read / self._all) if self._all else None


class Input(NamedTuple):
    """One file: its path as typed (`-` for a stream) and the form of its rows; or the stream."""

    path: str
    format: str
    stream: IO[bytes] | None = None

    @property
    def name(self) -> str:
        """As messages show it."""
        return "<stdin>" if self.path == STDIN else clean(self.path)

    @property
    def size(self) -> int:
        """Bytes on the disk; 0 where that is not known."""
        return self._stamp()[1]

    def _stamp(self) -> tuple[int, int, int]:
        """What changes when the file does."""
        try:
            found = os.stat(self.path)  # noqa: PTH116 - a stream has no path
        except OSError:
            return 0, 0, 0
        return (0, 0, 0) if self.path == STDIN else (found.st_ino, found.st_size, found.st_mtime_ns)

    @contextmanager
    def reading(self, meter: Meter | None = None) -> Iterator[IO[bytes]]:
        """Its bytes, uncompressed. InputError (66) where they can't be had, or where the file changes meanwhile."""
        before = self._stamp()
        with self._open(meter) as file:
            try:
                yield file
            except EhrpayError as error:
                self._refuse_change(before, error)
                raise
        self._refuse_change(before)

    def _refuse_change(self, before: tuple[int, int, int], cause: EhrpayError | None = None) -> None:
        now = self._stamp()
        if now != before:
            what = "changed" if now[0] else "was removed"
            raise InputError(f"{shown(self.path)} {what} while it was read; run it again") from cause

    def _open(self, meter: Meter | None) -> IO[bytes]:
        if self.stream is not None:
            return _buffered(_Guarded(self, self.stream))
        try:
            # A pipe that nothing writes into must not be waited for.
            file = open(self.path, "rb", opener=_opened_at_once)  # noqa: SIM115 - the caller closes it
            regular = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
        except OSError as error:
            raise _cannot(self.path, error.strerror or str(error)) from error
        if not regular:
            file.close()
            raise _cannot(self.path, "it is not a regular file; use - to read a stream")
        return _buffered(_Guarded(self, file, meter))


class _Guarded(io.RawIOBase):
    """A file's bytes, uncompressed and counted; what goes wrong becomes an error with a sentence."""

    def __init__(self, source: Input, file: IO[bytes], meter: Meter | None = None) -> None:
        self._source, self._file, self._meter = source, file, meter
        self._bytes: Any = None
        self._place = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            return self._read_into(buffer)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            msg = f"{self._source.name}: the compressed file is damaged or cut short: {error}"
            raise DataError(msg) from error
        except OSError as error:
            raise _cannot(self._source.path, error.strerror or str(error)) from error

    def _read_into(self, buffer: Any) -> int:
        if self._bytes is None:
            file = self._file if hasattr(self._file, "peek") else _buffered(self._file)
            packed = file.peek(len(GZIP))[: len(GZIP)] == GZIP  # type: ignore[attr-defined]
            self._bytes = gzip.GzipFile(fileobj=file, mode="rb") if packed else file
        count: int = self._bytes.readinto1(buffer)
        if self._meter is not None:
            place = self._file.tell()
            self._meter.add(place - self._place)
            self._place = place
        return count

    def close(self) -> None:
        if not self.closed and self._source.stream is None:
            self._file.close()
        super().close()


def _opened_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _buffered(file: Any) -> IO[bytes]:
    return io.BufferedReader(file, PIECE)


def _cannot(path: str, why: str) -> InputError:
    return InputError(f"cannot read {shown(path)}: {why}")


def inputs(
    texts: Iterable[str], stdin: Callable[[], IO[bytes]], form: str | None = None, option: str = ""
) -> list[Input]:
    """The files that paths and globs name, in order; InputError (66) for one that isn't there.

    Their names say their form, where an `option` gives none.
    """
    if form is not None and form not in FORMATS:
        raise UsageError(unknown("format", form, FORMATS), field="from")
    found = [path for text in texts for path in _paths(text)]
    if STDIN in found and len(found) > 1:
        raise UsageError("- is standard input and can't be combined with files")
    if STDIN in found and form == "parquet":
        raise UsageError("Parquet can't be read from standard input; name a file", field="from")
    if STDIN in found:
        return [Input(STDIN, form or "csv", stdin())]
    return [Input(path, format_of(path, form, option)) for path in found]


def _paths(text: str) -> list[str]:
    there = bool(text) and Path(text).exists()  # the path of no name is the folder one stands in
    if text == STDIN or not glob.has_magic(text) or there:
        if text != STDIN and not there:
            raise _cannot(text, "file not found")
        if Path(text).is_dir():
            raise _cannot(text, f"it is a folder; name its files, such as {text.rstrip(os.sep)}{os.sep}*.csv")
        return [text]
    found = glob.glob(text, recursive=True)  # noqa: PTH207 - it may be absolute
    files = sorted(path for path in found if not Path(path).is_dir())
    if not files:
        raise _cannot(text, "no file matches")
    return files


def format_of(path: str, form: str | None, option: str, field: str = "") -> str:
    """The format that is asked for, or the one that a name ends in; UsageError, with an `option`, where neither is."""
    ending = Path(path.casefold().removesuffix(PACKED)).suffix
    found = form or ENDINGS.get(ending)
    if found is None and ending in SHEETS:
        what = "write CSV or Parquet" if option == "--to" else "save it as CSV or Parquet"
        raise UsageError(f"{shown(path)} is a spreadsheet's own file; {what}", field=field)
    if found is None:
        known = f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}"
        how = f"use {option} {known}" if option else f"let it end in {known}"
        msg = f"can't tell the format of {shown(path)} from its name; {how}"
        raise UsageError(msg, field=field)
    return found
