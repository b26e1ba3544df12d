"""The columns of a roster: which are fields of a profile, current pay or a hiring date; others are carried through."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from ehrpay.batch.job.headings import (
    CARRIED,
    CITY,
    HIRED,
    MEANINGS,
    PAY,
    STATE,
    loose_meaning,
    meaning_of,
    our_own,
)
from ehrpay.domain.profile import FIELDS, plain_key
from ehrpay.errors import DataError, UsageError, nearest, shown, unknown
from ehrpay.named_tuple import NamedTuple
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

MISSED = {
    "role": ("role", "grade"),
    "years": ("years", HIRED, "grade"),
    "location": ("location", CITY, STATE, "locality"),
    PAY: (PAY,),
}
"""Fields that are missed where no column is one, and what stands for each."""

NAMED = 6
"""So many unread columns are named."""


class Head(NamedTuple):
    """The names of all columns as written, and where the meanings among them are.

    `ours` are columns that an earlier run added; `doubts` are columns that look like a field but are not one, each
    with the field.
    """

    names: tuple[str, ...]
    places: Mapping[str, int]
    ours: frozenset[str]
    doubts: Mapping[str, str] = {}

    @property
    def read(self) -> dict[str, str]:
        """The column of each meaning, in the order of the file."""
        return {
            meaning: self.names[place] for meaning, place in sorted(self.places.items(), key=itemgetter(1))
        }

    @property
    def unread(self) -> tuple[str, ...]:
        """The columns that are carried through, without those that an earlier run added."""
        taken = set(self.places.values())
        return tuple(
            name for place, name in enumerate(self.names) if place not in taken and name not in self.ours
        )

    def warnings(self, by: str) -> tuple[str, ...]:
        """What there is to know of the columns; `by` names the one of the groups."""
        missed = self.missed(CARRIED | {plain_key(by)})
        doubts = (
            f"column {shown(clean(name))} is carried through unread; did you mean '{field}'?"
            for name, field in self.doubts.items()
        )
        return (*([missed] if missed else []), *doubts)

    def missed(self, known: Container[str]) -> str:
        """A sentence on the fields that no column is though one may mean it; none of the `known` columns does."""
        near = {name: field for name, field in self.doubts.items() if field in MISSED}
        taken = {*self.places, *near.values()}
        missing = [field for field, stand_ins in MISSED.items() if not taken & {*stand_ins}]
        others = [shown(name) for name in self.unread if name not in near and plain_key(name) not in known]
        if not (missing and others):
            return ""
        more = f" and {len(others) - NAMED:,} more" if len(others) > NAMED else ""
        return (
            f"no column was found for {', '.join(missing)}; not read: {', '.join(others[:NAMED])}{more};"
            " use --map COLUMN=FIELD"
        )

    def place(self, known: Sequence[str]) -> int | None:
        """Where the first column is that has one of some names; None where there is none."""
        return next((place for place, name in enumerate(self.names) if plain_key(name) in known), None)


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
    ours = our_own(names) - given.keys()
    places: dict[str, int] = {}
    for place, meaning in _plainly(names, given, ours):
        if meaning in places:
            raise _both(where, names[places[meaning]], names[place], meaning)
        places[meaning] = place
    _add_loosely(where, names, places, given.keys() | ours)
    if CITY in places and STATE not in places:
        places.setdefault("location", places.pop(CITY))
    if not set(places) - {PAY}:
        known = ", ".join((*FIELDS, HIRED))
        raise DataError(f"{where}: no column is one of {known}; use --map COLUMN=FIELD")
    head = Head(tuple(names), places, ours)
    return head._replace(doubts=dict(_doubts(head)))


def _plainly(
    names: Sequence[str], given: Mapping[str, str], ours: frozenset[str]
) -> Iterator[tuple[int, str]]:
    """The places of columns whose meaning is given, or else is their name."""
    for place, name in enumerate(names):
        if name.strip() in given:
            yield place, given[name.strip()]
        elif name not in ours and (meaning := meaning_of(name)) and meaning not in given.values():
            yield place, meaning


def _add_loosely(
    where: str, names: Sequence[str], places: dict[str, int], without: frozenset[str] | set[str]
) -> None:
    """Add columns of looser names for what no column means so far; DataError where two mean the same."""
    found: dict[str, int] = {}
    for place, name in enumerate(names):
        meaning = None if name.strip() in without else loose_meaning(name)
        if meaning is None or meaning in places:
            continue
        if meaning in found:
            raise _both(where, names[found[meaning]], name, meaning)
        found[meaning] = place
    places |= found


def _both(where: str, one: str, other: str, meaning: str) -> DataError:
    return DataError(f"{where}: columns {shown(one)} and {shown(other)} both mean '{meaning}'")


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
        if meaning_of(meaning) is None:
            raise UsageError(unknown("field", meaning, MEANINGS), field="map")
        given[name.strip()] = meaning_of(meaning) or ""
    return given


def _doubts(head: Head) -> Iterator[tuple[str, str]]:
    """Each column that is carried through but looks like a field that no column is, with the field."""
    missing = [meaning for meaning in MEANINGS if meaning not in head.places]
    for name in head.unread:
        near = [] if meaning_of(name) or loose_meaning(name) else nearest(plain_key(name), missing, most=1)
        if near:
            yield name, near[0]


def read_map(texts: Iterable[str]) -> dict[str, str]:
    """`--map COLUMN=FIELD`, repeated; UsageError for another form."""
    mapped: dict[str, str] = {}
    for text in texts:
        column, sign, field = text.rpartition("=")
        if not (sign and column.strip() and field.strip()):
            raise UsageError(f"{shown(text)} is not COLUMN=FIELD", field="map")
        mapped[column] = field
    return mapped
