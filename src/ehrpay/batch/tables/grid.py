"""A table's codes as a grid, for columns of pairs; and columns whose rows repeat a few texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Column = NDArray[np.int64]
    Grid = NDArray[np.int32]

ROOM = 16
"""The least room of a grid along either side, so that few new codes don't make it grow again."""


class Mapped(NamedTuple):
    """The codes of a column by way of its texts: `rows` has the number of each row's text, `codes` the code of each.

    What depends on one column is asked once a text so, not once a row.
    """

    rows: Column
    codes: Column


def spread(code: Any) -> Any:
    """The code of each row, where it isn't one for all."""
    return code.codes.take(code.rows) if isinstance(code, Mapped) else code


def of_rows(code: Any, rows: Any) -> Any:
    """The codes of some rows."""
    if isinstance(code, int):
        return code
    return Mapped(code.rows[rows], code.codes) if isinstance(code, Mapped) else code[rows]


def gathered(grid: Grid | None, left: Any, right: Any) -> Column | None:
    """What a grid of codes has for two columns of codes; None where a cell is empty or the grid too small."""
    if grid is None or _most(left) >= grid.shape[0] or _most(right) >= grid.shape[1]:
        return None
    found = grid.reshape(-1).take(left * grid.shape[1] + right)
    return None if found.min() < 0 else found.astype(np.int64)


def filled(
    grid: Grid | None,
    left: Any,
    right: Any,
    size: tuple[int, int],
    ask: Callable[[Column, Column], Sequence[int]],
) -> tuple[Grid, Column]:
    """The grid, perhaps grown, with the empty cells of two columns of codes asked; and what it has for them."""
    grid = _with_room(grid, size)
    flat = grid.reshape(-1)
    place = left * grid.shape[1] + right
    empty = np.unique(place[flat[place] < 0])
    if len(empty):  # another thread may have filled them meanwhile
        flat[empty] = ask(*np.divmod(empty, grid.shape[1]))
    return grid, flat[place].astype(np.int64)


def _most(code: Any) -> int:
    return code if isinstance(code, int) else int(code.max())


def _with_room(grid: Grid | None, size: tuple[int, int]) -> Grid:
    have = (0, 0) if grid is None else grid.shape
    if grid is not None and have[0] >= size[0] and have[1] >= size[1]:
        return grid
    grown = np.full(
        [old if old >= new else max(ROOM, new * 3 // 2) for old, new in zip(have, size, strict=True)],
        -1,
        np.int32,
    )
    if grid is not None:
        grown[: have[0], : have[1]] = grid
    return grown
