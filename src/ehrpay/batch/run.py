"""A whole run: every row of every file is a row out or a row in the errors file, in the order they came."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ehrpay.errors import UsageError, unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.batch.files.source import Input
    from ehrpay.batch.job.reports import Reports, Target
    from ehrpay.batch.job.request import Request
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.roster import Tally

ROWS, POLARS, DASK = "rows", "polars", "dask"
ENGINES = ("auto", ROWS, POLARS, DASK)
FEW_GROUPS = ("POLARS_ROW_GROUP_PREFETCH_SIZE", "1")
"""Polars holds 128 groups of rows that it reads ahead, a whole big file: as much memory as all the rest."""

BIG = 2_000_000
"""Bytes from which on Polars' start is worth it."""


def engine_for(name: str, sources: Sequence[Input], form: str, encoding: str) -> str:
    """The engine that is asked for, or the one that fits; UsageError where it can't do it."""
    if name not in ENGINES:
        raise UsageError(unknown("engine", name, ENGINES), field="engine")
    parquet = form == "parquet" or any(source.format == "parquet" for source in sources)
    if name == ROWS and parquet:
        raise UsageError("Parquet needs the engine 'polars'", field="engine")
    if name in (POLARS, DASK) and encoding != "utf-8" and not parquet:
        msg = f"the engine '{name}' reads UTF-8 only; use --engine rows with --encoding"
        raise UsageError(msg, field="encoding")
    if name != "auto":
        return name
    if parquet:
        return POLARS
    big = sum(source.size for source in sources) >= BIG
    return POLARS if big and encoding == "utf-8" and _has_polars() else ROWS


def _has_polars() -> bool:
    from importlib.util import find_spec

    return find_spec("polars") is not None and find_spec("numpy") is not None


def run(
    book: Rulebook, request: Request, sources: Sequence[Input], target: Target, engine: str, reports: Reports
) -> Tally:
    """Price every row of every file into the target; DataError (65) for a file that can't be trusted.

    A bad row is reported and doesn't stop the run unless the request is strict.
    """
    if engine == ROWS:
        from ehrpay.batch.engines.rowed import by_rows

        return by_rows(book, request, sources, target, reports)
    os.environ.setdefault(*FEW_GROUPS)
    try:
        from ehrpay.batch.engines.framed import by_frames
    except ImportError as error:
        msg = f"the engine 'polars' needs an extra: pip install 'ehrpay[batch]' ({error})"
        raise UsageError(msg, field="engine") from error
    return by_frames(book, request, sources, target, reports)
