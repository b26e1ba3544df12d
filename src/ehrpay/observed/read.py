"""Read a file of observed pay: a row that can't be used is named with its line and column, and never lost."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from ehrpay.csv_lines import csv_lines, ragged, refuse_other_separators
from ehrpay.domain.amount import read_amount
from ehrpay.domain.backtest.observation import Fault, Observation
from ehrpay.domain.estimate.market import HOURS
from ehrpay.domain.money import dollars
from ehrpay.domain.typed_numbers import LEAST_PAY, MOST_PAY
from ehrpay.errors import DataError, UsageError, shown
from ehrpay.named_tuple import NamedTuple
from ehrpay.observed.columns import KNOWN, PAY, TITLES, column, is_named, job, place
from ehrpay.shipped import folder
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

MOST_BYTES = 20_000_000
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")
STDIN = "<stdin>"


class ObservedFile(NamedTuple):
    """The rows of a file that can be used, what was wrong with the others, and the columns that were not read."""

    name: str
    rows: tuple[Observation, ...]
    faults: tuple[Fault, ...]
    unread: tuple[str, ...]


def read(path: str, data: bytes, day: str = "") -> ObservedFile:
    """The observed pay in a CSV file's bytes; `path` is its name in messages (`-`: standard input).

    DataError (65) for a file that isn't CSV, whose header can't be trusted, or that has no rows.
    """
    name = STDIN if path == "-" else clean(path)
    if len(data) > MOST_BYTES:
        raise DataError(f"{shown(path)} is larger than {MOST_BYTES:,} bytes")
    return read_lines(name, csv_lines(name, data), day)


def read_lines(name: str, numbered: Iterable[tuple[int, Sequence[str]]], day: str) -> ObservedFile:
    """The observed pay in numbered lines of cells, the header first.

    A file without a column of dates, such as a roster, has the pay of `day`. DataError (65) as in `read`.
    """
    lines = list(numbered)
    if len(lines) < 2:  # noqa: PLR2004 - a header and a row
        raise DataError(f"{shown(name)} has no rows; it needs a header, then a row for each pay")
    (first, header), *body = lines
    columns = _columns(f"{name}:{first}", header, dated=not day)
    rows: list[Observation] = []
    faults: list[Fault] = []
    for line, cells in body:
        row, wrong = _row(line, columns, cells, day)
        faults += wrong
        if row is not None:
            rows.append(row)
    unread = (shown(clean(head)) for head, own in zip(header, columns, strict=True) if own not in KNOWN)
    return ObservedFile(name, tuple(rows), tuple(faults), tuple(unread))


def _columns(where: str, header: Sequence[str], *, dated: bool) -> list[str]:
    refuse_other_separators(where, header)
    columns = list(map(column, header))
    if not dated and "role" not in columns:
        # A roster says a person's job by its title.
        columns = ["role" if name in TITLES else name for name in columns]
    twice = [name for name, count in Counter(columns).items() if name in KNOWN and count > 1]
    if twice:
        raise DataError(f"{where}: two columns are {shown(twice[0])}")
    for needed in (PAY, *((("date_stated",),) if dated else ())):
        if not set(needed) & set(columns):
            raise DataError(f"{where}: there is no column {' or '.join(needed)}")
    return columns


def _row(
    line: int, columns: Sequence[str], cells: Sequence[str], day: str
) -> tuple[Observation | None, list[Fault]]:
    """A row, unless it can't be used; and what is wrong with it."""
    if len(cells) != len(columns):
        return None, [Fault(line, "", ragged(len(cells), len(columns)))]
    row = {name: clean(text.strip()) for name, text in zip(columns, cells, strict=True)}
    read: dict[str, int | None] = {}
    faults: list[Fault] = []
    date = ""
    for name in PAY:
        try:
            read[name] = read_pay(row.get(name, ""))
        except UsageError as error:
            faults.append(Fault(line, name, str(error)))
    try:
        date = read_date(row.get("date_stated", day))
    except UsageError as error:
        faults.append(Fault(line, "date_stated", str(error)))
    if faults:
        return None, faults
    low, high, wrong = _range(read)
    if wrong:
        return None, [Fault(line, "pay_low", wrong)]
    return _observation(line, row, (low, high, read["pay_mid"]), date), []


def _range(pay: Mapping[str, int | None]) -> tuple[int, int, str]:
    """The two ends, one standing for both where only one is given; or what is wrong with them."""
    low, high, middle = (pay[name] for name in PAY)
    given = [amount for amount in (low, middle, high) if amount is not None]
    if not given:
        return 0, 0, "there is no pay"
    if given != sorted(given):
        return 0, 0, "the amounts run backwards: low, middle and high must not fall"
    return given[0], given[-1], ""


def _observation(
    line: int, row: Mapping[str, str], pay: tuple[int, int, int | None], date: str
) -> Observation:
    low, high, middle = pay
    employer = row.get("employer", "")
    location, wider = place(row)
    return Observation(
        line=line,
        id=row.get("id", "") or f"line {line}",
        low=low,
        high=high,
        middle=middle,
        date=date,
        profile=job(row, location),
        group=row.get("dup_group", "") or f"line {line}",
        employer=employer if is_named(employer) else "",
        title=row.get("title", ""),
        kind=row.get("kind", ""),
        wider=wider,
    )


def read_pay(text: str) -> int | None:
    """Whole dollars a year, half up; None for an empty cell. UsageError for anything else."""
    plain = text.strip()
    if not plain:
        return None
    amount = dollars(read_amount(plain, "pay", HOURS))
    if not LEAST_PAY <= amount <= MOST_PAY:
        by_hour = "; multiply pay by the hour by 2,080" if amount < LEAST_PAY else ""
        msg = f"{shown(plain)} is not pay for a year, {LEAST_PAY:,} to {MOST_PAY:,} dollars{by_hour}"
        raise UsageError(msg)
    return amount


def read_date(text: str) -> str:
    """A date as written: a year, a month or a day. UsageError for anything else."""
    plain = text.strip()
    found = _DATE.fullmatch(plain)
    if found is None:
        what = f"{shown(plain)} is not a date" if plain else "there is no date"
        raise UsageError(f"{what}; write a year, a month or a day: 2024, 2024-05 or 2024-05-31")
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        raise UsageError(f"{shown(plain)} is not a calendar date") from None
    return plain


def path() -> Path:
    """The file of observed pay; rules/observed/README.md says where it is from."""
    return folder() / "observed" / "observed.csv"


def older_medians() -> dict[str, int]:
    """The nation's medians before the first table of the rules, by the ISO date of their month."""
    file = folder() / "observed" / "medians.csv"
    _, *rows = csv_lines(file.name, file.read_bytes())
    return {f"{month}-01": int(median) for _, (month, _, median, _) in rows}
