"""The record flat: one header and one row of CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

from ehrpay.domain.profile import FIELDS
from ehrpay.formats.glyphs import one_line

if TYPE_CHECKING:
    from ehrpay.formats.estimate.record import Record

ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""A text cell that begins so is a formula to a spreadsheet."""

_GRADE = {"grade": "grade", "step": "step", "locality": "locality", "locality_percent": "percent"}
_SAME = {
    "": ("method", "as_of", "low", "mid", "high"),
    "percentiles": ("p10", "p25", "p50", "p75", "p90"),
    "profile": tuple(name for name in FIELDS if name not in _GRADE),
}
"""Parts of the record whose fields are columns by their own name."""

_NAMED = {
    "confidence": {"confidence": "word", "confidence_reason": "reason"},
    "period": {
        "period": "unit",
        "hours": "hours",
        "low_cents": "low_cents",
        "mid_cents": "mid_cents",
        "high_cents": "high_cents",
    },
    "area": {"area_kind": "kind", "area": "code", "area_name": "name"},
    "grade": _GRADE,
    "band": {"band_min": "min", "band_max": "max", "band_position": "position", "band_basis": "basis"},
    "cross_check": {"other_method": "method", "other_low": "low", "other_mid": "mid", "other_high": "high"},
    "offer": {
        "offer_cents": "offer_cents",
        "offer_percentile": "percentile",
        "offer_standing": "standing",
        "compa_ratio": "compa_ratio",
        "range_penetration": "penetration",
        "to_middle_cents": "to_middle_cents",
    },
}  # fmt: skip
"""Parts of the record whose fields have a column name of their own."""

NUMBERS = frozenset({"compa_ratio", "range_penetration", "locality_percent"})
"""Decimals, written as text in the record, that stay numbers to a spreadsheet."""


def as_csv(told: Record) -> str:
    """CSV with line feeds; lists are joined by `; `, a thing unsaid is empty."""
    row = columns(told)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(row)
    writer.writerow(row.values())
    return out.getvalue()


def columns(told: Record) -> dict[str, object]:
    """The columns in order, each a number or safe text."""
    row: dict[str, Any] = {}
    for part, names in _SAME.items():
        values = told[part] if part else told
        row |= {name: values[name] for name in names}
    for part, renamed in _NAMED.items():
        values = told[part] or {}
        row |= {name: values.get(key) for name, key in renamed.items()}
    row |= {key: told[key] for key in ("headline", "warnings", "rules_version")}
    row["sources"] = list(told["sources"])
    return {name: value if name in NUMBERS else cell(value) for name, value in row.items()}


def cell(value: object) -> object:
    """A number as it is; text on one line, with an apostrophe before what a spreadsheet would run.

    A list said to be empty is `none`, so that it differs from one not said.
    """
    if value is None or isinstance(value, int):
        return value
    text = one_line(("; ".join(value) or "none") if isinstance(value, list) else str(value))
    return f"'{text}" if text.startswith(ACTIVE) else text
