"""Read a file of offers: YAML, JSON or CSV by its name's ending, or by its first characters without one."""

from __future__ import annotations

from codecs import BOM_UTF8 as BOM
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from ehrpay.csv_lines import csv_lines, ragged, refuse_other_separators
from ehrpay.domain.profile import plain_key
from ehrpay.errors import DataError, shown
from ehrpay.offers.build import build_file
from ehrpay.offers.cells import KEYS, MOST_OFFERS, Cell, Problems, Row, Rows
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ehrpay.domain.profile import Profile
    from ehrpay.offers.build import Employers, OfferFile

    Check = Callable[[OfferFile], Iterable[tuple[str, str]]]

MOST_BYTES = 1_000_000
STDIN = "<stdin>"
KINDS = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".csv": "csv"}
YAML_SIGNS = (b":", b"{", b"[", b"#")
"""What the header of a CSV never has."""


def read(
    path: str,
    data: bytes,
    person: Profile,
    employers: Employers,
    check: Check | None = None,
) -> OfferFile:
    """The offers of a file's bytes; `path` is its name in messages and gives its kind (`-`: standard input).

    `person` has what the file doesn't specify; `check` gives the place and the sentence of each value that can be
    read but isn't known, such as a place. DataError (65) with all that is wrong, each as `file:line: key: sentence`.
    """
    if len(data) > MOST_BYTES:
        raise DataError(f"{shown(path)} is larger than {MOST_BYTES:,} bytes, too large for a list of offers")
    kind, path = _kind(path, data), STDIN if path == "-" else clean(path)
    if not data.removeprefix(BOM).strip():
        raise DataError(f"{shown(path)} is empty; it should list offers")
    problems = Problems()
    rows = _reader(kind)(path, data, problems)
    if not rows.offers:
        problems.raise_all(path)
        raise DataError(f"{shown(path)} lists no offers")
    if len(rows.offers) > MOST_OFFERS:
        msg = f"{shown(path)} lists {len(rows.offers):,} offers; at most {MOST_OFFERS} can be compared"
        raise DataError(msg)
    content = build_file(rows, person, employers, problems)
    for where, sentence in dict.fromkeys(() if check is None else check(content)):
        problems.add(where, sentence)
    problems.raise_all(path)
    return content


def _kind(path: str, data: bytes) -> str:
    """The kind by the name's ending; without one, by the first characters."""
    by_name = KINDS.get(Path(path).suffix.casefold())
    if by_name is not None:
        return by_name
    start = data.removeprefix(BOM).lstrip()
    if start[:1] in (b"{", b"["):
        return "json"
    header = start.partition(b"\n")[0]
    return "csv" if b"," in header and not any(sign in header for sign in YAML_SIGNS) else "yaml"


def _reader(kind: str) -> Callable[[str, bytes, Problems], Rows]:
    if kind == "csv":
        return _csv_rows
    from ehrpay.offers.from_tree import json_rows, yaml_rows

    return json_rows if kind == "json" else yaml_rows


def _csv_rows(path: str, data: bytes, problems: Problems) -> Rows:
    """An offer a line, the keys in the header; an empty cell is a thing not specified.

    DataError for bytes that aren't CSV, or a header that can't be trusted.
    """
    lines = list(csv_lines(path, data))
    if not lines:
        raise DataError(f"{path} has no header line")
    (first, header), *body = lines
    keys = _keys(f"{path}:{first}", header, problems)
    offers = []
    for line, cells in body:
        where = f"{path}:{line}"
        if len(cells) != len(keys):
            problems.add(where, ragged(len(cells), len(keys)))
            continue
        pairs = zip(keys, cells, strict=True)
        offers.append(Row({key: Cell(text, where) for key, text in pairs if key and text.strip()}, where))
    return Rows(tuple(offers))


def _keys(where: str, header: list[str], problems: Problems) -> list[str]:
    """The key of each column, empty for an unknown one (reported once, not for every line)."""
    refuse_other_separators(where, header)
    keys = [plain_key(name) for name in header]
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
