"""Offers from JSON: the shape of the YAML, or the list of offers alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ehrpay.errors import DataError, shown
from ehrpay.offers.tree import rows_of
from ehrpay.strict.source import read_bytes

if TYPE_CHECKING:
    from ehrpay.offers.sheet import Rows


def rows(path: str, data: bytes) -> Rows:
    """The file's offers. DataError for anything that is not JSON, NaN and keys given twice included.

    Numbers are kept as written, so that 61000.50 is not a binary fraction.
    """
    try:
        text = data.decode("utf-8-sig")
        found = json.loads(
            text, parse_int=str, parse_float=str, parse_constant=_refused, object_pairs_hook=_pairs
        )
    except json.JSONDecodeError as error:
        msg = f"{path}:{error.lineno}:{error.colno}: not valid JSON: {error.msg}"
        raise DataError(msg) from error
    except RecursionError as error:
        msg = f"{path}: nested too deep"
        raise DataError(msg) from error
    except ValueError as error:
        msg = f"{path}: {error}"
        raise DataError(msg) from error
    if not isinstance(found, (dict, list)):
        msg = f"{path}: should be an object with a list of offers"
        raise DataError(msg)
    # A tab is a blank between JSON's tokens, and can't stand within one; YAML's reader then knows the lines.
    marks = read_bytes(text.replace("\t", " ").encode(), path).marks
    return rows_of(found, path, marks.place)


def _refused(word: str) -> Any:
    msg = f"{word} is not JSON"
    raise ValueError(msg)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            msg = f"key {shown(key)} is given twice in one object"
            raise ValueError(msg)
        found[key] = value
    return found
