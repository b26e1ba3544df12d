"""The lines of a CSV file with their numbers, and a sentence with the line where it isn't one."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from ehrpay.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def decode(path: str, data: bytes) -> str:
    """The text of a file, without a byte order mark. DataError with the line of the first bad byte."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        msg = f"{path}:{line}: not UTF-8 at byte {error.start + 1} (0x{data[error.start]:02x}); save it as UTF-8"
        raise DataError(msg) from error


def csv_lines(path: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The lines that aren't empty, each with the number of its first line. DataError for bytes that aren't CSV."""
    reader = csv.reader(io.StringIO(decode(path, data), newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        unclosed = "quote" in str(error) or "end of data" in str(error)
        hint = " (is a quote opened here and never closed?)" if unclosed else ""
        raise DataError(f"{path}:{begins}: not valid CSV: {error}{hint}") from error


def ragged(count: int, width: int) -> str:
    """What is wrong with a line that has too many or too few cells."""
    hint = "; put a text with a comma in quotes" if count > width else ""
    return f"{count} {'cell' if count == 1 else 'cells'}, where the header has {width}{hint}"


def refuse_other_separators(where: str, header: Sequence[str]) -> None:
    """DataError for a header whose columns are apart by another sign than a comma."""
    if len(header) == 1 and re.search("[;\t|]", header[0]):
        msg = f"{where}: the columns are not separated by commas; export the file as CSV with commas"
        raise DataError(msg)
