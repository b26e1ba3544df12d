"""What differs between the gazetteers of two folders of rules, row by row; a row is found again by its code."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from ehrpay.domain.numerals import fixed
from ehrpay.domain.review.changes import ADDED, CHANGED, REMOVED, Change, Told
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.rules.diff.sides import Side

PLACES, PARITIES = "places/", "parities"
NAMES = ("areas", "counties", "localities", "names", PARITIES, "zips")
MOST_BYTES = 10_000_000
LONGEST = 200


class Row(NamedTuple):
    """The cells after a row's code, and its line."""

    cells: str
    line: int


def place_changes(before: Side, after: Side) -> Iterator[Change]:
    """Every row that differs, in the tables that both folders have."""
    for name in NAMES:
        file = f"{PLACES}{name}.tsv"
        old, new = (_table(os.fspath(side.asked.top), file) for side in (before, after))
        if old is None or new is None or old == new:
            continue
        rows = _rows(old), _rows(new)
        for code in sorted({*rows[0], *rows[1]}):
            was, now = (one.get(code) for one in rows)
            if was is None or now is None or was.cells != now.cells:
                yield _change(file, code, (_told(was, before, file), _told(now, after, file)))


def _table(top: str, file: str) -> str | None:
    """A table's text; None where there is none inside the folder."""
    path = f"{top}/{file}"
    home = os.path.realpath(top)
    if not os.path.isfile(path) or os.path.commonpath([os.path.realpath(path), home]) != home:  # noqa: PTH113 - beside its realpath
        return None
    try:
        with open(path, "rb") as source:  # noqa: PTH123 - as above
            return source.read(MOST_BYTES).decode("utf-8", "replace")
    except OSError:
        return None


def _rows(text: str) -> dict[str, Row]:
    found: dict[str, Row] = {}
    count: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        code, _, cells = line.rstrip("\r").partition("\t")
        if code:
            # Several places may have one name: they are told apart by their order.
            count[code] = count.get(code, 0) + 1
            found[code if count[code] == 1 else f"{code}#{count[code]}"] = Row(cells, number)
    return found


def _told(row: Row | None, side: Side, file: str) -> Told:
    if row is None:
        return Told()
    basis, sources = ("official", ("bea-rpp-2024",)) if PARITIES in file else ("", ())
    return Told(_shown(row.cells, file), f"{side.prefix}/{file}:{row.line}", basis, sources)


def _shown(cells: str, file: str) -> str:
    """A parity as published, the nation being 100; of another table the cells."""
    if PARITIES in file and cells.isascii() and cells.isdigit():
        return fixed(int(cells), 3)
    return clean(cells.replace("\t", ", "))[:LONGEST]


def _change(file: str, code: str, ends: tuple[Told, Told]) -> Change:
    old, new = ends
    kind = ADDED if not old.where else REMOVED if not new.where else CHANGED
    table = file.removeprefix(PLACES).removesuffix(".tsv")
    unit = "of the nation's 100" if table == PARITIES else ""
    return Change(f"places.{table}.{clean(code)}", kind, unit, old, new, (file, code), table == PARITIES)
