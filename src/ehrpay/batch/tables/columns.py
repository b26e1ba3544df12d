"""Columns of whole numbers, by numpy: what the shared arithmetic needs of them beside `+ - * //`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ehrpay.batch.tables.codes import FAULT, NONE
from ehrpay.batch.tables.plan import GRADE, METHODS
from ehrpay.domain import money
from ehrpay.domain.money import UNIT
from ehrpay.domain.running import MOST
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from ehrpay.batch.tables.codes import Codes
    from ehrpay.batch.tables.plan import Plan

    Column = NDArray[np.int64]

ROWS = 16_384
"""Rows whose numbers are worked out at once: few enough that they stay in the processor's cache."""

IDLE = {"factor": UNIT, "narrow": UNIT, "high": MOST, "total": UNIT}
"""What changes nothing and divides, where a row has no number of a name that others have; 0 for all other names."""


class Columns:
    """The numbers of many rows."""

    largest: Any = staticmethod(np.maximum)
    where: Any = staticmethod(np.where)

    def __init__(self) -> None:
        """Nothing is known of any code yet."""
        self._known: dict[Codes, tuple[int, list[Column | int | None]]] = {}

    @staticmethod
    def clip(value: Any, low: Any, high: Any) -> Any:
        """The nearer bound where a value lies outside, the lower one first, as `money.clip` has it."""
        return np.maximum(low, np.minimum(value, high))

    @staticmethod
    def root(value: Any) -> Any:
        """The whole square root, rounded down; exact below 2**52, hundreds of times what can be reached."""
        if isinstance(value, int):
            return money.root(value)
        found = np.sqrt(value).astype(np.int64)
        # A double may round up past the true root.
        return found - (found * found > value)

    @staticmethod
    def most(value: Any) -> int:
        """The largest of all rows."""
        return int(np.max(value))

    def record(self, codes: Codes, code: Any) -> Any:
        """The numbers that codes stand for: each a column, one number if all are alike, None if there is none."""
        if isinstance(code, int):
            return codes.values[code]
        size, numbers = self._known.get(codes, (0, []))
        if size != len(codes):
            values = list(codes.values)  # other threads may add some meanwhile
            numbers = _numbers(values)
            self._known[codes] = len(values), numbers
        return type(codes.values[-1])._make(
            one[code] if isinstance(one, np.ndarray) else one for one in numbers
        )


def _numbers(values: list[Any]) -> list[Column | int | None]:
    """Every name's numbers by code; what stands for no value is idle."""
    names = values[-1]._fields
    return [_column(name, found) for name, found in zip(names, zip(*values[NONE:], strict=True), strict=True)]


def _column(name: str, found: tuple[Any, ...]) -> Column | int | None:
    if found.count(found[0]) == len(found):
        return None if isinstance(found[0], str) else found[0]
    if isinstance(found[0], str):
        return None
    idle = IDLE.get(name, 0)
    return np.array([idle] * NONE + [idle if one is None else one for one in found])


class Many(NamedTuple):
    """What many rows are paid, a column each: `fault` is true where there is no price, and the numbers are 0 then.

    `points` are P10, P25, P50, P75 and P90 in whole dollars a year, `unsure` ranks the confidence (0 is sure),
    `graded` is true for the grade method, and `cell` has the code of the pay table's cell then.
    """

    fault: NDArray[np.bool_]
    graded: NDArray[np.bool_]
    points: NDArray[np.int64]
    unsure: NDArray[np.int64]
    cell: NDArray[np.int64]


def price(plan: Plan, texts: Mapping[str, Any], size: int, by: Columns) -> Many:
    """Price so many rows at once, from columns of the codes of their texts; a field that no row has is left out."""
    read = plan.reader(texts)
    methods = plan.methods.at(read["job"], read["title"])
    fault = _any_is(FAULT, [*read.values(), methods], size)
    grade_code = plan.methods.codes.of(METHODS[GRADE])
    graded = _any_is(grade_code, [methods], size) & ~fault
    points, unsure, cell = np.zeros((5, size), np.int64), np.zeros(size, np.int64), np.zeros(size, np.int64)
    for chosen, method in ((graded, _grades), (~graded & ~fault, _market)):
        if count := int(np.count_nonzero(chosen)):
            rows = picked(chosen)
            some = {part: _of(code, rows) for part, code in read.items()}
            points[:, rows], unsure[rows], cell[rows], fault[rows] = method(plan, some, count, by)
    points[:, fault] = 0
    return Many(fault, graded & ~fault, points, unsure, cell)


def _market(plan: Plan, read: Mapping[str, Any], size: int, by: Columns) -> tuple[Any, ...]:
    codes = plan.market.ask(read)
    fault = _any_is(FAULT, codes, size)
    if fault.all():
        return 0, 0, 0, fault
    found = by_pieces(
        size, 6, lambda part: plan.market.price([_of(code, part) for code in codes], by).numbers
    )
    return found[:5], found[5], 0, fault


def _grades(plan: Plan, read: Mapping[str, Any], size: int, by: Columns) -> tuple[Any, ...]:
    codes = plan.grades(read)
    fault = _any_is(FAULT, [codes], size)
    if fault.all():
        return 0, 0, 0, fault
    cell = by.record(plan.grades.cells.codes, codes)
    return _rows(cell[:5], size), cell.unsure, codes, fault


def _rows(points: Sequence[Any], size: int) -> Any:
    return np.stack([np.broadcast_to(point, size) for point in points])


def picked(chosen: NDArray[np.bool_]) -> Any:
    """The chosen rows, in the form that takes least to pick them by."""
    return slice(None) if chosen.all() else np.flatnonzero(chosen)


def by_pieces(size: int, width: int, make: Callable[[slice], Iterable[Any]]) -> NDArray[np.int64]:
    """So many columns of so many rows, made a few rows at a time."""
    found = np.empty((width, size), np.int64)
    for start in range(0, size, ROWS):
        part = slice(start, start + ROWS)
        for column, some in zip(found, make(part), strict=True):
            column[part] = some
    return found


def _of(code: Any, rows: Any) -> Any:
    return code if isinstance(code, int) else code[rows]


def _any_is(wanted: int, codes: Sequence[Any], size: int) -> NDArray[np.bool_]:
    found = np.zeros(size, np.bool_)
    for code in codes:
        found |= code == wanted
    return found
