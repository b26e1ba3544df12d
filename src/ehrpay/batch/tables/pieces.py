"""What many rows are paid, by columns: worked out a few rows at a time, by the method that prices each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ehrpay.batch.tables.codes import FAULT
from ehrpay.batch.tables.columns import any_is, rows
from ehrpay.batch.tables.grid import of_rows
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from ehrpay.batch.tables.columns import Columns
    from ehrpay.batch.tables.plan import Plan

ROWS = 16_384
"""Rows whose numbers are worked out at once: few enough that they stay in the processor's cache."""


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
        some = [of_rows(code, part) for code in read]
        _price(plan, some, Many._make(one[..., part] for one in found), by)
    return found


def _price(plan: Plan, read: Sequence[Any], into: Many, by: Columns) -> None:
    """Price a few rows, in place."""
    size = len(into.fault)
    methods = plan.method(read)
    into.fault[:] = fault = any_is(FAULT, [*read, methods], size)
    graded = any_is(plan.graded, [methods], size) & ~fault
    for chosen, method in ((graded, _grades), (~graded & ~fault, _market)):
        if count := int(np.count_nonzero(chosen)):
            rows = picked(chosen)
            points, unsure, cell, faults = method(plan, [of_rows(code, rows) for code in read], count, by)
            into.points[:, rows] = points
            into.unsure[rows], into.cell[rows], into.fault[rows] = unsure, cell, faults
    into.points[:, into.fault] = 0
    into.graded[:] = graded & ~into.fault


def _market(plan: Plan, read: Sequence[Any], size: int, by: Columns) -> tuple[Any, ...]:
    codes = plan.market.chain(read)
    fault = any_is(FAULT, codes[len(read) :], size)
    if fault.all():
        return 0, 0, 0, fault
    found = plan.market.price(codes, by)
    return rows(found.points, size), found.unsure, 0, fault


def _grades(plan: Plan, read: Sequence[Any], size: int, by: Columns) -> tuple[Any, ...]:
    codes = plan.grades.chain(read)[plan.grades.cell]
    fault = any_is(FAULT, [codes], size)
    if fault.all():
        return 0, 0, 0, fault
    cell = by.record(plan.grades.cells, codes)
    return rows(cell[:5], size), cell.unsure, codes, fault


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
