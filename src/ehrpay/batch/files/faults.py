"""Rows that can't be priced: why, by the sentence that one person would get, and the file they go to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ehrpay.batch.files.sinks import cells_writer, safe
from ehrpay.named_tuple import NamedTuple
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

ERRORS = ("error_file", "error_line", "error_field", "error_reason", "error_nearest")
"""The columns of an errors file before those of the roster; left out when it is run again."""

_NEAREST = re.compile(r"did you mean (?:'([^']*)'|([^;?]*))", re.IGNORECASE)


class Fault(NamedTuple):
    """A row that has no price: its line, its cells as they were, the field at fault where one is, why, and its file."""

    line: int
    cells: Sequence[str]
    field: str
    reason: str
    file: str = ""

    @property
    def nearest(self) -> str:
        """The nearest name, where the reason has one."""
        found = _NEAREST.search(self.reason)
        return (found[1] or found[2]) if found else ""

    @property
    def where_and_why(self) -> tuple[str, str]:
        """Where it is, and why: on a screen they are one line, and rows with the same reason are counted."""
        field = f"{self.field}: " if self.field else ""
        return f"{clean(self.file)}:{self.line}", f"{field}{clean(self.reason)}"


class FaultFile:
    """Writes faults as CSV: what is wrong first, then a row's cells, however many.

    Cells are safe in a spreadsheet, where people mend them, unless `raw`.
    """

    def __init__(self, file: IO[str], names: Sequence[str], *, raw: bool) -> None:
        """Take an open file and the names of the roster's columns."""
        self._writer, self._raw = cells_writer(file), raw
        self._writer.writerow([*ERRORS, *self._cells(names)])

    def write(self, fault: Fault) -> None:
        """One row."""
        what = (fault.file, fault.line, fault.field, fault.reason, fault.nearest)
        self._writer.writerow([*what, *self._cells(fault.cells)])

    def _cells(self, cells: Sequence[str]) -> Sequence[str]:
        return cells if self._raw else [safe(cell) for cell in cells]


def fault_path(output: str, source: str) -> Path:
    """Where faults go: `pay.errors.csv` beside `pay.parquet`; beside nothing where the result is a stream."""
    if output != "-":
        return Path(output).parent / f"{_stem(output)}.errors.csv"
    return Path(f"{'roster' if source == '-' else _stem(source)}.errors.csv")


def _stem(path: str) -> str:
    return Path(path).name.removesuffix(".gz").rsplit(".", 1)[0] or "roster"
