"""Columns of whole numbers, by numpy: what the shared arithmetic needs of them beside `+ - * //`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ehrpay.batch.tables.codes import FAULT, NONE
from ehrpay.batch.tables.grid import Mapped, of_rows, spread
from ehrpay.batch.tables.plan import GRADE, METHODS
from ehrpay.domain import money
from ehrpay.domain.money import UNIT
from ehrpay.domain.running import MOST
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from ehrpay.batch.tables.codes import Codes
    from ehrpay.batch.tables.plan import Plan

    Column = NDArray[np.int64]
    Numbers = list[Column | int | None]

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
        self._known: dict[Codes, tuple[int, Numbers]] = {}

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
        code = spread(code)
        size, numbers = self._known.get(codes, (NONE, []))
        if size != len(codes):
            values = codes.values[size:]  # other threads may add some meanwhile
            numbers = _longer(numbers, size, values)
            self._known[codes] = size + len(values), numbers
        return type(codes.values[-1])._make(
            one.take(code) if isinstance(one, np.ndarray) else one for one in numbers
        )


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
    found = Many(
        fault=np.zeros(size, np.bool_),
        graded=np.zeros(size, np.bool_),
        points=np.zeros((5, size), np.int64),
        unsure=np.zeros(size, np.int64),
        cell=np.zeros(size, np.int64),
    )
    read = plan.reader(texts)
    for part in _pieces(size):
        some = {name: of_rows(code, part) for name, code in read.items()}
        _price(plan, some, Many._make(one[..., part] for one in found), by)
    return found


def _price(plan: Plan, read: Mapping[str, Any], into: Many, by: Columns) -> None:
    """Price a few rows, in place."""
    size = len(into.fault)
    methods = plan.methods.at(read["job"], read["title"])
    into.fault[:] = fault = _any_is(FAULT, [*read.values(), methods], size)
    grade_code = plan.methods.codes.of(METHODS[GRADE])
    graded = _any_is(grade_code, [methods], size) & ~fault
    for chosen, method in ((graded, _grades), (~graded & ~fault, _market)):
        if count := int(np.count_nonzero(chosen)):
            rows = picked(chosen)
            some = {part: of_rows(code, rows) for part, code in read.items()}
            points, unsure, cell, faults = method(plan, some, count, by)
            into.points[:, rows] = points
            into.unsure[rows], into.cell[rows], into.fault[rows] = unsure, cell, faults
    into.points[:, into.fault] = 0
    into.graded[:] = graded & ~into.fault


def _market(plan: Plan, read: Mapping[str, Any], size: int, by: Columns) -> tuple[Any, ...]:
    codes = plan.market.ask(read)
    fault = _any_is(FAULT, codes, size)
    if fault.all():
        return 0, 0, 0, fault
    found = plan.market.price(codes, by)
    return _rows(found.points, size), found.unsure, 0, fault


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


def _pieces(size: int) -> Iterator[slice]:
    """A few rows at a time, of so many."""
    return (slice(start, start + ROWS) for start in range(0, size, ROWS))


def by_pieces(size: int, width: int, make: Callable[[slice], Iterable[Any]]) -> NDArray[np.int64]:
    """So many columns of so many rows, made a few rows at a time."""
    found = np.empty((width, size), np.int64)
    for part in _pieces(size):
        for column, some in zip(found, make(part), strict=True):
            column[part] = some
    return found


def _any_is(wanted: int, codes: Sequence[Any], size: int) -> NDArray[np.bool_]:
    found = np.zeros(size, np.bool_)
    for code in codes:
        if not isinstance(code, Mapped) or (code.codes == wanted).any():
            found |= spread(code) == wanted
    return found
