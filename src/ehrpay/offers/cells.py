"""The keys of an offer, and its cells as clean texts: unknown, duplicate, empty or non-text ones become problems."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ehrpay.domain.profile import FIELDS
from ehrpay.errors import shown
from ehrpay.offers import quantities
from ehrpay.offers.rows import Cell, Problems, Row, normalized
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


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

LONGEST = 10_000
_BOOLEANS = {"true": True, "false": False, "yes": True, "no": False}
_SEPARATOR, _BLANKS = re.compile("[;,]"), re.compile(r"\s+")


def clean_row(row: Row, keys: tuple[str, ...], problems: Problems) -> Row:
    """The row under its normalized keys: texts, tuples of them for `certs` and `ehr`, a boolean for `remote`."""
    cells: dict[str, Cell] = {}
    for written, cell in row.cells.items():
        key = normalized(written)
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
