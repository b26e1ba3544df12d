"""The CSV copies of published tables: read strictly, so that a changed download is refused and never misread."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from ehrpay.errors import DataError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a CSV; `where` is its file and line, for messages."""

    where: str
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return the cell, which must be filled and printable."""
        value = self.cells[column]
        if not value or not value.isprintable():
            raise DataError(f"{self.where}: column {column} must be filled with plain text, not {value!r}")
        return value

    def whole(self, column: str) -> int | None:
        """Return the cell as a whole number; a blank cell (not published) is None."""
        value = self.cells[column]
        if not value:
            return None
        if not (value.isascii() and value.isdigit()):
            raise DataError(f"{self.where}: column {column} must be a whole number or blank, not {value!r}")
        return int(value)

    def number(self, column: str) -> int:
        """Return the cell as a whole number; a blank one is an error."""
        value = self.whole(column)
        if value is None:
            raise DataError(f"{self.where}: column {column} must not be blank")
        return value

    def percent(self, column: str) -> Decimal:
        """Return the cell as a percentage with exactly two decimals."""
        value = self.text(column)
        try:
            exact = Decimal(value)
            rounded = exact.quantize(Decimal("0.01"))
        except InvalidOperation:
            raise DataError(f"{self.where}: column {column} must be a percentage, not {value!r}") from None
        if rounded != exact or not 0 < exact < _WHOLE:
            raise DataError(f"{self.where}: column {column}: {value} is not from 0.01 to 99.99")
        return rounded


_WHOLE = 100


def read_sheet(data: Path, name: str, columns: Sequence[str]) -> list[Row]:
    """Return the rows of `data/name`, whose header must be exactly `columns`."""
    try:
        with (data / name).open(encoding="utf-8-sig", newline="") as stream:
            return list(_rows(csv.reader(stream, strict=True), name, columns))
    except OSError as error:
        raise InputError(f"{name}: cannot be read in {data}: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{name}: not a CSV in UTF-8: {error}") from error


def _rows(lines: Iterator[list[str]], name: str, columns: Sequence[str]) -> Iterator[Row]:
    """Yield the lines under the header as rows."""
    found = next(lines, [])
    if found != list(columns):
        raise DataError(_changed(name, columns, found))
    for number, cells in enumerate(lines, start=2):
        if len(cells) != len(columns):
            raise DataError(f"{name}:{number}: {len(cells)} cells where the header has {len(columns)}")
        yield Row(f"{name}:{number}", dict(zip(columns, cells, strict=True)))


def _changed(name: str, columns: Sequence[str], found: Sequence[str]) -> str:
    """Say how a header differs from the one this importer was written for."""
    missing = [column for column in columns if column not in found]
    added = [column for column in found if column not in columns]
    parts = [f"missing {', '.join(missing)}"] if missing else []
    parts += [f"new {', '.join(map(repr, added))}"] if added else []
    what = "; ".join(parts) or "repeated or in another order"
    return f"{name}: the columns changed ({what}); expected {','.join(columns)}"
