"""What differs between two sets of rule files: every value by its rule, not by its line."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ehrpay.domain.review.changes import ADDED, CHANGED, REMOVED, Change, Told
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.diff.tree import Item, Leaf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ehrpay.domain.review.changes import Shown
    from ehrpay.rules.diff.tree import Node, Part

UNITS = {
    "factor": "factor", "low": "factor", "high": "factor", "fall_back": "factor",
    "p10": "dollars a year", "p25": "dollars a year", "p50": "dollars a year", "p75": "dollars a year",
    "p90": "dollars a year", "cap": "dollars a year", "min": "dollars a year", "max": "dollars a year",
    "employment": "people", "percent": "percent", "saved": "percent", "months": "months", "years": "years",
    "grade": "grade", "value": "index points", "days": "days",
}  # fmt: skip
"""The unit of a number by the key it stands under."""
UNITS_ABOVE = {"narrow": "factor", "weeks": "weeks", "grades": "grade"}
"""The unit of a number by the key above it."""
BY_FILE = {("benefits.yaml", "hours"): "hours a week", ("federal/gs-rules.yaml", "hours"): "hours a year"}
MAIN = (
    "factor",
    "percent",
    "cap",
    "p50",
    "value",
    "hours",
    "days",
    "min",
    "grade",
    "fall_back",
    "title",
    "name",
)
"""The value that stands for a thing added or removed, the first that it has."""
DATED = frozenset({"effective", "review_by"})
"""Keys that say when: between two dates they differ with every value in force and are told beside it."""
NUMBER = re.compile(r"\d{2,4}(\.\d{1,3})?")


class _Place(NamedTuple):
    """Where a comparison is: the name so far, the keys, the nearest cited things on both sides."""

    name: str
    keys: tuple[str, ...]
    old: Item | None
    new: Item | None


def changes(
    old: Mapping[str, Item], new: Mapping[str, Item], roots: Mapping[str, str], *, dates: bool
) -> list[Change]:
    """Every difference, file by file. `roots` name the files; `dates` leaves out what only says when."""
    found: list[Change] = []
    for path in sorted({*old, *new}):
        here = _Place(roots[path], (path,), None, None)
        found += _differ(old.get(path), new.get(path), here)
    return [one for one in found if one.keys[-1] not in DATED] if dates else found


def _differ(old: Node | None, new: Node | None, at: _Place) -> Iterator[Change]:
    if isinstance(old, Item) and isinstance(new, Item):
        inside = at._replace(old=_cited(old, at.old), new=_cited(new, at.new))
        for key in dict.fromkeys([*old.parts, *new.parts]):
            before, after = old.parts.get(key), new.parts.get(key)
            part: Any = before or after
            below = inside._replace(name=at.name + part.label, keys=(*at.keys, key))
            yield from _differ(_node(before), _node(after), below)
        return
    if isinstance(old, Leaf) and isinstance(new, Leaf) and old.value == new.value:
        return
    yield _change(old, new, at)


def _node(part: Part | None) -> Node | None:
    return None if part is None else part.node


def _cited(item: Item, above: Item | None) -> Item | None:
    return item if "basis" in item.parts else above


def _change(old: Node | None, new: Node | None, at: _Place) -> Change:
    kind = ADDED if old is None else REMOVED if new is None else CHANGED
    there: Any = new if old is None else old
    return Change(
        at.name,
        kind,
        _unit(there, at.keys),
        _told(old, at.old),
        _told(new, at.new),
        at.keys,
        any(_holds_number(node) for node in (old, new)),
        max(_size(node) for node in (old, new)),
    )


def _told(node: Node | None, cited: Item | None) -> Told:
    if node is None:
        return Told()
    about = _cited(node, cited) if isinstance(node, Item) else cited
    parts = {} if about is None else about.parts
    said = {key: part.node.value for key, part in parts.items() if isinstance(part.node, Leaf)}
    sources = said.get("sources") or ()
    return Told(
        _summary(node), node.where, said.get("basis") or "", tuple(sources), str(said.get("effective") or "")
    )


def _summary(node: Node) -> Shown:
    """A value as it is shown; of a thing its main value, or how many values it holds."""
    if isinstance(node, Leaf):
        return shown(node.value)
    for key in MAIN:
        part = node.parts.get(key)
        if part is not None and isinstance(part.node, Leaf) and part.node.value is not None:
            return f"{key} {shown(part.node.value)}"
    size = _size(node)
    return f"{size:,} value{'s' if size != 1 else ''}"


def shown(value: Any) -> Shown:
    """A whole number as it is, a decimal as its text, words in a list, true and false as words."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None or isinstance(value, int):
        return value
    return list(value) if isinstance(value, tuple) else str(value)


def _size(node: Node | None) -> int:
    if node is None:
        return 0
    return sum(_size(part.node) for part in node.parts.values()) if isinstance(node, Item) else 1


def _holds_number(node: Node | None) -> bool:
    if isinstance(node, Item):
        return any(_holds_number(part.node) for part in node.parts.values())
    if node is None or isinstance(node.value, bool):
        return False
    # The wage index is written in quotes, so that its digits stay as published.
    reading = node.path[-1] == "value" and isinstance(node.value, str) and NUMBER.fullmatch(node.value)
    return isinstance(node.value, (int, Decimal)) or bool(reading)


def _unit(node: Node, keys: tuple[str, ...]) -> str:
    if isinstance(node, Item) or not _holds_number(node):
        return ""
    if (keys[0], keys[-1]) in BY_FILE:
        return BY_FILE[keys[0], keys[-1]]
    if keys[-1].startswith("step-"):
        return "dollars a year"
    return UNITS.get(keys[-1]) or next((UNITS_ABOVE[key] for key in keys[-2:-1] if key in UNITS_ABOVE), "")
