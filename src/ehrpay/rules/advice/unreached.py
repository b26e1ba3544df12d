"""What stands in the rules and can never act: whole files, levels, ranks, values, and keys that no step reads."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ehrpay.rules.checks.ids import adjustments
from ehrpay.rules.finding import Finding, items
from ehrpay.rules.shape.adjustments import MAY_READ, READS
from ehrpay.rules.shape.layout import NOTHING, branches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ehrpay.rules.finding import Files
    from ehrpay.rules.shape.layout import Path

    Unreached = tuple[str, Path, str]
    """The file, the path in it and the sentence."""

OCCUPATIONS = "occupations.yaml"
NO_GRADES = "an employer without a pay plan has no grades"

WORKERS = "29-2072"
"""The occupation of those who say no role."""

RURAL = "nonmetro"
"""The only fall-back that a place can resolve to."""

UNSAID = frozenset({"base", "ageing", "order", "cap"})
"""Steps that nothing a person says changes, so that they narrow no range."""

OF_SETS = ("kind", "same_as", "excluded_roles")
OF_ROLES = ("occupation", "order", "asks", "series")
"""The keys of a level that only credentials, and only roles, have a use for."""


def unreached(files: Files) -> Iterator[Finding]:
    """A W406 for everything that no profile, on no day, can reach."""
    for file, path, message in _unreached(files):
        yield Finding(file, path, "W406", message)


def _unreached(files: Files) -> Iterator[Unreached]:
    made = adjustments(files)
    plan = files.get("plan.yaml", {}).get("market", [])
    owners: dict[str, set[str]] = {}
    for id_, (file, data) in made.items():
        if id_ not in plan and id_ != "location":
            yield file, ("adjustment",), f"the plan has no step '{id_}', so this file has no effect"
        yield from _keys(file, data)
        yield from _levels(file, data, owners)
        yield from _ranks(file, data)
        yield from _early(file, data, _first(files))
    yield from _occupations(made, files)
    yield from _narrow(files, plan, made)
    yield from _bands(files)
    yield from _ladders(files)
    yield from _staff(files)


def _keys(file: str, data: dict[str, Any]) -> Iterator[Unreached]:
    """Keys that a step of this sort does not read."""
    known = {one for keys in (*READS.values(), *MAY_READ.values()) for one in keys}
    for key in known - {*READS[data["step"]], *MAY_READ[data["step"]]}:
        if data.get(key):
            yield file, (key,), f"a {data['step']} does not read '{key}'"
    idle: tuple[str, ...] = () if data["step"] == "set" else OF_SETS
    idle += () if data["input"] == "role" else OF_ROLES
    idle += ("by_role", "by_occupation") if data["step"] == "set" else ()
    for i, level in enumerate(data.get("levels") or []):
        for key in idle:
            if level.get(key):
                yield file, ("levels", i, key), f"a {data['step']} by {data['input']} does not read '{key}'"


def _levels(file: str, data: dict[str, Any], owners: dict[str, set[str]]) -> Iterator[Unreached]:
    """Levels that no word leads to, and values for a role that a later one for it replaces."""
    field, levels = data["input"], data.get("levels") or []
    known = owners.setdefault(field, {level["id"] for level in levels})
    for i, level in enumerate(levels):
        if field == "fallback" and level["id"] != RURAL:
            yield file, ("levels", i, "id"), f"no place falls back to '{level['id']}', only to '{RURAL}'"
        elif level["id"] not in known:
            message = f"'{level['id']}' isn't a {field} you can specify: another adjustment defines those"
            yield file, ("levels", i, "id"), message
        yield from _roles(file, ("levels", i, "by_role"), level.get("by_role") or [])


def _roles(file: str, path: Path, specials: list[dict[str, Any]]) -> Iterator[Unreached]:
    for j, special in enumerate(specials):
        later = {role for other in specials[j + 1 :] for role in other["roles"]}
        if later.issuperset(special["roles"]):
            yield file, (*path, j, "roles"), "later values for the same roles always replace these"


def _ranks(file: str, data: dict[str, Any]) -> Iterator[Unreached]:
    """Ranks for more credentials than can count."""
    if data["step"] != "set":
        return
    counted = sum(
        level.get("kind") in ("core", "specialty") and level.get("evidence", True) for level in data["levels"]
    )
    for needed, rank in enumerate(("second", "third"), 2):
        if rank in (data.get("ranks") or {}) and counted < needed:
            yield file, ("ranks", rank), f"no {rank} credential can count: {counted} are core or specialty"


def _first(files: Files) -> str:
    """The day before which no estimate can be made: that of the oldest wages."""
    wages = items(files.get(OCCUPATIONS), "occupations", "wages")
    return min((wage["effective"] for _, wage in wages), default="")


def _early(file: str, data: dict[str, Any], first: str) -> Iterator[Unreached]:
    """Values that are replaced before the oldest wages begin."""
    for path, value, _ in branches(data, NOTHING):
        if path[-1] in ("values", "curve"):
            for i, new in enumerate(value[1:]):
                if new["effective"] <= first:
                    message = f"never in force: replaced on {new['effective']}, and the oldest wages are from {first}"
                    yield file, (*path, i, "effective"), message


def _occupations(made: dict[str, tuple[str, dict[str, Any]]], files: Files) -> Iterator[Unreached]:
    """Occupations that no role has."""
    roles = made.get("responsibility", ("", {}))[1].get("levels", [])
    used = {WORKERS, *(level.get("occupation") for level in roles)}
    for path, raw in items(files.get(OCCUPATIONS), "occupations"):
        if raw["id"] not in used:
            yield OCCUPATIONS, (*path, "id"), f"no role has the occupation '{raw['id']}'"


def _narrow(
    files: Files, plan: Iterable[str], made: dict[str, tuple[str, dict[str, Any]]]
) -> Iterator[Unreached]:
    """Shares for steps that are not run, or that nothing said changes."""
    idle = {id_ for id_, (_, data) in made.items() if data["input"] == "occupation"} | UNSAID
    run = set(plan) - idle
    file = "spread.yaml"
    for path, raw in items(files.get(file), "spread"):
        for step in raw["narrow"]:
            if step not in run:
                message = f"no input changes the step '{step}', so it never narrows the range"
                yield file, (*path, "narrow", step), message


def _bands(files: Files) -> Iterator[Unreached]:
    """Bands of grades of an employer without grades."""
    for file, data in _flat(files):
        for path, band in items(data, "bands"):
            if band.get("grades"):
                yield file, (*path, "grades"), NO_GRADES


def _flat(files: Files) -> Iterator[tuple[str, dict[str, Any]]]:
    """The files of employers without grades."""
    yield from (
        (file, data)
        for file, data in files.items()
        if file.startswith("agencies/") and data["pay_plan"] is None
    )


def _ladders(files: Files) -> Iterator[Unreached]:
    """Ladders of a day whose agencies and roles an earlier one of that day already has."""
    file = "federal/ladders.yaml"
    taken: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for path, ladder in items(files.get(file), "ladders"):
        covered, whom = taken[ladder["effective"]], _for_whom(ladder)
        if whom <= covered:
            yield file, (*path, "id"), "ladders above cover the same agencies and roles, and win"
        covered |= whom


def _staff(files: Files) -> Iterator[Unreached]:
    """Counts of people at an employer without grades."""
    file = "federal/employment.yaml"
    flat = {data["agency"] for _, data in _flat(files)}
    for path, raw in items(files.get(file), "employment"):
        if flat.issuperset(raw["agencies"]):
            yield file, (*path, "agencies"), NO_GRADES


def _for_whom(ladder: dict[str, Any]) -> set[tuple[str, str]]:
    roles = [*ladder["roles"], *([""] if ladder.get("default") else [])]
    return {(agency, role) for agency in ladder["agencies"] for role in roles}
