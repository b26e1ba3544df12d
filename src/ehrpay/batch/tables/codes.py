"""Values numbered, and functions of numbered values that are asked once for each distinct pair.

A code is a number for one row, or an array of them for a column of rows: both engines ask the same tables. A value
that can't be had (an unknown name, no rule) is a FAULT, and so is whatever depends on it.
"""

from __future__ import annotations

from threading import RLock
from typing import TYPE_CHECKING, Any, Protocol

from ehrpay.domain import running
from ehrpay.errors import EhrpayError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

FAULT, UNSAID = 0, 1
"""The codes of what can't be had, and of None."""
NONE = 2
"""So many codes stand for no value."""


class Codes:
    """Distinct values by number, in the order in which they were first met; whoever adds some holds the `lock`."""

    lock = RLock()
    """One for all: what a table asks leads to other tables."""

    def __init__(self) -> None:
        """Begin with the two codes that every column has."""
        self.values: list[Any] = [None] * NONE
        self._known: dict[Hashable, int] = {None: UNSAID}

    def __len__(self) -> int:
        return len(self.values)

    def of(self, value: Hashable) -> int:
        """The code of a value, given now if it is new."""
        code = self._known.get(value)
        if code is None:
            code = self._known[value] = len(self.values)
            self.values.append(value)
        return code


class Pairs:
    """The codes of pairs of coded values: each distinct pair is asked once."""

    def __init__(self, left: Codes, right: Codes, into: Codes | None = None) -> None:
        """Take the two sides, and what numbers the values of pairs; else they get codes of their own."""
        self._left, self._right = left, right
        self.codes = Codes() if into is None else into
        self.cells: dict[tuple[int, int], int] = {}
        self._grid: Any = None

    def at(self, left: Any, right: Any) -> Any:
        """The code for two codes, or a column of them where either is a column."""
        try:
            return self.cells[left, right]
        except KeyError:
            code = self.cells[left, right] = self._ask(left, right)
            return code
        except TypeError:  # columns have no hash
            return self._of_columns(left, right)

    def _of_columns(self, left: Any, right: Any) -> Any:
        from ehrpay.batch.tables.grid import Mapped, filled, gathered, spread

        if isinstance(left, Mapped) and isinstance(right, int):
            return Mapped(left.rows, self._of_columns(left.codes, right))
        if isinstance(left, int) and isinstance(right, Mapped):
            return Mapped(right.rows, self._of_columns(left, right.codes))
        left, right = spread(left), spread(right)
        found = gathered(self._grid, left, right)
        if found is None:
            with self.codes.lock:
                size = len(self._left), len(self._right)
                self._grid, found = filled(self._grid, left, right, size, self._ask_all)
        return found

    def _ask(self, left: int, right: int) -> int:
        raise NotImplementedError

    def _ask_all(self, left: Any, right: Any) -> Sequence[int]:
        """The codes for two columns, whose pairs are distinct."""
        return list(map(self._ask, left.tolist(), right.tolist()))


class Table(Pairs):
    """A pure function of two coded values, itself coded."""

    def __init__(
        self, left: Codes, right: Codes, make: Callable[[Any, Any], Hashable], into: Codes | None = None
    ) -> None:
        """Take the two sides, and the function; EhrpayErrors that it raises are faults."""
        super().__init__(left, right, into)
        self._make = make

    def _ask(self, left: int, right: int) -> int:
        if FAULT in (left, right):
            return FAULT
        try:
            return self.codes.of(self._make(self._left.values[left], self._right.values[right]))
        except EhrpayError:
            return FAULT


class Chain:
    """Tables asked one after the other: each takes the codes of two parts before it, and is a part itself.

    A part is known by its number; the first is always unsaid.
    """

    def __init__(self, before: Sequence[Codes]) -> None:
        """Begin with parts whose codes are given when it is asked; those of another chain begin with the unsaid one."""
        self.codes = [*before]
        self._tables: list[tuple[int, int, Pairs, dict[tuple[int, int], int]]] = []

    def add(self, left: int, right: int, make: Callable[[Any, Any], Hashable]) -> int:
        """The number of a new part, a function of two."""
        return self.join(left, right, Table(self.codes[left], self.codes[right], make))

    def join(self, left: int, right: int, table: Pairs) -> int:
        """The number of a new part, a table of two."""
        self._tables.append((left, right, table, table.cells))
        self.codes.append(table.codes)
        return len(self.codes) - 1

    def derive(self, part: int, make: Callable[[Any], Hashable]) -> int:
        """The number of a new part, a function of one."""
        return self.add(part, 0, lambda value, _: make(value))

    def __call__(self, before: Iterable[Any]) -> list[Any]:
        """The codes of all parts, for one row or for columns, from those that are given."""
        found = [*before]
        for left, right, table, cells in self._tables:
            sides = found[left], found[right]
            try:  # what a row mostly finds costs no call
                code = cells[sides]
            except (KeyError, TypeError):
                code = table.at(*sides)
            found.append(code)
        return found


class Coded(running.Arithmetic, Protocol):
    """Arithmetic on what codes stand for; `one` where that is one row's."""

    one: bool

    def most(self, value: Any, /) -> int:
        """The largest of all rows."""

    def records(self, codes: Sequence[Codes], found: Sequence[Any], /) -> list[Any]:
        """The numbers that a code of each stands for."""


class OneRow(running.OneRow):
    """What the codes of one row stand for."""

    one = True
    most = staticmethod(int)

    @staticmethod
    def records(codes: Sequence[Codes], found: Sequence[int]) -> list[Any]:
        """The values themselves."""
        return [one.values[code] for one, code in zip(codes, found, strict=True)]
