"""Offers from CSV: one a line, the keys in the header; empty cells were not said."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING

from ehrpay.errors import DataError, shown
from ehrpay.offers.keys import KEYS
from ehrpay.offers.sheet import Cell, Row, Rows, spelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.offers.sheet import Problems


def rows(path: str, data: bytes, problems: Problems) -> Rows:
    """Every line below the header. DataError for bytes that are no CSV, or a header that can't be trusted."""
    lines = list(_lines(path, decoded(path, data)))
    if not lines:
        msg = f"{path} holds no header line"
        raise DataError(msg)
    head, header = lines[0]
    names = _columns(f"{path}:{head}", header, problems)
    found = []
    for line, cells in lines[1:]:
        where = f"{path}:{line}"
        if len(cells) != len(names):
            hint = "; put a text with a comma in quotes" if len(cells) > len(names) else ""
            problems.add(where, f"{len(cells)} cells, where the header has {len(names)}{hint}")
            continue
        pairs = zip(names, cells, strict=True)
        found.append(Row({key: Cell(cell, where) for key, cell in pairs if key and cell.strip()}, where))
    return Rows(tuple(found))


def _columns(where: str, header: list[str], problems: Problems) -> list[str]:
    """The key of each column, empty for one that is unknown (told here once, not in every line below)."""
    names = [spelled(name) for name in header]
    doubled = [name for name, count in Counter(names).items() if count > 1]
    if len(header) == 1 and re.search("[;\t|]", header[0]):
        msg = f"{where}: the columns are not separated by commas; export the file as CSV with commas"
        raise DataError(msg)
    if doubled:
        name = min(doubled)
        told = f"column {shown(name)} appears twice" if name else "two columns have no name"
        msg = f"{where}: {told}"
        raise DataError(msg)
    for number, (written, name) in enumerate(zip(header, names, strict=True), 1):
        if not name:
            problems.add(where, f"column {number} has no name")
        elif name not in KEYS:
            problems.unknown(where, written, KEYS)
    return [name if name in KEYS else "" for name in names]


def decoded(path: str, data: bytes) -> str:
    """The text of a file, without a byte order mark. DataError with the line of the first bad byte."""
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
