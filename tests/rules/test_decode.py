"""Rules that were kept as rows are the rules that were compiled, class by class."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from tests.each import each

from ehrpay import shipped
from ehrpay.domain.compiled.rules import Rules
from ehrpay.rules import decode, folder
from ehrpay.rules.pipeline import judged

SMALLER = "areas/states.yaml"
"""Whose wages tell as much as those of all areas."""


@cache
def compiled() -> tuple[dict[str, Any], Rules]:
    """The parts of the shipped rules as they are compiled, and the rules from their rows."""
    files = [
        one
        for one in folder.files(shipped.folder())
        if not one.path.startswith(folder.AREAS) or one.path == SMALLER
    ]
    core, areas = (judged(part, [folder.Layer("rules", files)]).compiled for part in folder.PARTS)
    rows, cells = (json.loads(json.dumps(part)) for part in (core, areas))
    return core | {"areas": areas}, decode.rules(rows, lambda: cells)


def plain(value: Any) -> Any:
    """Mappings and lists, with the class of each record before its values."""
    if isinstance(value, Mapping):
        return {key: plain(below) for key, below in value.items()}
    if isinstance(value, (list, tuple)):
        of = [type(value).__name__] if hasattr(value, "_fields") else []
        return [*of, *map(plain, value)]
    return value


@each("part", [name for name in Rules.__annotations__ if name not in ("areas", "federal")])
def test_a_part_is_what_was_compiled(part: str) -> None:
    made, rules = compiled()
    assert plain(getattr(rules, part)) == plain(made[part])


@each("part", ["areas", "federal"])
def test_a_part_of_several_files_has_what_each_says(part: str) -> None:
    made, rules = compiled()
    assert plain(getattr(rules, part)._asdict()) == plain(made[part])
