"""Laying an overlay's data over the data below, with a mark for every value of the result.

The one rule: mappings are completed key by key; things in a list are found again by `id`, `code`, `quarter`,
or, where dated, by `effective` with `series` and `roles`; whatever carries its own `sources` is replaced
whole, so that a number never borrows the source of another; everything else is replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.errors import shown
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.overlay.marks import Graft, spot
from ehrpay.rules.shape.kinds import ITEM_NAMES, KINDS
from ehrpay.strict.marks import Branch

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ehrpay.strict.marks import Page
    from ehrpay.strict.problem import Problem

SAID_AGAIN = frozenset({*ITEM_NAMES, *(kind.named_by for kind in KINDS), "roles"})
"""Keys that an overlay repeats to say what it means."""


class Value(NamedTuple):
    """Data, and the tree of the spots it stands at: a node of `strict.marks`, with grafts anywhere in it."""

    data: Any
    node: Any


class Fight(NamedTuple):
    """Two overlays that say different things of one value: what, and the two texts with their places."""

    about: str
    lost: str
    won: str

    @property
    def sentence(self) -> str:
        """Both places, and which one acts."""
        return f"overlays differ on {self.about}: {self.won} acts, not {self.lost}"


class Over:
    """One overlay's file being laid over what is below it."""

    def __init__(self, page: Page, file: str) -> None:
        """Keep the overlay's page, and the file's path below the folder of rules."""
        self._page, self._file = page, file
        self.fights: list[Fight] = []
        self.problems: list[Problem] = []

    def whole(self, below: Value, over: Value) -> Value:
        """The file's top level, always completed key by key."""
        if isinstance(below.node, Graft):
            return self._inside(below, below.node, over, ())
        return self._mapping(below, over, (), None)

    def _laid(self, below: Value, over: Value, trail: tuple[str, ...], owner: Page | None) -> Value:
        """One value; `owner` is the overlay that the value below came from, None for the base."""
        if isinstance(below.node, Graft):
            return self._inside(below, below.node, over, trail)
        old, new = below.data, over.data
        if isinstance(old, dict) and isinstance(new, dict) and "sources" not in old and "sources" not in new:
            return self._mapping(below, over, trail, owner)
        if isinstance(old, list) and isinstance(new, list) and old and all(map(identity, old)):
            return self._list(below, over, trail, owner)
        if old == new and trail[-1] in SAID_AGAIN:
            # What only says which thing is meant leaves the thing where it was.
            return below
        if owner is not None and old != new:
            self._fight(below, over, trail, owner)
        return Value(new, Graft(self._page, over.node))

    def _inside(self, below: Value, graft: Graft, over: Value, trail: tuple[str, ...]) -> Value:
        """The same for a value that an earlier overlay brought; it stays that overlay's where it is kept."""
        inner = Value(below.data, graft.node)
        made = (
            self._laid(inner, over, trail, graft.page)
            if trail
            else self._mapping(inner, over, (), graft.page)
        )
        return made if isinstance(made.node, Graft) else Value(made.data, Graft(graft.page, made.node))

    def _mapping(self, below: Value, over: Value, trail: tuple[str, ...], owner: Page | None) -> Value:
        data, items = dict(below.data), dict(_items(below.node))
        for key, (key_spot, node) in _items(over.node).items():
            new = Value(over.data[key], node)
            if key in data:
                old = Value(data[key], items[key][1])
                made = self._laid(old, new, (*trail, key), owner)
            else:
                made = Value(new.data, Graft(self._page, new.node))
            mine = isinstance(made.node, Graft) and made.node.page is self._page
            data[key] = made.data
            items[key] = (key_spot if mine or key not in items else items[key][0]), made.node
        return Value(data, Branch(spot(below.node), items))

    def _list(self, below: Value, over: Value, trail: tuple[str, ...], owner: Page | None) -> Value:
        parts = [Value(*pair) for pair in zip(below.data, _items(below.node), strict=True)]
        places = {identity(part.data): i for i, part in enumerate(parts)}
        seen: set[Hashable] = set()
        for new in map(Value, over.data, _items(over.node)):
            name = identity(new.data)
            if name is not None and name in seen:
                self._twice(new, name)
            if name is not None:
                seen.add(name)
            if name in places:
                at = places[name]
                parts[at] = self._laid(parts[at], new, (*trail, name[-1] if name else ""), owner)
            else:
                parts.append(Value(new.data, Graft(self._page, new.node)))
        parts.sort(key=_date)
        return Value([part.data for part in parts], Branch(spot(below.node), [part.node for part in parts]))

    def _twice(self, new: Value, name: tuple[str, ...]) -> None:
        code = "E301" if name[0] == "effective" else "E304"
        self.problems.append(
            self._page.problem(code, spot(new.node), f"{shown(name[-1])} stands twice in this list")
        )

    def _fight(self, below: Value, over: Value, trail: tuple[str, ...], owner: Page) -> None:
        """Note a difference at the first key that differs, where the value has keys."""
        old, new = below, over
        if isinstance(old.data, dict) and isinstance(new.data, dict):
            for key, value in old.data.items():
                if key in new.data and new.data[key] != value:
                    old = Value(value, _items(old.node)[key][1])
                    new = Value(new.data[key], _items(new.node)[key][1])
                    trail = (*trail, key)
                    break
        about = " ".join(step for step in trail if step not in PASSED) or self._file
        self.fights.append(Fight(about, _told(old, owner), _told(new, self._page)))


PASSED = frozenset({"levels", "values", "occupations", "localities", "tables", "percents"})
"""Keys that a thing's id says already."""


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


def _items(node: Any) -> Any:
    if isinstance(node, Graft):
        return _items(node.node)
    return node.items if isinstance(node, Branch) else {}


def _told(value: Value, page: Page) -> str:
    place = f"{page.path}:{page.span(spot(value.node)).line}"
    return place if isinstance(value.data, (dict, list)) else f"{value.data} ({place})"
