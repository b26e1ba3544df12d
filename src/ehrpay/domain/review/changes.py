"""What differs between two sets of rules, value by value, and who moves."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, TypeAlias

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.review.moves import Move, Moves

CHANGED, ADDED, REMOVED = "changed", "added", "removed"

Shown: TypeAlias = "int | str | list[str] | None"
"""A whole number, a decimal or word as text, a list of words, or nothing."""


class Priced(NamedTuple):
    """Who is priced by both sides: what is said where none of them changes, and what several are called."""

    no_effect: str
    several: str


REFERENCE = Priced("no reference profile changes", "profiles")
PROFILES = Priced("no profile of the file changes", "profiles")
ROSTER = Priced("no row of the roster changes", "rows of the roster")


class OneSide(NamedTuple):
    """One side of a change: the value (None where it is missing), its `file:line`, and what it rests on."""

    value: Shown = None
    where: str = ""
    basis: str = ""
    sources: tuple[str, ...] = ()
    effective: str = ""


class Change(NamedTuple):
    """One difference: the value's name, `changed`, `added` or `removed`, and both sides.

    `keys` lead to it: the file's path below the rules, then keys and ids. `numeric` is whether it is a number,
    or a thing that holds numbers; `size` counts the values of a thing added or removed.
    """

    id: str
    kind: str
    unit: str
    old: OneSide
    new: OneSide
    keys: tuple[str, ...]
    numeric: bool
    size: int

    @property
    def file(self) -> str:
        """The path below the folder of rules."""
        return self.keys[0]


class End(NamedTuple):
    """One side: as it was asked for, the day it prices on, the version of its rules."""

    name: str
    as_of: str
    version: str


class Difference(NamedTuple):
    """Two sets of rules compared. `dates` is whether the values in force on two days were, not whole files."""

    before: End
    after: End
    dates: bool
    changes: tuple[Change, ...]
    moves: Moves
    priced: Priced = REFERENCE

    @property
    def effect(self) -> Move | None:
        """The profile that moves most, where a single change moves it; several changes share their moves."""
        first = (*self.moves.moved, *self.moves.gained, *self.moves.lost)[:1]
        return first[0] if first and len(self.changes) == 1 else None

    def matching(self, only: Sequence[str]) -> list[Change]:
        """The changes whose name matches one of the patterns; all of them without any."""
        globs = [pattern.strip() for pattern in only]
        return [one for one in self.changes if not globs or any(fnmatchcase(one.id, glob) for glob in globs)]
