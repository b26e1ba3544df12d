"""Ids: each is defined once, and what is spoken of is defined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.names import folded
from ehrpay.rules.checks.finding import Finding, adjustments, unknown, walk
from ehrpay.rules.folder import LAYER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.rules.checks.finding import Files, Path

BUILT_IN = ("base", "area", "location", "ageing", "cap")
HEADS = {"adjustments/": "adjustment", "agencies/": "agency", "areas/": "kind"}
"""The key that says what a file of a folder is of; two files must not say the same."""

NAMES = ("id", "code")
SEVERAL, NOTHING = frozenset({"certs", "ehr"}), "none"
"""The inputs that take several levels, and the word that says none of them."""
LINKED = {
    "occupation": "occupation",
    "applies_to": "occupation",
    "roles": "role",
    "excluded_roles": "role",
    "same_as": "credential",
    "certs": "credential",
    "setting": "setting",
    "agencies": "agency",
    "degree": "degree",
}
_LEVELS = {"role": "responsibility", "credential": "certification", "setting": "setting", "degree": "degree"}


def sources(files: Files, known: Files) -> Iterator[Finding]:
    """Every source id is in sources.yaml."""
    if not known.get("sources.yaml"):
        return
    ids = [raw["id"] for raw in known["sources.yaml"]["sources"]]
    for file, data in files.items():
        for path, value in walk(data):
            if (
                path[-1] in ("sources", "facts_sources")
                and isinstance(value, list)
                and file != "sources.yaml"
            ):
                yield from unknown(file, path, value, ids, "source")


def once(files: Files, known: Files) -> Iterator[Finding]:  # noqa: ARG001 - the checks' common form
    """No two files are of the same thing, and in no list two items have one id."""
    seen: dict[tuple[str, str], str] = {}
    for file, data in files.items():
        folder = f"{file.partition('/')[0]}/"
        if folder in HEADS:
            key = HEADS[folder]
            # An overlay's area file stands beside the one it is laid over.
            below = file.partition(LAYER)[0]
            other = seen.setdefault((folder, data[key]), below)
            if other != below:
                message = f"{key} '{data[key]}' is defined in two files"
                yield Finding(file, (key,), "E304", message, other=(other, (key,)))
        for path, value in walk(data):
            if isinstance(value, list):
                yield from _twice(file, path, value)


def _twice(file: str, path: Path, items: list[Any]) -> Iterator[Finding]:
    first: dict[str, Path] = {}
    for i, item in enumerate(items):
        for key in NAMES:
            if isinstance(item, dict) and isinstance(item.get(key), str):
                here = (*path, i, key)
                before = first.setdefault(item[key], here)
                if before != here:
                    yield Finding(file, here, "E304", f"'{item[key]}' stands twice", other=(file, before))


def names(files: Files, known: Files) -> Iterator[Finding]:  # noqa: ARG001 - the checks' common form
    """No name of a level or agency means two things, or none held where several may be."""
    for file, data in files.items():
        if file.startswith("adjustments/"):
            levels = [(file, ("levels", i), level) for i, level in enumerate(data.get("levels") or [])]
            yield from _ambiguous(levels)
            if data["input"] in SEVERAL:
                yield from _none(levels)
    agencies = [(file, (), data) for file, data in files.items() if file.startswith("agencies/")]
    yield from _ambiguous(agencies, "agency")


def _none(things: list[tuple[str, Path, dict[str, Any]]]) -> Iterator[Finding]:
    for file, path, thing in things:
        said = [("id",), *(("aliases", n) for n in range(len(thing.get("aliases") or [])))]
        names = [thing["id"], *(thing.get("aliases") or [])]
        for below, name in zip(said, names, strict=True):
            if folded(name) == NOTHING:
                yield Finding(file, (*path, *below), "E304", f"'{name}' already means that none is held")


def _ambiguous(things: list[tuple[str, Path, dict[str, Any]]], key: str = "id") -> Iterator[Finding]:
    seen: dict[str, tuple[str, Path, str]] = {}
    for file, path, thing in things:
        said = [
            ((key,), thing[key]),
            *((("aliases", n), name) for n, name in enumerate(thing.get("aliases") or [])),
        ]
        for below, name in said:
            other = seen.setdefault(folded(name), (file, (*path, *below), thing[key]))
            if other[2] != thing[key]:
                message = f"'{name}' already means '{other[2]}'"
                yield Finding(file, (*path, *below), "E304", message, other=other[:2])


def links(files: Files, known: Files) -> Iterator[Finding]:
    """Ids of steps, occupations, roles, credentials, settings, degrees and agencies that are spoken of exist."""
    of = _ids(known)
    for file, data in files.items():
        for path, value in walk(data):
            kind = LINKED.get(str(path[-1])) if isinstance(value, (str, list)) else None
            if (file, path) == ("plan.yaml", ("market",)):
                kind = "step"
            if path[0] == "levels" and path[-1] == "id" and data.get("input") == "occupation":
                kind = "occupation"
            ids = value if isinstance(value, list) else [value]
            if file == "spread.yaml" and path[-1] == "narrow" and isinstance(value, dict):
                ids, kind = list(value), "step"
            if kind and value and kind in of:
                yield from unknown(file, path, ids, of[kind], kind)


def _ids(known: Files) -> dict[str, list[str]]:
    """The ids of each kind; a kind that a file with errors may add to is left out."""
    made = adjustments(known)
    broken = {file.partition("/")[0] for file, data in known.items() if not data}
    found: dict[str, list[str]] = {}
    if "occupations.yaml" not in broken:
        found["occupation"] = [raw["id"] for raw in known.get("occupations.yaml", {}).get("occupations", [])]
    if "adjustments" not in broken:
        found["step"] = [*BUILT_IN, *made]
    if "agencies" not in broken:
        found["agency"] = [data["agency"] for file, data in known.items() if file.startswith("agencies/")]
    for kind, id_ in _LEVELS.items():
        if id_ in made:
            found[kind] = [level["id"] for level in made[id_][1].get("levels", [])]
    return found
