"""The Employment Cost Index readings that carry a wage from its reference month to another date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from _rule_text import head, ids, quoted
from _sheets import Row, read_sheet
from ehrpay.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "places/indices.csv"
COLUMNS = ("series", "period", "value", "bls_series_id", "source")
SERIES = "eci_wages_private_nsa"
BLS_SERIES = "CIU2020000000000I"


class Checked(NamedTuple):
    """How the readings from quarter `first` to `last` were checked, and so how they are cited."""

    first: str
    last: str
    basis: str
    sources: tuple[str, ...]
    note: str


_SERIES_ID, _RELEASE = "eci-ciu202", "eci-2026q1"
_SA = "within 0.2 of the seasonally adjusted series"
_ALONE = "one copy; not checked one by one"
CHECKS = (
    Checked("2018Q4", "2022Q3", "official", (_SERIES_ID,), _SA),
    Checked("2022Q4", "2024Q3", "reported", (_SERIES_ID,), _ALONE),
    Checked("2024Q4", "2024Q4", "official", (_SERIES_ID,), "12-month change to 2025Q4 agrees with BLS"),
    Checked("2025Q1", "2025Q1", "official", (_SERIES_ID, _RELEASE), "level agrees with BLS table 9"),
    Checked("2025Q2", "2025Q3", "reported", (_SERIES_ID,), _ALONE),
    Checked("2025Q4", "2026Q1", "official", (_SERIES_ID, _RELEASE), "level agrees with BLS table 9"),
)

_HEAD = head(
    "What carries a wage from its reference month to another date: the Employment Cost Index, wages and salaries, "
    "private industry, all workers, not seasonally adjusted (BLS series CIU2020000000000I). "
    "A reading is of the last month of its quarter (Q2 = June).",
    "The readings come from one copy of the series. Confirmed against BLS news releases: the levels of 2025Q1, "
    "2025Q4 and 2026Q1, and the 12-month changes to 2021Q3, 2022Q3, 2025Q4 and 2026Q1. 2025Q2, where wages of May "
    "2025 start, fits BLS's seasonally adjusted changes (1.0222 against 1.0220) but was not itself confirmed. "
    "Each reading's basis and note say which is which.",
    "To add a quarter: run `python tools/refresh.py eci ci.data.1.AllData --quarter QUARTER` (docs/refresh.md). It "
    "compares every reading here with BLS's file, adds what is new, cites it in sources.yaml and moves `beyond`. By "
    "hand: append it here with the release it was read in, and move the dates of `beyond`.",
)
_BEYOND = """\
  beyond:
    # After the last reading the index is assumed to go on at the pace of the twelve months before it.
    pace: last-12-months
    months: 18
    effective: 2026-03-01
    sources: [eci-2026q1]
    basis: assumption
    review_by: 2026-12-31
"""


def ageing(data: Path) -> str:
    """Return ageing.yaml: quarterly readings, ascending and without gaps, as quoted decimals."""
    rows = [r for r in read_sheet(data, SHEET, COLUMNS) if r.text("series") == SERIES]
    rows.sort(key=lambda r: r.text("period"))
    _unbroken(rows)
    title = "Employment Cost Index, wages and salaries, private industry, not seasonally adjusted"
    text = _HEAD + f"ageing:\n  index: eci-private-wages\n  title: {quoted(title)}\n  readings:\n"
    return text + "".join(f"    - {_reading(row)}\n" for row in rows) + _BEYOND


def _reading(row: Row) -> str:
    quarter, value, how = row.text("period"), row.text("value"), _checked(row)
    if row.text("bls_series_id") != BLS_SERIES or not re.fullmatch(r"\d+(\.\d+)?", value):
        raise DataError(f"{row.where}: expected a reading of {BLS_SERIES} in index points")
    rest = f"sources: {ids(how.sources)}, basis: {how.basis}, note: {quoted(how.note)}"
    return f"{{quarter: {quoted(quarter)}, value: {quoted(value)}, {rest}}}"


def _checked(row: Row) -> Checked:
    quarter = row.text("period")
    for how in CHECKS:
        if how.first <= quarter <= how.last:
            return how
    raise DataError(f"{row.where}: say in CHECKS how the reading of {quarter} was checked")


def _unbroken(rows: list[Row]) -> None:
    """Refuse a missing, repeated or misspelt quarter: interpolation would bridge it silently."""
    expected = None
    for row in rows:
        quarter = row.text("period")
        if not re.fullmatch(r"\d{4}Q[1-4]", quarter) or (expected and quarter != expected):
            raise DataError(
                f"{row.where}: quarter {quarter!r} where {expected or 'one like 2025Q2'} should be"
            )
        year, number = int(quarter[:4]), int(quarter[5])
        expected = f"{year + number // 4}Q{number % 4 + 1}"
    if not rows:
        raise DataError(f"{SHEET}: no rows of {SERIES}")
