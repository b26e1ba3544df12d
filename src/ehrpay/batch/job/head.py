"""The columns of a roster: which are fields of a profile, current pay or a hiring date; others are carried through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.profile import COLUMN_NAMES, FIELDS
from ehrpay.errors import DataError, UsageError, nearest, shown, unknown
from ehrpay.named_tuple import NamedTuple
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PAY, HIRED, CITY, STATE = "pay", "hired", "city", "state"
MEANINGS = (*FIELDS, PAY, HIRED, CITY, STATE)
"""What a column can mean."""

ALIASES = COLUMN_NAMES | {
    "job": "role",
    "job_title": "role",
    "title": "role",
    "position": "role",
}
"""Other names of columns."""


class Head(NamedTuple):
    """The names of all columns as written, and where the meanings among them are.

    `unread` are sentences about columns that look like a field but are not one.
    """

    names: tuple[str, ...]
    places: Mapping[str, int]
    unread: tuple[str, ...] = ()

    def place(self, known: Sequence[str]) -> int | None:
        """Where the first column is that has one of some names; None where there is none."""
        return next((place for place, name in enumerate(self.names) if folded(name) in known), None)


def folded(name: str) -> str:
    """A column's name as it is compared: without blanks around, in lower case, words joined by `_`."""
    return "_".join(name.casefold().replace("-", " ").replace("_", " ").split())


def read_head(where: str, names: Sequence[str], mapped: Mapping[str, str]) -> Head:
    """What the columns mean; `mapped` gives a meaning by a column's name.

    DataError (65) for names that are missing, stand twice, or mean nothing; UsageError for a map of no column.
    """
    if not any(name.strip() for name in names):
        raise DataError(f"{where}: the header is empty; the first line names the columns")
    if len(names) == 1:
        _refuse_other_marks(where, names[0])
    _refuse_twins(where, names)
    given = _given(names, mapped)
    places: dict[str, int] = {}
    for place, name in enumerate(names):
        meaning = given.get(name.strip()) or _meaning(name)
        if meaning in places and (meaning not in given.values() or name.strip() in given):
            msg = f"{where}: columns {shown(names[places[meaning]])} and {shown(name)} both mean '{meaning}'"
            raise DataError(msg)
        if meaning is not None and (name.strip() in given or meaning not in given.values()):
            places[meaning] = place
    if CITY in places and STATE not in places:
        places.setdefault("location", places.pop(CITY))
    if not set(places) - {PAY}:
        known = ", ".join((*FIELDS, HIRED))
        raise DataError(f"{where}: no column is one of {known}; use --map COLUMN=FIELD")
    return Head(tuple(names), places, tuple(_unread(names, places)))


def _refuse_other_marks(where: str, name: str) -> None:
    if "\t" in name:
        raise DataError(f"{where}: the columns are separated by tabs; use --from tsv")
    for mark in ";|":
        if mark in name:
            msg = f"{where}: the columns are separated by '{mark}'; save the file with commas or tabs"
            raise DataError(msg)


def _refuse_twins(where: str, names: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if not name.strip():
            raise DataError(f"{where}: a column has no name; every column of the header needs one")
        if name.strip() in seen:
            raise DataError(f"{where}: column {shown(name.strip())} appears twice")
        seen.add(name.strip())


def _given(names: Sequence[str], mapped: Mapping[str, str]) -> dict[str, str]:
    given: dict[str, str] = {}
    trimmed = [name.strip() for name in names]
    for name, meaning in mapped.items():
        if name.strip() not in trimmed:
            raise UsageError(unknown("column", name, trimmed), field="map")
        if _meaning(meaning) is None:
            raise UsageError(unknown("field", meaning, MEANINGS), field="map")
        given[name.strip()] = _meaning(meaning) or ""
    return given


def _meaning(name: str) -> str | None:
    plain = folded(name)
    if plain in MEANINGS:
        return plain
    by_option = {field.word.replace("-", "_"): own for own, field in FIELDS.items()}
    return ALIASES.get(plain) or by_option.get(plain)


def _unread(names: Iterable[str], places: Mapping[str, int]) -> Iterable[str]:
    """A sentence for each column that is carried through but looks like a field that no column is."""
    missing = [meaning for meaning in MEANINGS if meaning not in places]
    for name in names:
        near = [] if _meaning(name) else nearest(folded(name), missing, most=1)
        if near:
            yield f"column {shown(clean(name))} is carried through unread; did you mean '{near[0]}'?"


def read_map(texts: Iterable[str]) -> dict[str, str]:
    """`--map COLUMN=FIELD`, repeated; UsageError for another form."""
    mapped: dict[str, str] = {}
    for text in texts:
        column, sign, field = text.rpartition("=")
        if not (sign and column.strip() and field.strip()):
            raise UsageError(f"{shown(text)} is not COLUMN=FIELD", field="map")
        mapped[column] = field
    return mapped
