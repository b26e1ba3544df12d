"""Ids: what the values of a file refer to is defined, and each thing once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.names import folded
from ehrpay.domain.profile import LEVELS
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.finding import Finding, items, twice, unknown
from ehrpay.rules.folder import LAYER
from ehrpay.rules.shape.adjustments import NEEDED
from ehrpay.rules.shape.kinds import KINDS, kind_of, layout_at
from ehrpay.rules.shape.layout import Ref, Rules, branches, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.rules.finding import Files
    from ehrpay.rules.shape.layout import Layout, Path

FACT_OF = Ref("occupation", "describes its demand")
BUILT_IN = ("base", "area", "location", "ageing", "order", "cap")
SEVERAL, NOTHING = frozenset(field.name for field in LEVELS if field.several), "none"
"""The inputs that take several levels, and the word that says none of them."""


class Reference(NamedTuple):
    """Ids at one path: a single one, the items of a list, or the keys of a mapping; and the step to each."""

    path: Path
    ref: Ref
    ids: list[Any]
    steps: list[Path]


def references(file: str, data: dict[str, Any]) -> Iterator[Reference]:
    """Every reference of a file, in its order; tolerant of data of a wrong shape."""
    for path, value, layout in walk(data, layout_at(file)):
        ref = _ref(path, value, layout)
        # The levels of an adjustment by occupation are facts of occupations.
        if path[0] == "levels" and path[-1] == "id" and data.get("input") == "occupation":
            ref = FACT_OF
        if ref:
            if isinstance(value, dict):
                yield Reference(path, ref, list(value), [(key,) for key in value])
            elif isinstance(value, list):
                yield Reference(path, ref, value, [(i,) for i in range(len(value))])
            else:
                yield Reference(path, ref, [value], [()])


def _ref(path: Path, value: Any, layout: Layout) -> Ref | None:
    if isinstance(value, list):
        return layout.each.mark(Ref) if layout.each else None
    if isinstance(value, dict):
        return layout.key.mark(Ref) if layout.key else None
    # Items of a list are reported with the list.
    return layout.mark(Ref) if isinstance(path[-1], str) and value else None


def adjustments(files: Files) -> dict[str, tuple[str, dict[str, Any]]]:
    """The adjustments by id: the file each stands in, and its data."""
    return {
        data["adjustment"]: (file, data)
        for file, data in files.items()
        if file.startswith("adjustments/") and data
    }


def links(files: Files, known: Files) -> Iterator[Finding]:
    """Every id that is spoken of is defined: sources, steps, occupations, roles, credentials, agencies and more."""
    defined, others = _ids(known), _other_names(known)
    for file, data in files.items():
        for path, ref, ids, _ in references(file, data):
            if ref.kind in defined:
                yield from unknown(file, path, ids, defined[ref.kind], ref.kind, others.get(ref.kind, {}))


def _ids(known: Files) -> dict[str, list[str]]:
    """The ids of each kind; a kind that a file with errors may add to is left out."""
    made = adjustments(known)
    broken = {file.partition("/")[0] for file, data in known.items() if not data}
    found: dict[str, list[str]] = {}
    for kind in KINDS:
        if kind.path not in broken:
            data = known.get(kind.path, {})
            for key, layout in kind.layout.keys.items():
                rules, each = layout.mark(Rules), layout.each
                if rules and each:
                    found[rules.kind] = [raw[each.name] for raw in data.get(key, ())]
    if "sources.yaml" not in known:
        found.pop("source", None)
    if "adjustments" not in broken:
        found["step"] = [*BUILT_IN, *made]
    if "agencies" not in broken:
        found["agency"] = [data["agency"] for _, data in _agencies(known)]
    for id_, needed in NEEDED.items():
        if needed.level and id_ in made:
            found[needed.level] = [level["id"] for level in made[id_][1].get("levels", [])]
    return found


def _other_names(known: Files) -> dict[str, dict[str, str]]:
    """What people type for the levels and agencies of each kind, folded, and the id that it means."""
    made = adjustments(known)
    things = {
        needed.level: [(level["id"], level) for level in made[id_][1].get("levels") or []]
        for id_, needed in NEEDED.items()
        if needed.level and id_ in made
    }
    things["agency"] = [(data["agency"], data) for _, data in _agencies(known) if data]
    return {
        kind: {folded(name): id_ for id_, one in each for name in (one["name"], *(one.get("aliases") or []))}
        for kind, each in things.items()
    }


def once(files: Files) -> Iterator[Finding]:
    """No two files are of the same thing, and in no list two items have one id."""
    seen: dict[tuple[str, str], str] = {}
    for file, data in files.items():
        kind = kind_of(file)
        key = kind.layout.name if kind else ""
        if kind and key:
            # An overlay's area file stands beside the one it is laid over.
            below = file.partition(LAYER)[0]
            other = seen.setdefault((kind.name, data[key]), below)
            if other != below:
                message = f"{key} '{data[key]}' is defined in two files"
                yield Finding(file, (key,), "E304", message, other=(other, (key,)))
        for path, value, layout in branches(data, layout_at(file)):
            if isinstance(value, list) and layout.each and layout.each.name:
                yield from twice(file, path, value, layout.each.name)


def names(files: Files) -> Iterator[Finding]:
    """No name of a level or agency means two things, or none held where several may be."""
    for file, data in files.items():
        if file.startswith("adjustments/"):
            levels = [(file, path, level) for path, level in items(data, "levels")]
            yield from _ambiguous(levels)
            if data["input"] in SEVERAL:
                yield from _none(levels)
    yield from _ambiguous([(file, (), data) for file, data in _agencies(files)], "agency")


def _agencies(files: Files) -> list[tuple[str, dict[str, Any]]]:
    return [(file, data) for file, data in files.items() if file.startswith("agencies/")]


def _none(things: list[tuple[str, Path, dict[str, Any]]]) -> Iterator[Finding]:
    for file, path, thing in things:
        for at, name in _names(path, thing):
            if folded(name) == NOTHING:
                yield Finding(file, at, "E304", f"'{name}' already means no credential or system")


def _ambiguous(things: list[tuple[str, Path, dict[str, Any]]], key: str = "id") -> Iterator[Finding]:
    seen: dict[str, tuple[str, Path, str]] = {}
    for file, path, thing in things:
        titles = (
            name for at, one in items(thing, "titles", path=path) for name in items(one, "names", path=at)
        )
        for at, name in (*_names(path, thing, key), *titles):
            other = seen.setdefault(folded(name), (file, at, thing[key]))
            if other[2] != thing[key]:
                message = f"'{name}' already means '{other[2]}'"
                yield Finding(file, at, "E304", message, other=other[:2])


def _names(path: Path, thing: dict[str, Any], key: str = "id") -> Iterator[tuple[Path, str]]:
    """The id of a thing and its aliases, with their places."""
    yield (*path, key), thing[key]
    yield from items(thing, "aliases", path=path)
