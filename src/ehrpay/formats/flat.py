"""The record flat: one header and one row of CSV, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

from ehrpay.formats.glyphs import one_line

if TYPE_CHECKING:
    from ehrpay.formats.record import Record

ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""A text cell that begins so is a formula to a spreadsheet."""

_TOP = ("method", "as_of", "low", "mid", "high")
_PROFILE = (
    "agency", "role", "years", "degree", "certs", "location", "setting", "ehr", "work", "years_in_grade", "occupation"
)  # fmt: skip
_PARTS = {
    "period": ("unit", "hours", "low_cents", "mid_cents", "high_cents"),
    "area": ("kind", "code", "name", "locality"),
    "grade": ("grade", "step", "locality", "percent", "year"),
    "band": ("min", "max", "position", "basis", "effective"),
    "cross_check": ("method", "low", "mid", "high"),
    "offer": ("offer_cents", "standing", "compa_ratio", "penetration", "to_middle_cents", "word"),
}
_NUMBERS = frozenset({"compa_ratio", "penetration", "percent"})
"""Decimals written as text in the record: numbers to a spreadsheet, so never quoted by an apostrophe."""


def table(told: Record) -> str:
    """CSV with line feeds; lists are joined by `; `, a thing unsaid is empty."""
    row = columns(told)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(row)
    writer.writerow(row.values())
    return out.getvalue()


def columns(told: Record) -> dict[str, object]:
    """The columns in order, each a number or safe text."""
    row: dict[str, Any] = {key: told[key] for key in _TOP}
    row |= told["percentiles"]
    row |= {"confidence": told["confidence"]["word"], "confidence_reason": told["confidence"]["reason"]}
    row |= {key: _said(told["profile"][key]) for key in _PROFILE}
    for part, keys in _PARTS.items():
        values = told[part] or {}
        names = {key: key if key in (part, "step") or key.startswith(part) else f"{part}_{key}" for key in keys}
        row |= {names[key]: values.get(key) for key in keys}
    row |= {key: told[key] for key in ("headline", "warnings", "rules_version")}
    row["sources"] = list(told["sources"])
    return {key: value if key.rpartition("offer_")[2] in _NUMBERS else cell(value) for key, value in row.items()}


def _said(value: Any) -> Any:
    """`none` for a list that was said to be empty, so that it differs from one not said."""
    return "none" if value == [] else value


def cell(value: object) -> object:
    """A number as it is; text on one line, with an apostrophe before what a spreadsheet would run."""
    if value is None or isinstance(value, int):
        return value
    text = one_line("; ".join(value) if isinstance(value, list) else str(value))
    return f"'{text}" if text.startswith(ACTIVE) else text
