"""The record of an estimate flat, for CSV: a header and one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.profile import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def rows(record: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    """The columns in order; what was not specified is empty."""
    row: dict[str, Any] = {}
    for part, names in _SAME.items():
        values = record[part] if part else record
        row |= {name: values[name] for name in names}
    for part, renamed in _NAMED.items():
        values = record[part] or {}
        row |= {name: values.get(key) for name, key in renamed.items()}
    row |= {key: record[key] for key in ("headline", "warnings", "rules_version")}
    row["sources"] = list(record["sources"])
    yield tuple(row)
    yield tuple(row.values())
