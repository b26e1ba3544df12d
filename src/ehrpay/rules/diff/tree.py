"""Rule files as trees whose parts are found again by id, whatever line they stand on, for comparing two of them.

A tree may be of everything the files hold, or of what is in force on one date: then a dated list is the
newest of its values, and its date is no part of a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.folder import AREAS
from ehrpay.rules.overlay.merge import identity
from ehrpay.rules.shape.kinds import layout_at
from ehrpay.rules.shape.layout import Columns, Implied, SameYear, Unit, is_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ehrpay.rules.finding import Passage, RuleFile

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


def trees(files: Files, as_of: str | None) -> dict[str, Item]:
    """The tree of every file by path; with an ISO date, of what is in force then. Overlays' area files are joined."""
    day = None if as_of is None else Day(as_of, _pay_year(files, as_of))
    found: dict[str, Item] = {}
    for file in files.values():
        item = _Grower(day).mapping(file.passage, root(file))
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
    """What makes passages of rule files trees, of all they hold or of what is in force on a day."""

    def __init__(self, day: Day | None) -> None:
        self._day = day

    def mapping(self, here: Passage, implied: str = "") -> Item:
        """The tree of a mapping; the key of an implied name adds nothing to names."""
        parts = {}
        for below in here.each():
            key = below.path[-1]
            label = "" if key == implied or below.layout.has(Implied) else f".{key}"
            parts[str(key)] = Part(label, self._node(below))
        evidence, value = None, here.data
        if "basis" in value:
            sources = tuple(map(str, value.get("sources") or ()))
            evidence = Evidence(str(value["basis"] or ""), sources, str(value.get("effective") or ""))
        return Item(parts, here.where, evidence)

    def _node(self, here: Passage) -> Node:
        if isinstance(here.data, dict):
            return self.mapping(here)
        if isinstance(here.data, list):
            return self._list(here)
        return _leaf(here)

    def _list(self, here: Passage) -> Node:
        columns = here.layout.mark(Columns)
        if columns:
            return Item(dict(_rows(here, columns)), here.where)
        if not all(isinstance(one, dict) for one in here.data):
            return self._scalars(here)
        parts = {}
        for below, name in self._chosen(here):
            label = f".{name}" if _named(below) else f"[{name}]" if name else ""
            parts[name] = Part(label, self._node(below))
        return Item(parts, here.where)

    def _scalars(self, here: Passage) -> Node:
        """Numbers one by one, as in waiting periods; words together, as in sources and aliases."""
        if not here.data or not all(map(is_number, here.data)):
            return Leaf(tuple(map(str, here.data)), "", here.where)
        numbers = enumerate(here.each(), 1)
        return Item({str(n): Part(f"[{n}]", self._node(below)) for n, below in numbers}, here.where)

    def _chosen(self, here: Passage) -> Iterator[tuple[Passage, str]]:
        """A list's things with their names; on a date, only what is in force."""
        if self._day is None:
            yield from _unique((below, _name(below)) for below in here.each())
            return
        newest: dict[str, Passage] = {}
        for below in here.each():
            name, since = _name(below), below.data.get("effective")
            if isinstance(since, str):
                if since > self._day.as_of or (here.layout.has(SameYear) and since[:4] != self._day.year):
                    continue
                if not _named(below):
                    name = name.removeprefix(since).strip()
                    if name not in newest or newest[name].data["effective"] <= since:
                        newest[name] = below
                    continue
            newest[f"{name}#{below.path[-1]}" if name in newest else name] = below
        yield from ((below, name) for name, below in newest.items())


def _leaf(here: Passage, unit: str = "") -> Leaf:
    own = here.layout.mark(Unit)
    return Leaf(here.data, unit or (own.text if own else ""), here.where)


def _rows(table: Passage, columns: Columns) -> Iterator[tuple[str, Part]]:
    heads, seen = columns.heads, set[str]()
    for row in table.each():
        name = ".".join(map(str, row.data[:heads]))
        name = f"{name}#{row.path[-1]}" if name in seen else name
        seen.add(name)
        label = f"[{name}]"
        if table.layout.has(Implied):
            label = f".{name}" if heads > 1 else f".{columns.names[0]}-{name}"
        parts = {}
        for n, column in enumerate(columns.names[: len(row.data)]):
            if n >= heads:
                unit = columns.units[n] if columns.units else ""
                parts[column] = Part(f".{column}", _leaf(row.at(n), unit))
        yield name, Part(label, Item(parts, row.where))


def _named(here: Passage) -> bool:
    return here.layout.name in here.data


def _name(here: Passage) -> str:
    """What a thing in a list is found again by: id, date, roles, what a way in asks for; else its place, from 1."""
    one, known = here.data, identity(here.data)
    if known is not None:
        return known[-1]
    if "grade" in one:
        # Not by its grade or years: they are what changes.
        return f"by {one.get('degree') or next(iter(one.get('certs') or []), 'years')}"
    return str(here.path[-1] + 1)


def _unique(named: Iterator[tuple[Passage, str]]) -> Iterator[tuple[Passage, str]]:
    """Names made different by a number where they are not (two ways in by one degree)."""
    seen: dict[str, int] = {}
    for here, name in named:
        seen[name] = seen.get(name, 0) + 1
        yield here, name if seen[name] == 1 else f"{name} #{seen[name]}"
