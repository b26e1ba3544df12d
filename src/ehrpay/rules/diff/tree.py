"""Rule files as trees whose parts are found again by id, whatever line they stand on, for comparing two of them.

A tree may be of everything the files hold, or of what is in force on one date: then a dated list is the
newest of its values, and its date is no part of a name.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.folder import AREAS, LAYER
from ehrpay.rules.overlay.merge import identity
from ehrpay.rules.shape.kinds import layout_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ehrpay.rules.rule_file import RuleFile
    from ehrpay.strict.marks import Marks

    Files = Mapping[str, RuleFile]

AREA_HEAD = ("area", "occupation")
SKIPPED = frozenset({"levels", "tables", "localities", "rows", "readings"})
"""Keys left out of a name, because the ids below them say enough."""
POINT = ("years", "factor", "low", "high")
ROWS: dict[str, tuple[str, ...]] = {
    "points": POINT,
    "tiers": ("saved", "percent"),
    "by_service": ("years", "days"),
}
"""The columns of rows that stand under a key; the first one names the row."""
BASE_ROW = ("grade", *(f"step-{step}" for step in range(1, 11)))
SAME_YEAR = frozenset({"percents", "caps"})
"""Lists that go with the base pay table of their own year and no other."""
BASE = "federal/gs-base.yaml"


class Leaf(NamedTuple):
    """A value and where it stands: the marks of its file and the path there."""

    value: Any
    marks: Marks
    path: tuple[Any, ...]

    @property
    def where(self) -> str:
        """`file:line`."""
        return self.marks.place(self.path)


class Item(NamedTuple):
    """A mapping or list: its parts by name. `label` is what a part adds to the name of what holds it."""

    parts: dict[str, Part]
    marks: Marks
    path: tuple[Any, ...]

    @property
    def where(self) -> str:
        """`file:line`."""
        return self.marks.place(self.path)


class Part(NamedTuple):
    """A part of an item: what it adds to the item's name, and what it is."""

    label: str
    node: Node


Node: TypeAlias = "Leaf | Item"


class Day(NamedTuple):
    """A date, and the year of the base pay table in force on it."""

    as_of: str
    year: str


def trees(files: Files, as_of: str | None = None) -> dict[str, Item]:
    """The tree of every file by path; with an ISO date, of what is in force then. Overlays' area files are joined."""
    day = None if as_of is None else Day(as_of, _pay_year(files, as_of))
    found: dict[str, Item] = {}
    for name, (_, data, marks) in files.items():
        path = name.partition(LAYER)[0]
        item = _Grower(marks, path, data, day).top()
        found[path] = _joined(found[path], item) if path in found and path.startswith(AREAS) else item
    return found


def root(path: str, data: Mapping[str, Any]) -> str:
    """The first word of the names in a file: what it is about, else the file's own name."""
    key = layout_at(path).name
    own = path.rpartition("/")[2].removesuffix(".yaml")
    return str(data.get(key, own)) if key else own


def _pay_year(files: Files, as_of: str) -> str:
    tables = files[BASE].data["tables"] if BASE in files else []
    return max((str(table["effective"])[:4] for table in tables if table["effective"] <= as_of), default="")


def _joined(below: Item, above: Item) -> Item:
    """Two trees as one: of a leaf in both the upper counts, except what heads a table of areas."""
    parts = dict(below.parts)
    for name, part in above.parts.items():
        old = parts.get(name)
        if old is None:
            parts[name] = part
        elif isinstance(old.node, Item) and isinstance(part.node, Item):
            parts[name] = Part(old.label, _joined(old.node, part.node))
        elif "rows" not in above.parts:
            parts[name] = part
    return below._replace(parts=parts)


