"""What stands in the rules and can never act: whole files, levels, ranks, values, and keys that no step reads."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ehrpay.domain.market.wages import REFERENCE
from ehrpay.rules.checks.ids import adjustments
from ehrpay.rules.finding import Finding
from ehrpay.rules.shape.adjustments import MAY_READ, READS
from ehrpay.rules.shape.layout import NOTHING, branches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ehrpay.rules.finding import Files, Passage

    Unreached = tuple[Passage, str]
    """What can't be reached, and the sentence."""

OCCUPATIONS = "occupations.yaml"
NO_GRADES = "an employer without a pay plan has no grades"


RURAL = "nonmetro"
"""The only fall-back that a place can resolve to."""

UNSAID = frozenset({"base", "ageing", "order", "cap"})
"""Steps that nothing a person says changes, so that they narrow no range."""

OF_SETS = ("kind", "same_as", "excluded_roles")
OF_ROLES = ("occupation", "order", "asks", "series")
"""The keys of a level that only credentials, and only roles, have a use for."""


def unreached(files: Files) -> Iterator[Finding]:
    """A W406 for everything that no profile, on no day, can reach."""
    for here, message in _unreached(files):
        yield Finding(here, "W406", message)


def _unreached(files: Files) -> Iterator[Unreached]:
    made = adjustments(files)
    plan = files["plan.yaml"].at("market").data or []
    owners: dict[str, set[str]] = {}
    for id_, here in made.items():
        if id_ not in plan and id_ != "location":
            yield here.at("adjustment"), f"the plan has no step '{id_}', so this file has no effect"
        yield from _keys(here)
        yield from _levels(here, owners)
        yield from _ranks(here)
        yield from _early(here, _first(files))
    yield from _occupations(made, files)
    yield from _narrow(files, plan, made)
    yield from _bands(files)
    yield from _ladders(files)
    yield from _staff(files)


def _keys(here: Passage) -> Iterator[Unreached]:
    """Keys that a step of this sort does not read."""
    step, field = here.data["step"], here.data["input"]
    known = {one for keys in (*READS.values(), *MAY_READ.values()) for one in keys}
    for key in known - {*READS[step], *MAY_READ[step]}:
        if here.data.get(key):
            yield here.at(key), f"a {step} does not read '{key}'"
    idle: tuple[str, ...] = () if step == "set" else OF_SETS
    idle += () if field == "role" else OF_ROLES
    idle += ("by_role", "by_occupation") if step == "set" else ()
    for level in here.items("levels"):
        for key in idle:
            if level.data.get(key):
                yield level.at(key), f"a {step} by {field} does not read '{key}'"


def _levels(here: Passage, owners: dict[str, set[str]]) -> Iterator[Unreached]:
    """Levels that no word leads to, and values for a role that a later one for it replaces."""
    field, levels = here.data["input"], list(here.items("levels"))
    known = owners.setdefault(field, {level.data["id"] for level in levels})
    for level in levels:
        id_ = level.at("id")
        if field == "fallback" and id_.data != RURAL:
            yield id_, f"no place falls back to '{id_.data}', only to '{RURAL}'"
        elif id_.data not in known:
            yield id_, f"'{id_.data}' isn't a {field} you can specify: another adjustment defines those"
        specials = [special.at("roles") for special in level.items("by_role")]
        for j, roles in enumerate(specials):
            if {role for other in specials[j + 1 :] for role in other.data}.issuperset(roles.data):
                yield roles, "later values for the same roles always replace these"


def _ranks(here: Passage) -> Iterator[Unreached]:
    """Ranks for more credentials than can count."""
    if here.data["step"] != "set":
        return
    levels, ranks = here.data["levels"], here.at("ranks")
    counted = sum(
        level.get("kind") in ("core", "specialty") and level.get("evidence", True) for level in levels
    )
    for needed, rank in enumerate(("second", "third"), 2):
        if rank in (ranks.data or {}) and counted < needed:
            yield ranks.at(rank), f"no {rank} credential can count: {counted} are core or specialty"


def _first(files: Files) -> str:
    """The day before which no estimate can be made: that of the oldest wages."""
    wages = files[OCCUPATIONS].items("occupations", "wages")
    return min((wage.data["effective"] for wage in wages), default="")


def _early(here: Passage, first: str) -> Iterator[Unreached]:
    """Values that are replaced before the oldest wages begin."""
    for path, value, _ in branches(here.data, NOTHING):
        if path[-1] in ("values", "curve"):
            for i, new in enumerate(value[1:]):
                if new["effective"] <= first:
                    message = f"never in force: replaced on {new['effective']}, and the oldest wages are from {first}"
                    yield here.below((*path, i, "effective")), message


def _occupations(made: Mapping[str, Passage], files: Files) -> Iterator[Unreached]:
    """Occupations that no role has."""
    roles = made["responsibility"].items("levels") if "responsibility" in made else ()
    used = {REFERENCE, *(level.data.get("occupation") for level in roles)}
    for id_ in (one.at("id") for one in files[OCCUPATIONS].items("occupations")):
        if id_.data not in used:
            yield id_, f"no role has the occupation '{id_.data}'"


def _narrow(files: Files, plan: Iterable[str], made: Mapping[str, Passage]) -> Iterator[Unreached]:
    """Shares for steps that are not run, or that nothing said changes."""
    idle = {id_ for id_, here in made.items() if here.data["input"] == "occupation"} | UNSAID
    run = set(plan) - idle
    for spread in files["spread.yaml"].items("spread"):
        for step in spread.at("narrow").each():
            name = step.path[-1]
            if name not in run:
                yield step, f"no input changes the step '{name}', so it never narrows the range"


def _bands(files: Files) -> Iterator[Unreached]:
    """Bands of grades of an employer without grades."""
    for band in (band for employer in _flat(files) for band in employer.items("bands")):
        if band.data.get("grades"):
            yield band.at("grades"), NO_GRADES


def _flat(files: Files) -> Iterator[Passage]:
    """The employers without grades."""
    yield from (here for here in files.within("agencies/") if here.data["pay_plan"] is None)


def _ladders(files: Files) -> Iterator[Unreached]:
    """Ladders of a day whose agencies and roles an earlier one of that day already has."""
    taken: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for ladder in files["federal/ladders.yaml"].items("ladders"):
        covered, whom = taken[ladder.data["effective"]], _for_whom(ladder.data)
        if whom <= covered:
            yield ladder.at("id"), "ladders above cover the same agencies and roles, and win"
        covered |= whom


def _staff(files: Files) -> Iterator[Unreached]:
    """Counts of people at an employer without grades."""
    flat = {here.data["agency"] for here in _flat(files)}
    for agencies in (staff.at("agencies") for staff in files["federal/employment.yaml"].items("employment")):
        if flat.issuperset(agencies.data):
            yield agencies, NO_GRADES


def _for_whom(ladder: dict[str, Any]) -> set[tuple[str, str]]:
    roles = [*ladder["roles"], *([""] if ladder.get("default") else [])]
    return {(agency, role) for agency in ladder["agencies"] for role in roles}
