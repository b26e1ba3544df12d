"""A file of offers: YAML, JSON or CSV, by its name's ending, or by its first characters where it has no name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from ehrpay.errors import DataError, shown
from ehrpay.offers.build import sheet
from ehrpay.offers.sheet import MOST_OFFERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ehrpay.domain.profile import Profile
    from ehrpay.offers.sheet import Rows, Sheet

MOST_BYTES = 1_000_000
KINDS = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".csv": "csv"}
_HEADER = re.compile(rb"[^:{\[#\n]*,[^:\n]*\r?\n")


def read(path: str, data: bytes, person: Profile, agencies: Mapping[str, str]) -> Sheet:
    """The offers of a file's bytes; `path` is its name in messages and says its kind.

    `person` holds what is not said in the file, `agencies` every name of an agency to its id. DataError (65)
    with all that is wrong, each as `file:line: key: sentence`.
    """
    if len(data) > MOST_BYTES:
        msg = f"{shown(path)} is larger than {MOST_BYTES:,} bytes; that is no list of offers"
        raise DataError(msg)
    if not data.strip():
        msg = f"{shown(path)} is empty; it should list offers"
        raise DataError(msg)
    rows = _reader(_kind(path, data))(path, data)
    if not rows.offers:
        msg = f"{shown(path)} lists no offers"
        raise DataError(msg)
    if len(rows.offers) > MOST_OFFERS:
        msg = f"{shown(path)} lists {len(rows.offers):,} offers; at most {MOST_OFFERS} can be compared"
        raise DataError(msg)
    return sheet(rows, path, person, agencies)


def _kind(path: str, data: bytes) -> str:
    """By the name's ending; without one, what the first characters look like."""
    known = KINDS.get(Path(path).suffix.casefold())
    if known is not None:
        return known
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in (b"{", b"["):
        return "json"
    return "csv" if _HEADER.match(start) else "yaml"


def _reader(kind: str) -> Callable[[str, bytes], Rows]:
    if kind == "csv":
        from ehrpay.offers.from_csv import rows
    elif kind == "json":
        from ehrpay.offers.from_json import rows
    else:
        from ehrpay.offers.from_yaml import rows
    return rows
