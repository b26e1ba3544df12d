"""Where a roster comes from: files, globs, compressed files, standard input; and in which form its rows are."""

from __future__ import annotations

import glob
import gzip
import io
import os
import stat
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ehrpay.errors import InputError, UsageError, shown, unknown
from ehrpay.named_tuple import NamedTuple
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
MAGIC = ".gz"


class Input(NamedTuple):
    """One file: its path as typed (`-` for a stream), the form of its rows, whether it is compressed; or the stream."""

    path: str
    format: str
    gzipped: bool = False
    stream: IO[bytes] | None = None

    @property
    def name(self) -> str:
        """As messages show it."""
        return "<stdin>" if self.path == STDIN else clean(self.path)

    @property
    def size(self) -> int:
        """Bytes on the disk; 0 where that is not known."""
        try:
            return 0 if self.path == STDIN else Path(self.path).stat().st_size
        except OSError:
            return 0

    def open(self) -> IO[bytes]:
        """Its bytes, uncompressed. InputError (66) where they can't be had."""
        if self.stream is not None:
            return self.stream
        try:
            file = Path(self.path).open("rb")  # noqa: SIM115 - the caller closes it
            mode = os.fstat(file.fileno()).st_mode
        except OSError as error:
            raise _cannot(self.path, error.strerror or str(error)) from error
        if not stat.S_ISREG(mode):
            file.close()
            raise _cannot(self.path, "it is not a regular file; use - to read a stream")
        return io.BufferedReader(gzip.GzipFile(fileobj=file, mode="rb")) if self.gzipped else file


def _cannot(path: str, why: str) -> InputError:
    return InputError(f"cannot read {shown(path)}: {why}")


def inputs(texts: Iterable[str], form: str | None, stdin: Callable[[], IO[bytes]]) -> list[Input]:
    """The files that paths and globs name, in order; InputError (66) for one that isn't there."""
    if form is not None and form not in FORMATS:
        raise UsageError(unknown("format", form, FORMATS), field="from")
    found = [path for text in texts for path in _paths(text)]
    if STDIN in found and len(found) > 1:
        msg = "- is standard input and can't be combined with files"
        raise UsageError(msg)
    if STDIN in found:
        return [Input(STDIN, form or "csv", stream=stdin())]
    return [Input(path, *_form(path, form)) for path in found]


def _paths(text: str) -> list[str]:
    if text == STDIN or not glob.has_magic(text) or Path(text).exists():
        if text != STDIN and not Path(text).exists():
            raise _cannot(text, "file not found")
        if Path(text).is_dir():
            raise _cannot(text, f"it is a folder; name its files, such as {text.rstrip(os.sep)}{os.sep}*.csv")
        return [text]
    found = sorted(glob.glob(text, recursive=True))  # noqa: PTH207 - it may be absolute
    if not found:
        raise _cannot(text, "no file fits")
    return [path for path in found if not Path(path).is_dir()]


def _form(path: str, form: str | None) -> tuple[str, bool]:
    ending = Path(path.casefold())
    gzipped = ending.suffix == MAGIC
    own = ENDINGS.get(Path(ending.stem).suffix if gzipped else ending.suffix)
    if (form or own) is None:
        known = f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}"
        msg = f"the form of {shown(path)} is not known by its name; use --from {known}"
        raise UsageError(msg)
    return form or own or "csv", gzipped
