"""The cells of any roster, for those who need all of them: texts, whatever the form of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.batch.files.lines import read
from ehrpay.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.batch.files.source import Input


def cells(source: Input) -> Iterator[tuple[int, Sequence[str]]]:
    """The header, then the rows, each with the number of its line. DataError (65) where a row is none."""
    if source.format == "parquet":
        yield from _of_parquet(source)
        return
    with source.reading() as file:
        names, first, lines = read(source, file, "utf-8")
        yield first, names
        for line in lines:
            if line.wrong:
                raise DataError(f"{source.name}:{line.number}: {line.wrong}")
            yield line.number, line.cells


def _of_parquet(source: Input) -> Iterator[tuple[int, Sequence[str]]]:
    try:
        from ehrpay.batch.files.parquet import texts
    except ImportError as error:
        raise UsageError(f"Parquet needs an extra: pip install 'ehrpay[batch]' ({error})") from error
    yield from texts(source)
