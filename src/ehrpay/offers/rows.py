"""Offers as written: cells by key, each with its place in the file, and everything that is wrong with them."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from ehrpay.errors import DataError, did_you_mean, shown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_OFFERS = 200
MOST_LISTED = 100
"""The most problems listed, as for rule files."""


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


def normalized(key: str) -> str:
    """A key as it is compared: `Sign-on`, `sign on` and `sign_on` are one."""
    return "_".join(key.casefold().replace("-", " ").replace("_", " ").split())


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
        near = did_you_mean(normalized(key), keys) if len(self._lines) < MOST_LISTED else ""
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
