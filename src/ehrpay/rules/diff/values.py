"""What differs between two sets of rule files: every value by its rule, not by its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ehrpay.domain.review.changes import ADDED, CHANGED, REMOVED, Change, OneSide
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.diff.tree import Item, Leaf
from ehrpay.rules.shape.layout import is_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ehrpay.domain.review.changes import Shown
    from ehrpay.rules.diff.tree import Evidence, Node

MAIN = (
    "factor", "percent", "cap", "p50", "value", "hours", "days", "min", "grade", "fall_back", "title", "name",
)  # fmt: skip
"""The value that stands for a thing added or removed, the first that it has."""
DATED = frozenset({"effective", "review_by"})
"""Keys that say when: between two dates they differ with every value in force and are shown beside it."""
NUMBER = re.compile(r"\d{2,4}(\.\d{1,3})?")


class _Place(NamedTuple):
    """Where a comparison is: the name so far, the keys, the nearest evidence on both sides."""

    name: str
    keys: tuple[str, ...]
    old: Evidence | None = None
    new: Evidence | None = None


def changes(
    old: Mapping[str, Item], new: Mapping[str, Item], roots: Mapping[str, str], *, dates: bool
) -> list[Change]:
    """Every difference, file by file. `roots` name the files; `dates` leaves out what only says when."""
    found: list[Change] = []
    for path in sorted({*old, *new}):
        found += _differ(old.get(path), new.get(path), _Place(roots[path], (path,)))
    return [one for one in found if one.keys[-1] not in DATED] if dates else found


def _differ(old: Node | None, new: Node | None, at: _Place) -> Iterator[Change]:
    at = at._replace(old=_evidence(old) or at.old, new=_evidence(new) or at.new)
    if isinstance(old, Item) and isinstance(new, Item):
        for key, part in (old.parts | new.parts).items():
            below = at._replace(name=at.name + part.label, keys=(*at.keys, key))
            before, after = old.parts.get(key), new.parts.get(key)
            yield from _differ(before and before.node, after and after.node, below)
    elif not (isinstance(old, Leaf) and isinstance(new, Leaf) and old.value == new.value):
        yield _change(old, new, at)


def _evidence(node: Node | None) -> Evidence | None:
    return node.evidence if isinstance(node, Item) else None


def _change(old: Node | None, new: Node | None, at: _Place) -> Change:
    kind = ADDED if old is None else REMOVED if new is None else CHANGED
    shown = new if old is None else old
    return Change(
        id=at.name,
        kind=kind,
        unit=shown.unit if isinstance(shown, Leaf) and _holds_number(shown) else "",
        old=_side(old, at.old),
        new=_side(new, at.new),
        keys=at.keys,
        numeric=_holds_number(old) or _holds_number(new),
        size=max(_size(old), _size(new)),
    )


def _side(node: Node | None, evidence: Evidence | None) -> OneSide:
    if node is None:
        return OneSide()
    dated = _dated(node)
    return OneSide(_summary(node), node.where, *(evidence or (dated and dated[-1].evidence) or ()))


def _summary(node: Node) -> Shown:
    """A value as it is shown; of a thing its main value, or how many values it holds."""
    if isinstance(node, Leaf):
        return shown(node.value)
    main = next((key for key in MAIN if _value(node, key) is not None), None)
    if main is None:
        size = _size(node)
        return f"{size:,} value{'s' if size != 1 else ''}"
    text = f"{main} {_value(node, main)}"
    if main == "min":
        return f"{text}, max {_value(node, 'max')}"
    dated = _dated(node)
    more = f" and {len(dated) - 1:,} more" if len(dated) > 1 else ""
    return f"{text}; {_summary(dated[-1])}{more}" if dated else text


def _value(item: Item, key: str) -> Shown:
    """What is shown of a value right below a thing; None where there is no single one."""
    part = item.parts.get(key)
    return shown(part.node.value) if part is not None and isinstance(part.node, Leaf) else None


def _dated(node: Node) -> list[Item]:
    """The dated values of a thing that has a name: the last is the newest."""
    lists = [part.node for part in node.parts.values()] if isinstance(node, Item) else []
    items = (part.node for one in lists if isinstance(one, Item) for part in one.parts.values())
    return [one for one in items if isinstance(one, Item) and one.evidence and one.evidence.effective]


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
    if node is None or is_number(node.value):
        return node is not None
    # The wage index is written in quotes, so that its digits stay as published.
    return bool(node.unit and isinstance(node.value, str) and NUMBER.fullmatch(node.value))
