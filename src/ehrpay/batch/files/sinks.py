"""Where priced rows go: CSV, TSV or JSON Lines, a row or a frame at a time; cells are safe in a spreadsheet."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, Self, TypeAlias, cast

from ehrpay.batch.files.lines import DELIMITERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ehrpay.batch.files.lines import Line

Value: TypeAlias = "int | float | str | None"
"""What a cell that is added holds; None for an empty one."""

PIPE = 4096
"""Bytes that a pipe takes wholly or not at all."""

TEXT_ROW = rb'(?:[^"\n]+|"[^"]*")*\n'
ROWS = {"csv": TEXT_ROW, "tsv": TEXT_ROW, "jsonl": rb"[^\n]*\n"}
"""A whole row of each form."""

CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\u009f]"
FORMULA = r"^[=+\-@\t\r]"
NUMBER = r"^[+-]?\$?([0-9][0-9,]*(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?%?$"
"""What cells are looked at for, as both Python and Polars read it."""

_CONTROL, _FORMULA, _NUMBER = map(re.compile, (CONTROL, FORMULA, NUMBER))
_MARKS = frozenset("=+-@")
"""What a formula begins with, beside blanks that can't be printed."""


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, without control characters; a number stays as it is."""
    if cell.isalnum() and cell.isascii():
        return cell
    if _CONTROL.search(cell):
        cell = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", cell)
    if _FORMULA.match(cell) and not _NUMBER.match(cell):
        return f"'{cell}"
    return cell


def unsafe(cell: str) -> str:
    """A cell as it was before `safe` put a mark before it."""
    return cell[1:] if cell[:1] == "'" and safe(cell[1:]) == cell else cell


@contextmanager
def opened(file: IO[bytes], *, gzipped: bool) -> Iterator[IO[bytes]]:
    """A file to write bytes into, compressed where its name says so, with the same bytes on every run.

    The file itself stays open.
    """
    if not gzipped:
        yield file
        return
    with gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed:
        yield cast("IO[bytes]", packed)


class _Rows:
    """Ends rows with a line feed that were made with a carriage return before it."""

    def __init__(self, file: IO[str]) -> None:
        self._write = file.write

    def write(self, row: str) -> None:
        self._write(f"{row[:-2]}\n")


def cells_writer(file: IO[str], delimiter: str = ",") -> Any:
    """A writer of rows of cells that quotes whatever a reader could take for the end of a row.

    Before Python 3.13 its writer quotes only the characters that end its own rows.
    """
    return csv.writer(_Rows(file), delimiter=delimiter, lineterminator="\r\n")


def header(names: Iterable[str], *, raw: bool) -> list[str]:
    """The names of columns as the first line has them."""
    return [name if raw else safe(name) for name in names]


class Stream(io.RawIOBase):
    """A pipe or a terminal: takes whole rows, and hands them on in pieces that a pipe takes wholly or not at all.

    The file below stays open.
    """

    def __init__(self, file: IO[bytes], form: str) -> None:
        """Take an open file and the form of its rows."""
        self._file, self._row = file, re.compile(ROWS[form])

    def writable(self) -> bool:
        """It is for writing."""
        return True

    def write(self, data: Any) -> int:
        """Hand on whole rows."""
        rows, begin, end = bytes(data), 0, 0
        for row in self._row.finditer(rows):
            if row.end() - begin > PIPE and end > begin:
                self._hand_on(rows[begin:end])
                begin = end
            end = row.end()
        self._hand_on(rows[begin:])
        return len(rows)

    def _hand_on(self, rows: bytes) -> None:
        self._file.write(rows)
        self._file.flush()


class TextSink:
    """Writes rows as CSV, TSV or JSON Lines."""

    def __init__(
        self, file: IO[bytes], form: str, names: Sequence[str], added: Sequence[str], *, raw: bool
    ) -> None:
        """Take an open file, the roster's columns and the ones that are added."""
        self._names, self._added, self._raw = names, added, raw
        self._text = io.TextIOWrapper(file, "utf-8", newline="")
        self._writer = None
        if form in DELIMITERS:
            self._writer = cells_writer(self._text, DELIMITERS[form])

    def header(self) -> None:
        """The first line, where the form has one."""
        if self._writer is not None:
            self._writer.writerow([*header(self._names, raw=self._raw), *self._added])

    def row(self, line: Line, values: Sequence[Value]) -> None:
        """A row with its values."""
        if self._writer is None:
            self._text.write(self._object(line, dict(zip(self._added, values, strict=True))))
            return
        cells = line.cells
        plain = "".join(cells).isprintable() and _MARKS.isdisjoint([cell[:1] for cell in cells])
        if not (self._raw or plain):
            cells = [safe(cell) for cell in cells]
        self._writer.writerow([*cells, *values])

    def _object(self, line: Line, added: dict[str, Value]) -> str:
        if line.text is None:
            return json_line(dict(zip(self._names, line.cells, strict=True)) | added)
        return extended(line.text, json_line(added))

    def __enter__(self) -> Self:
        """Rows may come."""
        return self

    def __exit__(self, *_: object) -> None:
        """All rows that came are in the file, which stays open, whatever happened."""
        self._text.flush()
        self._text.detach()


def extended(text: str, more: str) -> str:
    """The text of a JSON object as it is, but for what another one adds to it."""
    own = text[:-1].rstrip()
    return f"{own}{more[1:]}" if own == "{" else f"{own},{more[1:]}"


def json_line(values: dict[str, Any]) -> str:
    """A JSON object on a line of its own."""
    return json.dumps(values, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"
