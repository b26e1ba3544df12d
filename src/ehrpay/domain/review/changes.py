"""What differs between two sets of rules, value by value, and what each difference does to somebody's pay."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ehrpay.domain.review.moves import Move, move

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ehrpay.domain.review.moves import Moves, Person, Priced

CHANGED, ADDED, REMOVED = "changed", "added", "removed"

Shown: TypeAlias = "int | str | list[str] | None"
"""A whole number, a decimal or word as text, a list of words, or nothing."""


class Told(NamedTuple):
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
    old: Told
    new: Told
    keys: tuple[str, ...]
    numeric: bool
    size: int = 1

    @property
    def file(self) -> str:
        """The path below the folder of rules."""
        return self.keys[0]

    @property
    def where(self) -> str:
        """The new place; where a thing is gone, the old one."""
        return self.new.where or self.old.where


class Effect(NamedTuple):
    """What a change does: somebody it moves; else, in words, why nobody."""

    move: Move | None = None
    told: str = ""


class Ruling(NamedTuple):
    """A change with its effect."""

    change: Change
    effect: Effect


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
    rulings: tuple[Ruling, ...]
    moves: Moves

    @property
    def moving(self) -> bool:
        """Whether anybody moves: of the profiles, or of those made up for a change."""
        return self.moves.any or any(ruling.effect.move is not None for ruling in self.rulings)


def mover(people: Iterable[Person], before: Priced, after: Priced) -> Move | None:
    """The first of the people whom the rules move; None where they move nobody."""
    for person in people:
        found = move(person, before, after)
        if found.moved:
            return found
    return None


def effect(found: Move | None, moves: Moves, *, alone: bool) -> Effect:
    """The effect of a change: whom it was seen to move, else the profile that moves most if it is the only change."""
    if found is not None:
        return Effect(found)
    if not moves.any:
        return Effect(told=f"moves none of the {moves.total} profiles")
    if alone:
        return Effect((*moves.moved, *moves.gained, *moves.lost)[0])
    return Effect(told="moves nobody made up to show it")
