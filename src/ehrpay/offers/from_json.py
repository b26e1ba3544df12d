"""Offers from JSON: the shape of the YAML, or the list of offers alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ehrpay.errors import DataError
from ehrpay.offers.from_csv import decoded
from ehrpay.offers.json_spots import spots
from ehrpay.offers.tree import rows_of

if TYPE_CHECKING:
    from ehrpay.offers.sheet import Problems, Rows


def rows(path: str, data: bytes, problems: Problems) -> Rows:
    """The file's offers. DataError for anything that is not JSON, NaN and keys given twice included."""
    text = decoded(path, data)
    found = _parsed(path, text)
    if not isinstance(found, (dict, list)):
        msg = f"{path}:1: should be an object with a list of offers"
        raise DataError(msg)
    place = spots(text, path).place
    return rows_of(found, place, problems)


def _parsed(path: str, text: str) -> Any:
    """Plain data; numbers stay as written, so that 61000.50 is no binary fraction."""
    try:
        return json.loads(text, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        msg = f"{path}:{error.lineno}:{error.colno}: not valid JSON: {error.msg}"
        raise DataError(msg) from error
    except RecursionError as error:
        msg = f"{path}: nested too deep"
        raise DataError(msg) from error
