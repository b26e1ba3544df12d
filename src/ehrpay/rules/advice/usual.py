"""Values within their bounds but outside their usual range, which `fields` states beside each bound."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from ehrpay.rules.checks.finding import Finding
from ehrpay.rules.folder import AREAS
from ehrpay.rules.shape import files
from ehrpay.rules.shape.fields import USUAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.rules.checks.finding import Files, Path

MEDIAN = 5
"""The column of an area's median."""

LOOK = "look again; nothing is wrong if it is meant"
KEY = "usual"
"""The key in a field's JSON Schema under which its usual range stands: least and most, as text."""


def unusual(files: Files) -> Iterator[Finding]:
    """A W401 for every value outside the range its field calls usual."""
    for file, data in files.items():
        whole = _schema(file)
        for path, value, (least, most) in _found(data, whole, whole, ()):
            if not Decimal(least) <= value <= Decimal(most):
                message = f"{value} is outside the usual {least} to {most}"
                yield Finding(file, path, "W401", message, help=LOOK)
        yield from _cells(file, data)


def _cells(file: str, data: dict[str, Any]) -> Iterator[Finding]:
    """Amounts of area and base tables, whose rows have no field of their own for each."""
    least, most = map(int, USUAL)
    for i, table in enumerate(data.get("tables", [])):
        for j, row in enumerate(table["rows"]):
            # The top tenth of some areas earns more than people here usually do; the median tells a slip.
            for value in row[MEDIAN : MEDIAN + 1] if file.startswith(AREAS) else row[1:]:
                if value is not None and not least <= value <= most:
                    message = f"{value} is outside the usual {least} to {most}"
                    yield Finding(file, ("tables", i, "rows", j), "W401", message, help=LOOK)


def _schema(file: str) -> dict[str, Any]:
    model = files.model_for(file)
    return {} if model is None else _made(model)


@cache
def _made(model: type[Any]) -> dict[str, Any]:
    found: dict[str, Any] = model.model_json_schema()
    return found


def _found(
    value: Any, node: dict[str, Any], whole: dict[str, Any], path: Path
) -> Iterator[tuple[Path, Decimal, list[str]]]:
    """Every number whose field has a usual range: its path, itself, the range."""
    for option in _options(node, whole):
        if KEY in option and not isinstance(value, bool) and isinstance(value, (int, Decimal)):
            yield path, Decimal(value), option[KEY]
        if isinstance(value, dict):
            for key, below in value.items():
                inside = option.get("properties", {}).get(key) or option.get("additionalProperties")
                if isinstance(inside, dict):
                    yield from _found(below, inside, whole, (*path, key))
        elif isinstance(value, list):
            heads = option.get("prefixItems", [])
            for i, below in enumerate(value):
                inside = heads[i] if i < len(heads) else option.get("items")
                if isinstance(inside, dict):
                    yield from _found(below, inside, whole, (*path, i))


def _options(node: dict[str, Any], whole: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The schema itself, or what it refers to, or each of its alternatives."""
    if "$ref" in node:
        yield from _options(whole["$defs"][node["$ref"].rpartition("/")[2]], whole)
    elif "anyOf" in node:
        for one in node["anyOf"]:
            yield from _options({**one, **({KEY: node[KEY]} if KEY in node else {})}, whole)
    else:
        yield node
