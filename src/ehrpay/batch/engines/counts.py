"""The rows of a frame counted by numpy and Polars, into the tally that all engines share."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from ehrpay.batch.files.blocks import BLANKS
from ehrpay.batch.files.parquet import text_of
from ehrpay.batch.tables.pieces import picked
from ehrpay.domain.facts import CONFIDENCES
from ehrpay.domain.roster import Group, Pay, Tally

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from ehrpay.batch.job.results import Against
    from ehrpay.batch.tables.pieces import Many

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]

SMALL = 1 << 21
"""Amounts below it are counted in an array, of 16 MiB at most; hardly any pay is above it."""


class Amounts:
    """How many rows have each amount, in whole dollars."""

    def __init__(self) -> None:
        """None is counted yet."""
        self._small: Ints = np.zeros(0, np.int64)
        self._large: Counter[int] = Counter()

    def add(self, amounts: Ints) -> None:
        """Count some more."""
        found = np.bincount(amounts[amounts < SMALL], minlength=len(self._small))
        found[: len(self._small)] += self._small
        self._small = found
        self._large.update(amounts[amounts >= SMALL].tolist())

    def counter(self) -> Counter[int]:
        """The counts by amount."""
        known = np.flatnonzero(self._small)
        found = Counter(dict(zip(known.tolist(), self._small[known].tolist(), strict=True)))
        found.update(self._large)
        return found


def counted(priced: Many, kept: Flags) -> Tally:
    """The rows of a frame without a column of current pay; those with a price are `kept`."""
    tally = Tally()
    tally.faults = int(len(kept) - kept.sum())
    rows = picked(kept)
    _add(tally.methods, ("market", "grade"), priced.graded[rows].astype(np.int64))
    _add(tally.confidences, CONFIDENCES, priced.unsure[rows])
    return tally


def paid(priced: Many, kept: Flags, pay: Ints, found: Against, group: pl.Series | None) -> Tally:
    """The rows of a frame with current pay in cents, 0 where there is none; `group` has the names of their groups."""
    tally = counted(priced, kept)
    known = kept & (pay > 0)
    rows = picked(known)
    tally.pay = _pay_of(pay[rows], *(priced.points[1:4, rows] * 100))
    if group is not None:
        _group(tally, text_of(group.filter(pl.Series(known))), pay[rows], found.compa_ratio[rows])
    return tally


def _group(tally: Tally, names: pl.Series, pay: Ints, ratios: Ints) -> None:
    frame = pl.DataFrame({"name": names.str.strip_chars(BLANKS).fill_null(""), "pay": pay, "ratio": ratios})
    sums = frame.group_by("name").agg(
        pl.len(), pl.col("pay").sum(), pl.col("ratio").sum(), squares=(pl.col("ratio") ** 2).sum()
    )
    for name, *numbers in sums.iter_rows():
        tally.add_group(name, Group(*map(int, numbers)))


def _add(counts: Counter[str], names: Iterable[str], places: Ints) -> None:
    for name, count in zip(names, np.bincount(places, minlength=3).tolist(), strict=False):
        if count:
            counts[name] += count


def _pay_of(pay: Ints, low: Ints, middle: Ints, high: Ints) -> Pay:
    return Pay(
        people=len(pay),
        pay_cents=int(pay.sum()),
        middle_cents=int(middle.sum()),
        below=int((pay < low).sum()),
        above=int((pay > high).sum()),
        to_low_cents=int(np.maximum(low - pay, 0).sum()),
        to_middle_cents=int(np.maximum(middle - pay, 0).sum()),
    )
