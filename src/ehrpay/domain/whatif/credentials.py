"""The credentials a person may still earn: prerequisites read from the rules' own words, twins left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ehrpay.domain.federal.qualification import DEGREES
from ehrpay.domain.whatif.change import AT_GRADE, Change, Here, Left, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTRY = "entry"

_NAMED = {
    "high-school": r"\bhigh[- ]school\b",
    "associate": r"\bassociate(?:'s)? degree\b|\bassociate's\b",
    "bachelor": r"\bbachelor|baccalaureate\b",
    "master": r"\bmaster's|\bgraduate degree\b",
}
"""How the prerequisites of the rules name a degree, lowest first."""

_UNTIL = re.compile(r"\buntil ([0-9]+) years\b")
_WITHOUT = re.compile(r"\bwithout ([0-9]+) years\b")


def credentials(here: Here) -> Iterator[Change | Left]:
    """One proposal for each credential the rules know and the person does not hold."""
    levels = {level["id"]: level for level in here.book.core["adjustments"]["certification"]["levels"]}
    held = here.known.certs or ()
    if here.at_grade:
        yield refused("certs", "any", "another credential", AT_GRADE)
        return
    for level in levels.values():
        if level["id"] not in held:
            yield _proposal(here, level, _twins(level, held, levels), held)


def _twins(level: dict[str, Any], held: tuple[str, ...], levels: dict[str, Any]) -> list[dict[str, Any]]:
    """The credentials held that are steps of one path with this one."""
    return [levels[id_] for id_ in held if id_ in level["same_as"] or level["id"] in levels[id_]["same_as"]]


def _proposal(
    here: Here, level: dict[str, Any], twins: list[dict[str, Any]], held: tuple[str, ...]
) -> Change | Left:
    id_, facts = level["id"], level["facts"]
    needs, label = facts.get("prerequisite", ""), f"add {level['short']}"
    # A step up from an apprentice's mark replaces it; any other twin would only be counted once.
    above = level["kind"] != ENTRY and all(twin["kind"] == ENTRY for twin in twins)
    if twins and not above:
        names = ", ".join(str(twin["short"]) for twin in twins)
        return refused("certs", id_, label, f"counted once together with {names}, which is held", needs)
    if reason := unmet(here, needs):
        return refused("certs", id_, label, reason, needs)
    gone = {twin["id"] for twin in twins}
    certs = tuple(sorted({*held, id_} - gone))
    if twins:
        label = f"{twins[0]['short']} to {level['short']}"
    profile = here.profile._replace(certs=certs)
    return Change("certs", id_, label, profile, facts.get("fee", ""), needs=needs, evidence=level["evidence"])


def unmet(here: Here, needs: str) -> str:
    """Why a prerequisite is not met by what was said; empty when it is, or when that can't be known."""
    degree, years = here.known.degree, here.known.years
    asked = least_degree(needs)
    if asked and degree in DEGREES and DEGREES.index(degree) < DEGREES.index(asked):
        return f"needs {_article(asked)}; said: {_article(degree)}"
    until, without = _UNTIL.search(needs), _WITHOUT.search(needs)
    if years is not None and until and years.high < int(until[1]) * 10:
        return f"needs {until[1]} years of experience; said: {years}"
    if years is not None and without and years.low >= int(without[1]) * 10:
        return f"only for people with less than {without[1]} years of experience"
    return ""


def _article(degree: str) -> str:
    words = {"associate": "an associate's degree", "bachelor": "a bachelor's", "master": "a master's"}
    return words.get(degree, degree.replace("-", " "))


def least_degree(needs: str) -> str | None:
    """The lowest degree that a prerequisite asks for; None if one of its ways asks for none."""
    found = []
    for way in re.split(r",? or\b|/", needs):
        named = next((degree for degree, words in _NAMED.items() if re.search(words, way)), None)
        if named is None:
            return None
        found.append(named)
    return min(found, key=DEGREES.index)
