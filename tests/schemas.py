"""The committed schema of what a command prints as JSON, itself checked once."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator

FOLDER = Path(__file__).parents[1] / "schema"


@cache
def contract(name: str) -> Draft202012Validator:
    """What refuses JSON that is not as `schema/NAME.schema.json` says."""
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)
