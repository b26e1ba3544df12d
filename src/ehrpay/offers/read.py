"""A file of offers: YAML, JSON or CSV, by its name's ending, or by its first characters where it has no name."""

from __future__ import annotations

from codecs import BOM_UTF8 as BOM
from pathlib import Path
from typing import TYPE_CHECKING

from ehrpay.errors import DataError, shown
from ehrpay.offers.build import given, sheet
from ehrpay.offers.sheet import MOST_OFFERS, Problems
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from ehrpay.domain.profile import Profile
    from ehrpay.offers.sheet import Rows, Sheet

MOST_BYTES = 1_000_000
STDIN = "<stdin>"
KINDS = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".csv": "csv"}
YAML_SIGNS = (b":", b"{", b"[", b"#")
"""What no header of a CSV has."""


def read(
    path: str,
    data: bytes,
    person: Profile,
    agencies: Mapping[str, str],
    plans: Collection[str] | None = None,
) -> Sheet:
    """The offers of a file's bytes; `path` is its name in messages and says its kind (`-`: standard input).

    `person` holds what is not said in the file, `agencies` every name of an agency to its id, `plans` the ids
    with a federal pay plan (None: all but `private`). DataError (65) with all that is wrong, each as
    `file:line: key: sentence`.
    """
    if len(data) > MOST_BYTES:
        msg = f"{shown(path)} is larger than {MOST_BYTES:,} bytes; that is no list of offers"
        raise DataError(msg)
    kind, path = _kind(path, data), STDIN if path == "-" else clean(path)
    if not data.removeprefix(BOM).strip():
        msg = f"{shown(path)} is empty; it should list offers"
        raise DataError(msg)
    problems = Problems()
    rows = _reader(kind)(path, data, problems)
    if not rows.offers:
        problems.stop(path)
        msg = f"{shown(path)} lists no offers"
        raise DataError(msg)
    if len(rows.offers) > MOST_OFFERS:
        msg = f"{shown(path)} lists {len(rows.offers):,} offers; at most {MOST_OFFERS} can be compared"
        raise DataError(msg)
    found = sheet(rows, given(person, rows.person, agencies, plans, problems), problems)
    problems.stop(path)
    return found


def _kind(path: str, data: bytes) -> str:
    """By the name's ending; without one, what the first characters look like."""
    known = KINDS.get(Path(path).suffix.casefold())
    if known is not None:
        return known
    start = data.removeprefix(BOM).lstrip()
    if start[:1] in (b"{", b"["):
        return "json"
    header = start.partition(b"\n")[0]
    return "csv" if b"," in header and not any(sign in header for sign in YAML_SIGNS) else "yaml"


def _reader(kind: str) -> Callable[[str, bytes, Problems], Rows]:
    if kind == "csv":
        from ehrpay.offers.from_csv import rows
    elif kind == "json":
        from ehrpay.offers.from_json import rows
    else:
        from ehrpay.offers.from_yaml import rows
    return rows