class _Grower:
    """One file on its way to a tree."""

    def __init__(self, marks: Marks, path: str, data: dict[str, Any], day: Day | None) -> None:
        self._marks, self._path, self._data, self._day = marks, path, data, day
        self._root = root(path, data)

    def top(self) -> Item:
        """The file's tree."""
        parts = {}
        for key, value in self._data.items():
            label = "" if key == self._root or key in SKIPPED else f".{key}"
            parts[key] = Part(label, self._node(value, (key,), (key,)))
        return Item(parts, self._marks, ())

    def _node(self, value: Any, path: tuple[Any, ...], keys: tuple[str, ...]) -> Node:
        if isinstance(value, dict):
            parts = {}
            for key, one in value.items():
                label = "" if key in SKIPPED else f".{key}"
                parts[str(key)] = Part(label, self._node(one, (*path, key), (*keys, key)))
            return Item(parts, self._marks, path)
        if isinstance(value, list):
            return self._list(value, path, keys)
        return Leaf(value, self._marks, path)

    def _list(self, values: list[Any], path: tuple[Any, ...], keys: tuple[str, ...]) -> Node:
        columns = self._columns(keys)
        if columns:
            return Item(dict(self._rows(values, path, columns)), self._marks, path)
        if not all(isinstance(one, dict) for one in values):
            return self._scalars(values, path)
        parts = {}
        for at, name in self._chosen(values, keys[-1]):
            label = f".{name}" if self._named(values[at]) else f"[{name}]" if name else ""
            parts[name] = Part(label, self._node(values[at], (*path, at), (*keys, name)))
        return Item(parts, self._marks, path)

    def _scalars(self, values: list[Any], path: tuple[Any, ...]) -> Node:
        """Numbers one by one, as in waiting periods; words together, as in sources and aliases."""
        if not values or not all(_number(one) for one in values):
            return Leaf(tuple(map(str, values)), self._marks, path)
        parts = {
            str(n): Part(f"[{n}]", Leaf(one, self._marks, (*path, n - 1))) for n, one in enumerate(values, 1)
        }
        return Item(parts, self._marks, path)

    def _named(self, one: dict[str, Any]) -> bool:
        name = identity(one)
        return name is not None and name[0] in ("id", "code", "quarter")

    def _chosen(self, values: Sequence[dict[str, Any]], key: str) -> Iterator[tuple[int, str]]:
        """The places of a list's things with their names; on a date, only what is in force."""
        if self._day is None:
            yield from _unique((at, _name(one, at)) for at, one in enumerate(values))
            return
        newest: dict[str, int] = {}
        for at, one in enumerate(values):
            name = _name(one, at)
            since = one.get("effective")
            if isinstance(since, str):
                if since > self._day.as_of or (key in SAME_YEAR and since[:4] != self._day.year):
                    continue
                if not self._named(one):
                    name = name.removeprefix(since).strip()
                    if name in newest and values[newest[name]]["effective"] > since:
                        continue
                    newest[name] = at
                    continue
            newest[f"{name}#{at}" if name in newest else name] = at
        yield from ((at, name) for name, at in newest.items())

    def _columns(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        if keys[-1] == "rows":
            # Names of a table's columns stand in it; those of base pay are the grade and its steps.
            return BASE_ROW if self._path == BASE else self._table(keys)
        return ROWS.get(keys[-1], ())

    def _table(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        tables = self._data.get("tables") or [{}]
        return tuple(tables[0].get("columns") or ()) if keys[0] == "tables" else ()

    def _rows(
        self, rows: Sequence[Sequence[Any]], path: tuple[Any, ...], columns: tuple[str, ...]
    ) -> Iterator[tuple[str, Part]]:
        heads = 2 if columns[:2] == AREA_HEAD else 1
        seen: set[str] = set()
        for at, row in enumerate(rows):
            name = ".".join(str(cell) for cell in row[:heads])
            name = f"{name}#{at}" if name in seen else name
            seen.add(name)
            parts = {
                column: Part(f".{column}", Leaf(cell, self._marks, (*path, at, n)))
                for n, (column, cell) in enumerate(zip(columns, row, strict=False))
                if n >= heads
            }
            label = f".grade-{name}" if columns is BASE_ROW else f".{name}" if heads > 1 else f"[{name}]"
            yield name, Part(label, Item(parts, self._marks, (*path, at)))


def _name(one: dict[str, Any], at: int) -> str:
    """What a thing in a list is found again by: id, date, roles, what a way in asks for; else its place, from 1."""
    known = identity(one)
    if known is not None:
        return known[-1]
    if "grade" in one:
        # Not by its grade or years: they are what changes.
        return f"by {one.get('degree') or next(iter(one.get('certs') or []), 'years')}"
    return str(at + 1)


def _unique(named: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Names made different by a number where they are not (two ways in by one degree)."""
    seen: dict[str, int] = {}
    for at, name in named:
        seen[name] = seen.get(name, 0) + 1
        yield at, name if seen[name] == 1 else f"{name} #{seen[name]}"


def _number(value: Any) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)
