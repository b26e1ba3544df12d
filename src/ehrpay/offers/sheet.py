"""Offers before they are read: texts by key, each with where it stands; and the problems met on the way."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ehrpay.errors import DataError, did_you_mean, shown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ehrpay.domain.package.terms import Said, Terms

MOST_OFFERS = 200
LONGEST = 10_000
SHOWN = 100
"""The most problems listed, as in rule files."""


class Sheet(NamedTuple):
    """What a file of offers says: the offers, and the place whose prices they are compared in."""

    offers: tuple[Terms, ...]
    home: Said[str] | None = None


class Cell(NamedTuple):
    """A value as written: a text, or several in a list; where it stands, as `offers.yaml:7`."""

    value: Any
    where: str


class Row(NamedTuple):
    """One offer, or the person: cells by the key as written, and where it begins."""

    cells: Mapping[str, Cell]
    where: str


class Rows(NamedTuple):
    """A file's content before any of it is read."""

    offers: tuple[Row, ...]
    person: Row | None = None
    home: Cell | None = None


class Problems:
    """Everything wrong with a file, so that it is all told at once."""

    def __init__(self) -> None:
        """Start with none."""
        self._told: list[tuple[int, str]] = []

    def add(self, where: str, sentence: str) -> None:
        """Keep one: where it stands, and what is wrong."""
        line = where.rpartition(":")[2]
        self._told.append((int(line) if line.isdecimal() else 0, f"{where}: {sentence}"))

    def unknown(self, where: str, key: str, known: Iterable[str]) -> None:
        """Keep an unknown key, with the nearest known or all of them."""
        names = list(known)
        # Looking for near names takes time, and what is past the most listed is not read by anybody.
        near = did_you_mean(spelled(key), names) if len(self._told) < SHOWN else ""
        hint = near or f"; the keys are {', '.join(names)}"
        self.add(where, f"unknown key {shown(key)}{hint}")

    def stop(self, name: str) -> None:
        """DataError with all of them in the order of their lines, if there are any."""
        if not self._told:
            return
        told = [sentence for _, sentence in sorted(self._told, key=itemgetter(0))]
        if len(told) == 1:
            raise DataError(told[0])
        more = [f"and {len(told) - SHOWN} more"] if len(told) > SHOWN else []
        lines = "\n  ".join(told[:SHOWN] + more)
        msg = f"{name} has {len(told)} problems:\n  {lines}"
        raise DataError(msg)


def spelled(key: str) -> str:
    """A key as it is compared: `Sign-on`, `sign on` and `sign_on` are one."""
    return "_".join(key.casefold().replace("-", " ").replace("_", " ").split())
