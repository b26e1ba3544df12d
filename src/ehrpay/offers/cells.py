"""Cells to clean texts under known keys, each judged once: what is unknown, doubled, empty or no text is a problem."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ehrpay.errors import shown
from ehrpay.offers.keys import SEVERAL
from ehrpay.offers.sheet import LONGEST, Cell, Row, spelled
from ehrpay.text import clean

if TYPE_CHECKING:
    from ehrpay.offers.sheet import Problems

REMOTE, WORK = "remote", "work"
_TRUTHS = {"true": True, "false": False, "yes": True, "no": False}
_PARTED, _BLANKS = re.compile("[;,]"), re.compile(r"\s+")


def known(row: Row, keys: tuple[str, ...], problems: Problems) -> Row:
    """The row by its keys' own spelling, its values texts; under `certs` and `ehr` several, under `remote` a truth."""
    cells: dict[str, Cell] = {}
    for written, cell in row.cells.items():
        key = spelled(written)
        if key not in keys:
            problems.unknown(cell.where, written, keys)
        elif key in cells:
            problems.add(cell.where, f"{key} is given twice, as {shown(written)} too")
        elif cell.value is not None and (read := _read(key, cell, problems)) is not None:
            cells[key] = read
    _at_home(cells, problems)
    return row._replace(cells=cells)


def text_of(cell: Cell, key: str, problems: Problems) -> str | None:
    """A cell's clean text; None, with a problem, where it has none."""
    if isinstance(cell.value, (bool, list, dict)) or cell.value is None:
        problems.add(cell.where, f"{key}: should be one text or number")
        return None
    text = str(cell.value).strip()
    if "\0" in text or len(text) > LONGEST:
        why = "holds a control character" if "\0" in text else f"is longer than {LONGEST:,} characters"
        problems.add(cell.where, f"{key}: {shown(text)} {why}")
        return None
    if not text:
        problems.add(cell.where, f"{key}: is empty; leave the key out where it was not said")
        return None
    return clean(text)


def _read(key: str, cell: Cell, problems: Problems) -> Cell | None:
    if key == REMOTE:
        return _truth(cell, problems)
    if key not in SEVERAL:
        text = text_of(cell, key, problems)
        return None if text is None else cell._replace(value=text)
    parts = cell.value if isinstance(cell.value, list) else _parts(cell.value)
    texts = [text_of(cell._replace(value=part), key, problems) for part in parts]
    return None if None in texts else cell._replace(value=tuple(texts))


def _parts(value: object) -> list[object]:
    """What stands between semicolons or commas; without any, between blanks."""
    if not isinstance(value, str):
        return [value]
    text = value.strip().strip(";,").strip()
    return [part.strip() for part in _PARTED.split(text)] if _PARTED.search(text) else [*_BLANKS.split(text)]


def _truth(cell: Cell, problems: Problems) -> Cell | None:
    truth = cell.value if isinstance(cell.value, bool) else _TRUTHS.get(str(cell.value).strip().casefold())
    if truth is None:
        problems.add(cell.where, f"{REMOTE}: {shown(cell.value)} is neither true nor false")
        return None
    return cell._replace(value=truth)


def _at_home(cells: dict[str, Cell], problems: Problems) -> None:
    """`remote: true` is `work: remote`; one that contradicts the row's own `work` is a problem."""
    remote, work = cells.get(REMOTE), cells.get(WORK)
    if remote is None:
        return
    if work is not None and (work.value.casefold() == REMOTE) is not remote.value:
        problems.add(remote.where, f"{REMOTE}: contradicts work: {shown(work.value)}")
    elif remote.value:
        cells[WORK] = remote._replace(value=REMOTE)
