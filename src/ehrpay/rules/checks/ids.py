"""Ids: what the values of a file refer to is defined, and each thing once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.names import folded
from ehrpay.domain.profile import LEVELS
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.finding import Finding, twice, unknown
from ehrpay.rules.folder import LAYER
from ehrpay.rules.shape.adjustments import NEEDED
from ehrpay.rules.shape.kinds import KINDS, kind_of, layout_at
from ehrpay.rules.shape.layout import Ref, Rules, branches, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.rules.finding import Files, Passage
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


def adjustments(files: Files) -> dict[str, Passage]:
    """The adjustments by id."""
    return {here.data["adjustment"]: here for here in files.within("adjustments/") if here.data}


def links(files: Files, known: Files) -> Iterator[Finding]:
    """Every id that is spoken of is defined: sources, steps, occupations, roles, credentials, agencies and more."""
    defined, others = _ids(known), _other_names(known)
    for file, here in files.items():
        for path, ref, ids, _ in references(file, here.data):
            if ref.kind in defined and any(id_ not in defined[ref.kind] for id_ in ids):
                names = others.get(ref.kind, {})
                yield from unknown(here.below(path), ids, defined[ref.kind], ref.kind, names)


def _ids(known: Files) -> dict[str, list[str]]:
    """The ids of each kind; a kind that a file with errors may add to is left out."""
    made = adjustments(known)
    broken = {file.partition("/")[0] for file, here in known.items() if not here.data}
    found: dict[str, list[str]] = {}
    for kind in KINDS:
        if kind.path not in broken:
            for key, layout in kind.layout.keys.items():
                rules, each = layout.mark(Rules), layout.each
                if rules and each:
                    found[rules.kind] = [one.data[each.name] for one in known[kind.path].items(key)]
    if "sources.yaml" not in known:
        found.pop("source", None)
    if "adjustments" not in broken:
        found["step"] = [*BUILT_IN, *made]
    if "agencies" not in broken:
        found["agency"] = [here.data["agency"] for here in known.within("agencies/")]
    for id_, needed in NEEDED.items():
        if needed.level and id_ in made:
            found[needed.level] = [level.data["id"] for level in made[id_].items("levels")]
    return found


def _other_names(known: Files) -> dict[str, dict[str, str]]:
    """What people type for the levels and agencies of each kind, folded, and the id that it means."""
    made = adjustments(known)
    things = {
        needed.level: [(level.data["id"], level.data) for level in made[id_].items("levels")]
        for id_, needed in NEEDED.items()
        if needed.level and id_ in made
    }
    agencies = (here.data for here in known.within("agencies/"))
    things["agency"] = [(data["agency"], data) for data in agencies if data]
    return {
        kind: {folded(name): id_ for id_, one in each for name in (one["name"], *(one.get("aliases") or []))}
        for kind, each in things.items()
    }


def once(files: Files) -> Iterator[Finding]:
    """No two files are of the same thing, and in no list two items have one id."""
    seen: dict[tuple[str, str], tuple[str, Passage]] = {}
    for file, here in files.items():
        kind = kind_of(file)
        key = kind.layout.name if kind else ""
        if kind and key:
            name = here.at(key)
            # An overlay's area file stands beside the one it is laid over.
            below = file.partition(LAYER)[0]
            other, before = seen.setdefault((kind.name, name.data), (below, name))
            if other != below:
                yield Finding(name, "E304", f"{key} '{name.data}' is defined in two files", other=before)
        for path, value, layout in branches(here.data, layout_at(file)):
            if isinstance(value, list) and layout.each and layout.each.name:
                yield from twice(here.below(path), layout.each.name)


def names(files: Files) -> Iterator[Finding]:
    """No name of a level or agency means two things, or none held where several may be."""
    for here in files.within("adjustments/"):
        levels = list(here.items("levels"))
        yield from _ambiguous(levels)
        if here.data["input"] in SEVERAL:
            yield from _none(levels)
    yield from _ambiguous(files.within("agencies/"), "agency")


def _none(things: list[Passage]) -> Iterator[Finding]:
    for name in (name for thing in things for name in (thing.at("id"), *thing.items("aliases"))):
        if folded(name.data) == NOTHING:
            yield Finding(name, "E304", f"'{name.data}' already means no credential or system")


def _ambiguous(things: list[Passage], key: str = "id") -> Iterator[Finding]:
    seen: dict[str, tuple[Passage, str]] = {}
    for thing in things:
        id_ = thing.data[key]
        for name in (thing.at(key), *thing.items("aliases"), *thing.items("titles", "names")):
            other, theirs = seen.setdefault(folded(name.data), (name, id_))
            if theirs != id_:
                yield Finding(name, "E304", f"'{name.data}' already means '{theirs}'", other=other)
