"""JSON Schemas of the rule files, made from the models that judge them, for editors that complete and check.

What only a validator of ours can tell (an unknown id, dates out of order) is left to `ehrpay rules validate`.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ehrpay.rules.kinds import KINDS
from ehrpay.rules.shape.cases import Cases, References
from ehrpay.rules.shape.files import FILES

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ehrpay.rules.kinds import Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DATES = frozenset({"effective", "review_by", "retrieved", "as_of"})

BOUNDS = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}

ABOUT = {
    "effective": "In force from this day until a newer value begins (YYYY-MM-DD).",
    "sources": "Ids in sources.yaml; a number without a source is refused.",
    "basis": "How it is known: official, survey, reported or assumption.",
    "review_by": "After this day the answer warns that the number is old.",
    "confidence": "Of this number: high, medium or low.",
    "factor": "Relative to the median worker: 1.07 is 7 % above.",
    "low": "The lowest that the evidence allows.",
    "high": "The highest that the evidence allows.",
    "aliases": "Other names people may type.",
    "evidence": "false: no pay figure was found, the factor is 1.0000 and the answer says so.",
    "note": "How the number came from the evidence, in a sentence.",
    "points": "Rows of years, factor, low, high; from 0 to 60 years, never falling.",
    "grades": "General Schedule grades; of a band, the first and the last.",
    "series": 'The job series in quotes, such as "0675".',
    "by_role": "Values that hold for these roles only.",
    "excluded_roles": "Roles that are paid for it already.",
    "same_as": "Credentials of the same path, counted once.",
    "occupation": "The occupation whose wages are the base, in quotes.",
    "contradicted_by": "Later evidence against it; both are shown.",
    "expect": "Dotted paths into the JSON answer, and their values; a step is found by its id.",
    "says": "Words that the plain answer, or the error, must hold.",
}
"""What an editor shows over a key."""


def kinds() -> list[str]:
    """The names of the kinds that have a schema."""
    return [kind.name for kind in KINDS]


def schema(name: str, *, part: bool = False) -> dict[str, Any]:
    """The JSON Schema of a kind; `part` is one for overlays, whose files may leave anything out."""
    kind = next(kind for kind in KINDS if kind.name == name)
    made: dict[str, Any] = _tidied(_model(kind).model_json_schema())
    if part and name not in ("overlay", *_BESIDE):
        made = _without_required(made)
    what = f"{kind.path}: {kind.about}"
    return {"$schema": DIALECT, "title": f"ehrpay rules, {what}"} | made


def text(name: str, *, part: bool = False) -> str:
    """The schema as it is committed: indented ASCII with a line end."""
    return json.dumps(schema(name, part=part), indent=2) + "\n"


def _model(kind: Kind) -> type[BaseModel]:
    return _BESIDE.get(kind.name) or FILES[kind.path]


_BESIDE: dict[str, type[BaseModel]] = {"cases": Cases, "profiles": References}


def _tidied(node: Any) -> Any:
    """Without generated titles; a decimal is a number and no text; dates and common keys are described."""
    if isinstance(node, list):
        return [_tidied(one) for one in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _tidied(value) for key, value in node.items() if not _noise(key, value)}
    if any(one.get("type") == "number" for one in kept.get("anyOf", ())):
        kept = _only_number(kept)
    if "usual" in kept:
        least, most = kept.pop("usual")
        kept["description"] = f"Usually {least} to {most}; outside that `ehrpay rules validate` warns."
    if "properties" in kept:
        kept["properties"] = {key: _described(key, value) for key, value in kept["properties"].items()}
    return kept


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


def _described(key: str, node: dict[str, Any]) -> dict[str, Any]:
    if key in DATES:
        node = _dated(node)
    words = " ".join(text for text in (ABOUT.get(key, ""), node.get("description", "")) if text)
    return {"description": words} | {k: v for k, v in node.items() if k != "description"} if words else node


def _dated(node: dict[str, Any]) -> dict[str, Any]:
    if "anyOf" in node:
        return node | {"anyOf": [_dated(one) for one in node["anyOf"]]}
    return node | {"pattern": r"^\d{4}-\d{2}-\d{2}$"} if node.get("type") == "string" else node


def _without_required(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_required(one) for one in node]
    if isinstance(node, dict):
        return {
            key: _without_required(value)
            for key, value in node.items()
            if key != "required" or not isinstance(value, list)
        }
    return node
