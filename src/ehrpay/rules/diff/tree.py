"""Rule files as trees whose parts are found again by id, whatever line they stand on, for comparing two of them.

A tree may be of everything the files hold, or of what is in force on one date: then a dated list is the
newest of its values, and its date is no part of a name.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.folder import AREAS
from ehrpay.rules.overlay.merge import identity
from ehrpay.rules.shape.kinds import layout_at
from ehrpay.rules.shape.layout import Columns, Implied, SameYear, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ehrpay.rules.finding import RuleFile
    from ehrpay.rules.shape.layout import Layout, Path

    Files = Mapping[str, RuleFile]

BASE = "federal/gs-base.yaml"


class Evidence(NamedTuple):
    """What a thing says of its values: how they are known, their sources, since when they are in force."""

    basis: str
    sources: tuple[str, ...]
    effective: str


class Leaf(NamedTuple):
    """A value, its unit, and `file:line`."""

    value: Any
    unit: str
    where: str


class Item(NamedTuple):
    """A mapping or list: its parts by name, `file:line`, and the evidence it states."""

    parts: dict[str, Part]
    where: str
    evidence: Evidence | None = None


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
    for file in files.values():
        item = _Grower(file, day).top()
        joined = file.path in found and file.path.startswith(AREAS)
        found[file.path] = _joined(found[file.path], item) if joined else item
    return found


def root(file: RuleFile) -> str:
    """The first word of the names in a file: what it is about, else the file's own name."""
    key = layout_at(file.path).name
    own = file.path.rpartition("/")[2].removesuffix(".yaml")
    return str(file.data.get(key, own)) if key else own


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

    def __init__(self, file: RuleFile, day: Day | None) -> None:
        self._file, self._day = file, day

    def top(self) -> Item:
        """The file's tree."""
        return self._mapping(self._file.data, layout_at(self._file.path), (), root(self._file))

    def _node(self, value: Any, layout: Layout, path: Path) -> Node:
        if isinstance(value, dict):
            return self._mapping(value, layout, path)
        if isinstance(value, list):
            return self._list(value, layout, path)
        unit = layout.mark(Unit)
        return self._leaf(value, unit.text if unit else "", path)

    def _leaf(self, value: Any, unit: str, path: Path) -> Leaf:
        return Leaf(value, unit, self._file.where(*path))

    def _mapping(self, value: dict[str, Any], layout: Layout, path: Path, implied: str = "") -> Item:
        parts = {}
        for key, one in value.items():
            below = layout.below(key)
            label = "" if key == implied or below.has(Implied) else f".{key}"
            parts[str(key)] = Part(label, self._node(one, below, (*path, key)))
        evidence = None
        if "basis" in value:
            sources = tuple(map(str, value.get("sources") or ()))
            evidence = Evidence(str(value["basis"] or ""), sources, str(value.get("effective") or ""))
        return Item(parts, self._file.where(*path), evidence)

    def _list(self, values: list[Any], layout: Layout, path: Path) -> Node:
        columns = layout.mark(Columns)
        if columns:
            return Item(dict(self._rows(values, layout, path, columns)), self._file.where(*path))
        if not all(isinstance(one, dict) for one in values):
            return self._scalars(values, layout, path)
        parts = {}
        for at, name in self._chosen(values, layout):
            label = f".{name}" if _named(values[at], layout) else f"[{name}]" if name else ""
            parts[name] = Part(label, self._node(values[at], layout.below(at), (*path, at)))
        return Item(parts, self._file.where(*path))

    def _scalars(self, values: list[Any], layout: Layout, path: Path) -> Node:
        """Numbers one by one, as in waiting periods; words together, as in sources and aliases."""
        if not values or not all(is_number(one) for one in values):
            return self._leaf(tuple(map(str, values)), "", path)
        parts = {
            str(n): Part(f"[{n}]", self._node(one, layout.below(n), (*path, n - 1)))
            for n, one in enumerate(values, 1)
        }
        return Item(parts, self._file.where(*path))

    def _chosen(self, values: Sequence[dict[str, Any]], layout: Layout) -> Iterator[tuple[int, str]]:
        """The places of a list's things with their names; on a date, only what is in force."""
        if self._day is None:
            yield from _unique((at, _name(one, at)) for at, one in enumerate(values))
            return
        newest: dict[str, int] = {}
        for at, one in enumerate(values):
            name = _name(one, at)
            since = one.get("effective")
            if isinstance(since, str):
                if since > self._day.as_of or (layout.has(SameYear) and since[:4] != self._day.year):
                    continue
                if not _named(one, layout):
                    name = name.removeprefix(since).strip()
                    if name in newest and values[newest[name]]["effective"] > since:
                        continue
                    newest[name] = at
                    continue
            newest[f"{name}#{at}" if name in newest else name] = at
        yield from ((at, name) for name, at in newest.items())

    def _rows(
        self, rows: Sequence[Sequence[Any]], layout: Layout, path: Path, columns: Columns
    ) -> Iterator[tuple[str, Part]]:
        heads, seen = columns.heads, set[str]()
        for at, row in enumerate(rows):
            name = ".".join(map(str, row[:heads]))
            name = f"{name}#{at}" if name in seen else name
            seen.add(name)
            label = f"[{name}]"
            if layout.has(Implied):
                label = f".{name}" if heads > 1 else f".{columns.names[0]}-{name}"
            parts = {}
            for n in range(heads, min(len(row), len(columns.names))):
                unit = layout.at((at, n)).mark(Unit)
                text = columns.units[n] if columns.units else unit.text if unit else ""
                leaf = self._leaf(row[n], text, (*path, at, n))
                parts[columns.names[n]] = Part(f".{columns.names[n]}", leaf)
            yield name, Part(label, Item(parts, self._file.where(*path, at)))


def _named(one: dict[str, Any], layout: Layout) -> bool:
    return layout.each is not None and layout.each.name in one


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


def is_number(value: Any) -> bool:
    """Whether a value is a number of its own, no truth value."""
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)
