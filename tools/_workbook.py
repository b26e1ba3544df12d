"""The one table of a workbook, as rows of plain cells; a web page or an archive under its name is refused."""

from __future__ import annotations

import io
import warnings
import zipfile
from typing import TYPE_CHECKING, Any, NamedTuple

from ehrpay.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from _download import Download

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_LOOKED = 20
MOST_BYTES = 4_000_000_000
"""Unpacked; BLS's largest workbook has about half a million rows of 32 cells."""


class Sheet(NamedTuple):
    """A table: its sheet's title, its header, the rows under it with their numbers, and texts of other sheets."""

    title: str
    header: Sequence[object]
    rows: Iterator[tuple[int, Sequence[object]]]
    remarks: Sequence[str]


def table(download: Download, marks: Sequence[str]) -> Sheet:
    """The sheet whose first line has all of `marks`. DataError unless there is exactly one."""
    book = _opened(download)
    found, remarks = [], []
    for sheet in book.worksheets:
        first = list(_whole(download, sheet.iter_rows(min_row=1, max_row=_LOOKED, values_only=True)))
        header = first[0] if first else ()
        if set(marks) <= {str(cell).strip().upper() for cell in header}:
            found.append((sheet, header))
        else:
            remarks += [str(cell) for line in first for cell in line if cell is not None]
    if len(found) != 1:
        titles = ", ".join(book.sheetnames)
        raise DataError(
            f"{download.name}: the shape changed: {len(found) or 'no'} sheets with a column {' and '.join(marks)} "
            f"among {titles}"
        )
    sheet, header = found[0]
    rows = enumerate(_whole(download, sheet.iter_rows(min_row=2, values_only=True)), start=2)
    return Sheet(sheet.title, header, rows, remarks)


def _opened(download: Download) -> Any:
    import openpyxl

    if download.data.startswith(_OLD_EXCEL):
        raise DataError(f"{download.name}: an Excel file of the old kind (.xls); save it as .xlsx")
    if not download.data.startswith(_ZIP):
        raise DataError(f"{download.name}: is not a workbook (.xlsx)")
    try:
        _is_workbook(download)
        with warnings.catch_warnings():
            # Styles and printer settings that openpyxl doesn't know hold no figures.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(download.data), read_only=True, data_only=True)
    except DataError:
        raise
    except Exception as error:
        raise _damaged(download, error) from error


def _is_workbook(download: Download) -> None:
    with zipfile.ZipFile(io.BytesIO(download.data)) as archive:
        inside = archive.namelist()
        size = sum(one.file_size for one in archive.infolist())
    if size > MOST_BYTES:
        raise DataError(f"{download.name}: {size:,} bytes unpacked, which no workbook of this kind has")
    if "xl/workbook.xml" not in inside:
        books = ", ".join([name for name in inside if name.endswith(".xlsx")][:5]) or "no .xlsx"
        raise DataError(f"{download.name}: an archive and not a workbook; unpack it and give one of: {books}")


def _whole(download: Download, rows: Iterator[Sequence[object]]) -> Iterator[Sequence[object]]:
    """The rows; openpyxl reads them one by one and meets damage with errors of many kinds."""
    try:
        yield from rows
    except Exception as error:
        raise _damaged(download, error) from error


def _damaged(download: Download, error: Exception) -> DataError:
    return DataError(f"{download.name}: a damaged workbook: {error}")
