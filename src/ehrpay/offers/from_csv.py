"""Offers from CSV: one a line, the keys in the header; an empty cell is a thing not specified."""

from __future__ import annotations

import re
from collections import Counter

from ehrpay.csv_lines import csv_lines
from ehrpay.errors import DataError, shown
from ehrpay.offers.cells import KEYS
from ehrpay.offers.rows import Cell, Problems, Row, Rows, normalized


def csv_rows(path: str, data: bytes, problems: Problems) -> Rows:
    """Every line below the header. DataError for bytes that aren't CSV, or a header that can't be trusted."""
    lines = list(csv_lines(path, data))
    if not lines:
        raise DataError(f"{path} has no header line")
    (first, header), *body = lines
    keys = _keys(f"{path}:{first}", header, problems)
    offers = []
    for line, cells in body:
        where = f"{path}:{line}"
        if len(cells) != len(keys):
            hint = "; put a text with a comma in quotes" if len(cells) > len(keys) else ""
            problems.add(where, f"{len(cells)} cells, where the header has {len(keys)}{hint}")
            continue
        pairs = zip(keys, cells, strict=True)
        offers.append(Row({key: Cell(text, where) for key, text in pairs if key and text.strip()}, where))
    return Rows(tuple(offers))


def _keys(where: str, header: list[str], problems: Problems) -> list[str]:
    """The key of each column, empty for an unknown one (reported once, not for every line)."""
    if len(header) == 1 and re.search("[;\t|]", header[0]):
        msg = f"{where}: the columns are not separated by commas; export the file as CSV with commas"
        raise DataError(msg)
    keys = [normalized(name) for name in header]
    twice = [key for key, count in Counter(keys).items() if count > 1]
    if twice:
        key = min(twice)
        msg = f"{where}: " + (f"column {shown(key)} appears twice" if key else "two columns have no name")
        raise DataError(msg)
    for number, (written, key) in enumerate(zip(header, keys, strict=True), 1):
        if not key:
            problems.add(where, f"column {number} has no name")
        elif key not in KEYS:
            problems.add_unknown(where, written, KEYS)
    return [key if key in KEYS else "" for key in keys]
