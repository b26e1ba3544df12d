"""CSV with line feeds, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from ehrpay.domain.numerals import Decimal
from ehrpay.formats.glyphs import one_line

NEEDS = "rows"
ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""Spreadsheets run a text cell that starts with one of these."""


def write(view: Any, _screen: object) -> str:
    """The header and the rows; what was not given is empty."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([cell(value) for value in row] for row in view.rows())
    return out.getvalue()


def cell(value: object) -> object:
    """A number as it is; text on one line, with an apostrophe before what a spreadsheet would run.

    A list said to be empty is `none`, so that it differs from one not given.
    """
    if value is None or isinstance(value, (int, Decimal)):
        return value
    text = one_line(("; ".join(value) or "none") if isinstance(value, list) else str(value))
    return f"'{text}" if text.startswith(ACTIVE) else text
