"""Laying an overlay's data over the data below; every value of the result keeps the spot it came from.

The one rule: mappings are completed key by key; things in a list are found again by `id`, `code`, `quarter`,
or, where dated, by `effective` with `series` and `roles`; whatever carries its own `sources` is replaced
whole, so that a number never borrows the source of another; everything else is replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.errors import shown
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.shape.kinds import ITEM_NAMES, KINDS
from ehrpay.strict.marks import Branch, problem, spot_of

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable

    from ehrpay.strict.marks import SourceFile
    from ehrpay.strict.problem import Problem

REPEATED = frozenset({*ITEM_NAMES, *(kind.layout.name for kind in KINDS), "roles"})
"""Keys that an overlay repeats to say what it means."""
PASSED = frozenset({"levels", "values", "occupations", "localities", "tables", "percents"})
"""Keys that a thing's id says already."""


class Value(NamedTuple):
    """Data, and the tree of the spots it stands at: a node of `strict.marks`, with parts of several files."""

    data: Any
    node: Any

    @property
    def file(self) -> SourceFile:
        """The file that the value itself stands in; parts of it may stand in others."""
        file: SourceFile = spot_of(self.node)[0]
        return file

    @property
    def items(self) -> Any:
        """The spots of what is in it."""
        return self.node.items if isinstance(self.node, Branch) else {}

    @property
    def text(self) -> str:
        """Where it stands, and what it is if that is short."""
        file, line, _, _ = spot_of(self.node)
        place = f"{file.path}:{line + 1}"
        return place if isinstance(self.data, (dict, list)) else f"{self.data} ({place})"


class Conflict(NamedTuple):
    """Two overlays that say different things of one value: what, and the two texts with their places."""

    about: str
    lost: str
    won: str

    @property
    def sentence(self) -> str:
        """Both places, and which one acts."""
        return f"overlays differ on {self.about}: {self.won} is used, not {self.lost}"


class Merge:
    """One overlay's file being laid over what is below it."""

    def __init__(self, path: str, base: Collection[SourceFile]) -> None:
        """Keep the file's path below the folder of rules, and the files that belong to no overlay."""
        self._path, self._base = path, base
        self.conflicts: list[Conflict] = []
        self.problems: list[Problem] = []

    def mapping(self, below: Value, over: Value, trail: tuple[str, ...] = ()) -> Value:
        """A mapping completed key by key; the top level of a file always is one."""
        data, items = dict(below.data), dict(below.items)
        for key, (spot, node) in over.items.items():
            new = made = Value(over.data[key], node)
            if key in data:
                made = self._laid(Value(data[key], items[key][1]), new, (*trail, key))
            # A key stands where its value does: with the overlay's value goes the overlay's key.
            kept = key in items and made.file is not new.file
            data[key] = made.data
            items[key] = (items[key][0] if kept else spot), made.node
        return Value(data, Branch(spot_of(below.node), items))

    def _laid(self, below: Value, over: Value, trail: tuple[str, ...]) -> Value:
        old, new = below.data, over.data
        if isinstance(old, dict) and isinstance(new, dict) and "sources" not in old and "sources" not in new:
            return self.mapping(below, over, trail)
        if isinstance(old, list) and isinstance(new, list) and old and all(map(identity, old)):
            return self._list(below, over, trail)
        if old == new and trail[-1] in REPEATED:
            # What only says which thing is meant leaves the thing where it was.
            return below
        if below.file not in self._base and old != new:
            self._conflict(below, over, trail)
        return over

    def _list(self, below: Value, over: Value, trail: tuple[str, ...]) -> Value:
        parts = [Value(*pair) for pair in zip(below.data, below.items, strict=True)]
        places = {identity(part.data): i for i, part in enumerate(parts)}
        seen: set[Hashable] = set()
        for new in map(Value, over.data, over.items):
            name = identity(new.data)
            if name is not None and name in seen:
                code = "E301" if name[0] == "effective" else "E304"
                message = f"{shown(name[-1])} appears twice in this list"
                self.problems.append(problem(code, spot_of(new.node), message))
            seen.add(name)
            if name in places:
                at = places[name]
                parts[at] = self._laid(parts[at], new, (*trail, name[-1] if name else ""))
            else:
                parts.append(new)
        parts.sort(key=_date)
        return Value(
            [part.data for part in parts], Branch(spot_of(below.node), [part.node for part in parts])
        )

    def _conflict(self, old: Value, new: Value, trail: tuple[str, ...]) -> None:
        """Note a difference at the first key that differs, where the value has keys."""
        if isinstance(old.data, dict) and isinstance(new.data, dict):
            for key, value in old.data.items():
                if key in new.data and new.data[key] != value:
                    old = Value(value, old.items[key][1])
                    new = Value(new.data[key], new.items[key][1])
                    trail = (*trail, key)
                    break
        about = " ".join(step for step in trail if step not in PASSED) or self._path
        self.conflicts.append(Conflict(about, old.text, new.text))


def identity(item: Any) -> tuple[str, ...] | None:
    """What a thing in a list is found again by, the words for it last; None where it has no such thing."""
    if not isinstance(item, dict):
        return None
    for key in ITEM_NAMES:
        if isinstance(item.get(key), str):
            return key, item[key]
    roles = item.get("roles")
    held = ",".join(map(str, roles)) if isinstance(roles, list) else ""
    if isinstance(item.get("effective"), str):
        words = " ".join(word for word in (item["effective"], str(item.get("series") or ""), held) if word)
        return "effective", words
    return ("roles", held) if held else None


def _date(part: Value) -> str:
    """Dated values in order of their dates; a list of other things stays as it is."""
    name = identity(part.data) or ("",)
    return str(part.data[name[0]]) if name[0] in ("effective", "quarter") else ""
