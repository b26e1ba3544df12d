"""Offers from YAML, read as strictly as rules: `home`, `person` and a list of `offers`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.errors import DataError
from ehrpay.offers.tree import rows_of
from ehrpay.strict.problem import full
from ehrpay.strict.source import read_bytes

if TYPE_CHECKING:
    from ehrpay.offers.sheet import Rows

SHOWN = 5


def rows(path: str, data: bytes) -> Rows:
    """The file's offers. DataError with every problem of the YAML, its line and a caret."""
    found: Any = read_bytes(data, path)
    if found.problems:
        told = "\n".join(full(problem) for problem in found.problems[:SHOWN])
        more = f"\nand {len(found.problems) - SHOWN} more" if len(found.problems) > SHOWN else ""
        msg = f"{path} is not a list of offers:\n{told}{more}"
        raise DataError(msg)
    return rows_of(found.data, path, found.marks.place)
