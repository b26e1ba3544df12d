"""JSON Schemas of the rule files, made from the models that judge them, for editors that complete and check.

What only a validator of ours can tell (an unknown id, dates out of order) is left to `ehrpay rules validate`.
"""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import Any

from ehrpay.rules.shape.kinds import CASES, KINDS, OVERLAY, PEOPLE

DIALECT = "https://json-schema.org/draft/2020-12/schema"
BOUNDS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}


def kinds() -> list[str]:
    """The names of the kinds that have a schema."""
    return [kind.name for kind in KINDS]


def schema(name: str, *, part: bool = False) -> dict[str, Any]:
    """The JSON Schema of a kind; `part` is one for overlays, whose files may leave anything out."""
    kind = next(kind for kind in KINDS if kind.name == name)
    whole = json.dumps(kind.model.model_json_schema())
    made: dict[str, Any] = json.loads(whole, object_hook=_tidied)
    if part and kind not in (OVERLAY, CASES, PEOPLE):
        made = json.loads(json.dumps(made), object_hook=_without_required)
    what = f"{kind.path}: {kind.about}"
    return {"$schema": DIALECT, "title": f"ehrpay rules, {what}"} | made


@cache
def text(name: str, *, part: bool = False) -> str:
    """The schema as it is committed: indented ASCII with a line end."""
    return json.dumps(schema(name, part=part), indent=2) + "\n"


def _tidied(node: dict[str, Any]) -> dict[str, Any]:
    """Without generated titles; a decimal is a number and no text; usual ranges are described."""
    kept = {key: value for key, value in node.items() if not _noise(key, value)}
    if any(one.get("type") == "number" for one in kept.get("anyOf", ())):
        kept = _only_number(kept)
    if "usual" in kept:
        least, most = kept.pop("usual")
        words = f"Usually {least} to {most}; `ehrpay rules validate` warns about others."
        kept["description"] = " ".join(filter(None, (kept.pop("description", ""), words)))
    if "properties" in kept:
        kept["properties"] = {key: _description_first(value) for key, value in kept["properties"].items()}
    return kept


def _description_first(node: dict[str, Any]) -> dict[str, Any]:
    return {"description": node["description"], **node} if "description" in node else node


def _noise(key: str, value: Any) -> bool:
    """A title made from a key's name, or a default that says nothing to a writer."""
    return (key == "title" and isinstance(value, str)) or (key == "default" and value in (None, "0"))


def _only_number(node: dict[str, Any]) -> dict[str, Any]:
    """Pydantic takes a decimal as a number or as text, and says its bounds in words of its own."""
    options = [one for one in node["anyOf"] if not _decimal_text(one)]
    if len(options) == len(node["anyOf"]):
        return node
    bounds = {BOUNDS[key]: _number(value) for key, value in node.items() if key in BOUNDS}
    rest = {key: value for key, value in node.items() if key not in ("anyOf", *BOUNDS)}
    number: dict[str, Any] = options[0]
    return rest | number | bounds


def _decimal_text(node: dict[str, Any]) -> bool:
    """Whether this is the text form of a decimal: no text of a rule is without a bound on its length."""
    return node.get("type") == "string" and "maxLength" not in node and "enum" not in node


def _number(value: Any) -> Any:
    """A bound as JSON has it; the small decimals here are the same as a float's shortest form."""
    exact = Decimal(value)
    return int(exact) if exact == int(exact) else float(exact)


def _without_required(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if key != "required" or not isinstance(value, list)}
