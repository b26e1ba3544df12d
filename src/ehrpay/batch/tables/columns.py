"""Columns of whole numbers, by numpy: what the shared arithmetic needs of them beside `+ - * //`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ehrpay.batch.tables.codes import NONE
from ehrpay.batch.tables.grid import Mapped, spread
from ehrpay.domain import money
from ehrpay.domain.money import UNIT
from ehrpay.domain.running import MOST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ehrpay.batch.tables.codes import Codes

    Column = NDArray[np.int64]
    Numbers = list[Column | int | None]

IDLE = {"factor": UNIT, "narrow": UNIT, "high": MOST, "total": UNIT}
"""What changes nothing and divides, where a row has no number of a name that others have; 0 for all other names."""


class Columns:
    """The numbers of many rows."""

    one = False
    largest: Any = staticmethod(np.maximum)
    where: Any = staticmethod(np.where)

    def __init__(self) -> None:
        """Nothing is known of any code yet."""
        self._known: dict[Codes, tuple[int, Numbers]] = {}

    @staticmethod
    def clip(value: Any, low: Any, high: Any) -> Any:
        """The nearer bound where a value lies outside, the lower one first, as `money.clip` has it."""
        below = value if _alike(high, MOST) else np.minimum(value, high)
        return np.maximum(low, below)

    @staticmethod
    def root(value: Any) -> Any:
        """The whole square root, rounded down; exact below 2**52, hundreds of times what can be reached.

        There the root of one less than a square lies further below the square's than doubles are apart.
        """
        return money.root(value) if isinstance(value, int) else np.sqrt(value).astype(np.int64)

    @staticmethod
    def most(value: Any) -> int:
        """The largest of all rows."""
        return int(np.max(value))

    def records(self, codes: Sequence[Codes], found: Sequence[Any]) -> list[Any]:
        """The numbers of each."""
        return list(map(self.record, codes, found))

    def record(self, codes: Codes, code: Any) -> Any:
        """The numbers that codes stand for: each a column, one number if all are alike, None if there is none."""
        if isinstance(code, int):
            return codes.values[code]
        code = spread(code)
        size, numbers = self._known.get(codes, (NONE, []))
        if size != len(codes):
            values = codes.values[size:]  # other threads may add some meanwhile
            numbers = _longer(numbers, size, values)
            self._known[codes] = size + len(values), numbers
        return type(codes.values[-1])._make(
            one.take(code) if isinstance(one, np.ndarray) else one for one in numbers
        )


def _alike(number: Any, wanted: int) -> bool:
    """Whether a number is this one in every row."""
    return isinstance(number, int) and number == wanted


def _longer(before: Numbers, size: int, values: list[Any]) -> Numbers:
    """Every name's numbers by code, with those of some values after them; what stands for no value is idle."""
    names = values[-1]._fields
    return [
        _column(name, old, size, found)
        for name, old, found in zip(
            names, before or [None] * len(names), zip(*values, strict=True), strict=True
        )
    ]


def _column(name: str, old: Column | int | None, size: int, found: tuple[Any, ...]) -> Column | int | None:
    first = found[0]
    if isinstance(first, str):
        return None
    as_before = size == NONE or (not isinstance(old, np.ndarray) and old == first)
    if as_before and found.count(first) == len(found):
        return None if first is None else int(first)
    idle = IDLE.get(name, 0)
    if not isinstance(old, np.ndarray):
        old = np.full(size, idle if old is None else old)
    more: Column = np.array([idle if one is None else one for one in found])
    return np.concatenate((old, more))


def rows(points: Sequence[Any], size: int) -> Any:
    """Columns, or numbers that stand for one, beneath each other."""
    return np.stack([np.broadcast_to(point, size) for point in points])


def any_is(wanted: int, codes: Sequence[Any], size: int) -> NDArray[np.bool_]:
    """The rows where any of the codes is the one wanted."""
    found = np.zeros(size, np.bool_)
    for code in codes:
        if not isinstance(code, Mapped) or (code.codes == wanted).any():
            found |= spread(code) == wanted
    return found
