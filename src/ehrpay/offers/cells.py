"""Offers as written: cells by key, each with its place in the file; cleaned, and everything that is wrong with them.

Unknown, duplicate, empty or non-text cells become problems.
"""

from __future__ import annotations

import re
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ehrpay.domain.profile import FIELDS, plain_key
from ehrpay.errors import DataError, did_you_mean, shown
from ehrpay.named_tuple import NamedTuple
from ehrpay.offers import quantities
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

NAMES = ("employer", "name")
PERSON = tuple(FIELDS)
JOB = ("grade", "step", "years_in_grade")
"""What only a pay plan has, so a person's goes to no employer without one."""

REMOTE, WORK = "remote", "work"
QUANTITIES: dict[str, Callable[[str], Any]] = {
    "match": quantities.match,
    "save": quantities.share,
    "premium": quantities.premium,
    "premium_share": quantities.share,
    "leave": quantities.days,
    "sick": quantities.days,
    "holidays": quantities.days,
    "hours": quantities.hours,
}
KEYS = (
    *NAMES, *PERSON, REMOTE, "base", "retirement", "bonus", "sign_on", "loan_repayment", *QUANTITIES
)  # fmt: skip

MOST_OFFERS = 200
MOST_LISTED = 100
"""The most problems listed, as for rule files."""
LONGEST = 10_000
_BOOLEANS = {"true": True, "false": False, "yes": True, "no": False}
_SEPARATOR, _BLANKS = re.compile("[;,]"), re.compile(r"\s+")


class Cell(NamedTuple):
    """A value as written, a text or a list of them, and its place, as `offers.yaml:7`."""

    value: Any
    where: str


class Row(NamedTuple):
    """One offer, or the person: cells by key, and the place where it begins."""

    cells: Mapping[str, Cell]
    where: str


class Rows(NamedTuple):
    """The content of a file."""

    offers: tuple[Row, ...]
    person: Row | None = None
    home: Cell | None = None


class Problems:
    """Everything wrong with a file."""

    def __init__(self) -> None:
        """Start with none."""
        self._lines: list[tuple[int, str]] = []

    def add(self, where: str, sentence: str) -> None:
        """Add a problem at a place."""
        line = where.rpartition(":")[2]
        self._lines.append((int(line) if line.isdecimal() else 0, f"{where}: {sentence}"))

    def add_unknown(self, where: str, key: str, keys: Sequence[str]) -> None:
        """Add an unknown key, with the nearest known ones or all of them."""
        # Finding near names takes time, and problems past the last one listed are not shown.
        near = did_you_mean(plain_key(key), keys) if len(self._lines) < MOST_LISTED else ""
        hint = near or f"; the keys are {', '.join(keys)}"
        self.add(where, f"unknown key {shown(key)}{hint}")

    def raise_all(self, name: str) -> None:
        """Raise DataError with all problems in the order of their lines, if there are any."""
        texts = [text for _, text in sorted(self._lines, key=itemgetter(0))]
        if len(texts) == 1:
            raise DataError(texts[0])
        if texts:
            more = [f"and {len(texts) - MOST_LISTED} more"] if len(texts) > MOST_LISTED else []
            lines = "\n  ".join(texts[:MOST_LISTED] + more)
            raise DataError(f"{name} has {len(texts)} problems:\n  {lines}")


def clean_row(row: Row, keys: tuple[str, ...], problems: Problems) -> Row:
    """The row under its normalized keys: texts, tuples of them for `certs` and `ehr`, a boolean for `remote`."""
    cells: dict[str, Cell] = {}
    for written, cell in row.cells.items():
        key = plain_key(written)
        if key not in keys:
            problems.add_unknown(cell.where, written, keys)
        elif key in cells:
            problems.add(cell.where, f"{key} is given twice, as {shown(written)} too")
        elif cell.value is not None and (value := _value(key, cell, problems)) is not None:
            cells[key] = cell._replace(value=value)
    _remote_as_work(cells, problems)
    return row._replace(cells=cells)


def clean_text(cell: Cell, key: str, problems: Problems) -> str | None:
    """The clean text of a cell; None, with a problem, where it has none."""
    text = str(cell.value).strip()
    if isinstance(cell.value, (bool, list, dict)) or cell.value is None:
        why = "should be one text or number"
    elif not text:
        why = "is empty; omit the key if it is unknown"
    elif "\0" in text:
        why = f"{shown(text)} contains a control character"
    elif len(text) > LONGEST:
        why = f"{shown(text)} is longer than {LONGEST:,} characters"
    else:
        return clean(text)
    problems.add(cell.where, f"{key}: {why}")
    return None


def _value(key: str, cell: Cell, problems: Problems) -> str | tuple[str, ...] | bool | None:
    if key == REMOTE:
        return _boolean(cell, problems)
    if key not in FIELDS or not FIELDS[key].several:
        return clean_text(cell, key, problems)
    parts = cell.value if isinstance(cell.value, list) else _parts(cell.value)
    texts = [clean_text(cell._replace(value=part), key, problems) for part in parts]
    return None if None in texts else tuple(text for text in texts if text is not None)


def _parts(value: object) -> list[object]:
    """The texts between semicolons or commas; without any, between blanks."""
    if not isinstance(value, str):
        return [value]
    text = value.strip().strip(";,").strip()
    return (
        [part.strip() for part in _SEPARATOR.split(text)]
        if _SEPARATOR.search(text)
        else [*_BLANKS.split(text)]
    )


def _boolean(cell: Cell, problems: Problems) -> bool | None:
    value = _BOOLEANS.get(str(cell.value).strip().casefold())
    if value is None:
        problems.add(cell.where, f"{REMOTE}: {shown(cell.value)} is neither true nor false")
    return value


def _remote_as_work(cells: dict[str, Cell], problems: Problems) -> None:
    """Turn `remote: true` into `work: remote`; one that contradicts the row's own `work` is a problem."""
    remote, work = cells.get(REMOTE), cells.get(WORK)
    if remote is None:
        return
    if work is not None and (work.value.casefold() == REMOTE) is not remote.value:
        problems.add(remote.where, f"{REMOTE}: contradicts work: {shown(work.value)}")
    elif remote.value:
        cells[WORK] = remote._replace(value=REMOTE)
