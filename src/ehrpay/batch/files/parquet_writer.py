"""A Parquet file that is written frame by frame, from the thread that prices: Ctrl-C and errors are met there."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from queue import Full, Queue
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

import polars as pl
from polars.io.plugins import register_io_source

from ehrpay.errors import DataError, OutputError, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WAITING = 2
"""Frames that are priced and not yet written."""

OS_ERROR = re.compile(r"\(os error ([0-9]+)\)")

EVERY = 0.2
"""Seconds between two looks whether the writer still writes."""


@contextmanager
def parquet_file(file: IO[bytes], schema: pl.Schema) -> Iterator[Callable[[pl.DataFrame], None]]:
    """What takes frames of a schema; the file is whole at the end. OutputError (74) where it can't be written."""
    writer = _Writer(file, schema)
    writer.start()
    try:
        yield writer.take
    except BaseException:
        writer.stop()
        raise
    writer.take(None)
    writer.join()
    if writer.failed is not None:
        raise writer.failed


def _refused(error: Exception) -> Exception:
    """The system's own error, where Polars has put words around one."""
    number = OS_ERROR.search(str(error))
    if number:
        return OSError(int(number[1]), os.strerror(int(number[1])))
    return OutputError(f"cannot write the Parquet file: {str(error).splitlines()[0]}")


class _StoppedError(Exception):
    """The rows that come next will not come."""


class _Writer(Thread):
    """Polars writes a file only as a whole, from frames that it asks for."""

    def __init__(self, file: IO[bytes], schema: pl.Schema) -> None:
        super().__init__(daemon=True)
        self._file, self._schema = file, schema
        self._frames: Queue[pl.DataFrame | None] = Queue(WAITING)
        self._stopped = False
        self.failed: BaseException | None = None

    def run(self) -> None:
        """Write what is taken, until there is no more."""
        try:
            register_io_source(self._pieces, schema=self._schema).sink_parquet(self._file)
        except (pl.exceptions.PolarsError, OSError) as error:
            self.failed = _refused(error)
        except BaseException as error:  # noqa: BLE001 - it is raised where the rows come from
            self.failed = error

    def _pieces(self, *_: Any) -> Iterator[pl.DataFrame]:
        while (frame := self._frames.get()) is not None:
            yield frame
        if self._stopped:
            raise _StoppedError

    def take(self, frame: pl.DataFrame | None) -> None:
        """The next frame; None after the last one."""
        while self.failed is None:
            try:
                self._frames.put(frame, timeout=EVERY)
            except Full:
                continue
            return
        if frame is not None:
            raise self.failed

    def stop(self) -> None:
        """Write nothing more; what is written is of no use."""
        self._stopped = True
        while self.is_alive() and self.failed is None:
            try:
                self._frames.put(None, timeout=EVERY)
            except Full:
                continue
            break
        self.join()


def fitted(frame: pl.DataFrame, schema: pl.Schema, name: str) -> pl.DataFrame:
    """A frame in the types of the first rows that are written; `name` is what the file they are from is called.

    The columns are the same; DataError for a cell that does not fit its type.
    """
    return frame.with_columns(
        _fitted(frame.to_series(place), kind, name)
        for place, kind in enumerate(schema.dtypes())
        if frame.dtypes[place] != kind
    )


def _fitted(column: pl.Series, kind: pl.DataType, name: str) -> pl.Series:
    try:
        return _from_text(column, kind) if column.dtype == pl.String else column.cast(kind)
    except pl.exceptions.PolarsError as error:
        msg = f"column {shown(column.name)} of {name} is {kind}, and a cell to be added does not fit it"
        raise DataError(msg) from error


def _from_text(column: pl.Series, kind: pl.DataType) -> pl.Series:
    """The values that a text file had to write as text."""
    if isinstance(kind, pl.List):
        return column.str.split(";").cast(kind)
    if isinstance(kind, pl.Binary):
        return column.str.decode("hex")
    if isinstance(kind, pl.Boolean):
        return column.replace_strict({"true": True, "false": False})
    if isinstance(kind, (pl.Date, pl.Datetime, pl.Time)):
        return column.str.strptime(kind)
    return column.cast(kind)
