"""Offers from CSV: one a line, the keys in the header; empty cells were not said."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from ehrpay.errors import DataError, shown
from ehrpay.offers.sheet import Cell, Problems, Row, Rows, spelled

if TYPE_CHECKING:
    from collections.abc import Iterator


def rows(path: str, data: bytes) -> Rows:
    """Every line below the header. DataError for bytes that are no CSV, or lines with too few or many cells."""
    lines = list(_lines(path, _text(path, data)))
    if not lines:
        msg = f"{path} holds no header line"
        raise DataError(msg)
    head, header = lines[0]
    names = [spelled(name) for name in header]
    doubled = {name for name in names if names.count(name) > 1}
    if doubled:
        msg = f"{path}:{head}: column {shown(min(doubled))} appears twice"
        raise DataError(msg)
    problems, found = Problems(), []
    for line, cells in lines[1:]:
        where = f"{path}:{line}"
        if len(cells) != len(names):
            problems.add(where, f"{len(cells)} cells, where the header has {len(names)}")
        pairs = zip(header, cells, strict=False)
        found.append(Row({key: Cell(cell, where) for key, cell in pairs if cell.strip()}, where))
    problems.stop(path)
    return Rows(tuple(found))


def _text(path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        msg = f"{path}:{line}: not UTF-8 at byte {error.start + 1} (0x{data[error.start]:02x}); save it as UTF-8"
        raise DataError(msg) from error


def _lines(path: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold anything, with the number each begins at."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        quote = (
            " (a quote opened here never closes?)"
            if "quote" in str(error) or "end of data" in str(error)
            else ""
        )
        msg = f"{path}:{begins}: not valid CSV: {error}{quote}"
        raise DataError(msg) from error
