"""JSON: the record whole, in ASCII, so that the bytes are the same in every encoding of standard output."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ehrpay.domain.numerals import Decimal

if TYPE_CHECKING:
    from collections.abc import Mapping


NEEDS = "record"


def write(view: Any, _screen: object) -> str:
    """One indented object."""
    return as_json(view.record())


def as_json(record: Mapping[str, Any]) -> str:
    """A record as indented ASCII that ends in a newline."""
    return json.dumps(as_data(record), ensure_ascii=True, allow_nan=False, indent=2) + "\n"


def as_data(value: Any) -> Any:
    """The same as plain data, decimals as numbers; the shortest text of the nearest float is the decimal again."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {key: as_data(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_data(one) for one in value]
    return value
