"""The credentials a person may still earn: prerequisites read from the rules' own words, twins left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ehrpay.domain.federal.qualification import DEGREES
from ehrpay.domain.whatif.change import AT_GRADE, Change, not_possible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.domain.compiled.adjustments import Level
    from ehrpay.domain.whatif.change import Baseline, Unpriced

ENTRY = "entry"

_NAMED = {
    "high-school": r"\bhigh[- ]school\b",
    "associate": r"\bassociate(?:'s)? degree\b|\bassociate's\b",
    "bachelor": r"\bbachelor|baccalaureate\b",
    "master": r"\bmaster's|\bgraduate degree\b",
}
"""How the prerequisites of the rules name a degree, lowest first."""

_ARTICLES = {"associate": "an associate's degree", "bachelor": "a bachelor's", "master": "a master's"}
_UNTIL = re.compile(r"\buntil ([0-9]+) years\b")
_WITHOUT = re.compile(r"\bwithout ([0-9]+) years\b")


def credentials(start: Baseline) -> Iterator[Change | Unpriced]:
    """One proposal for each credential in the rules that the person does not hold."""
    levels = start.book.levels("certs")
    held = start.resolved.certs or ()
    if start.at_grade:
        yield not_possible("certs", "any", "another credential", AT_GRADE)
        return
    for id_, level in levels.items():
        if id_ not in held:
            # Those held that are steps of one path with this one.
            twins = [levels[own] for own in held if own in level.same_as or id_ in levels[own].same_as]
            yield _proposal(start, level, twins, held)


def _proposal(start: Baseline, level: Level, twins: list[Level], held: tuple[str, ...]) -> Change | Unpriced:
    id_, facts = level.id, level.details
    needs, label = facts.get("prerequisite", ""), f"add {level.short}"
    # A step up from an apprentice's mark replaces it; any other twin would only be counted once.
    if twins and (level.kind == ENTRY or any(twin.kind != ENTRY for twin in twins)):
        names = ", ".join(twin.short for twin in twins)
        reason = f"counts once together with {names}, which you hold"
        return not_possible("certs", id_, label, reason, needs)
    if reason := unmet(start, needs):
        return not_possible("certs", id_, label, reason, needs)
    if twins:
        label = f"{twins[0].short} to {level.short}"
    profile = start.profile._replace(certs=tuple(sorted({*held, id_} - {twin.id for twin in twins})))
    fee, evidence = facts.get("fee", ""), level.evidence
    return Change("certs", id_, label, profile, fee=fee, needs=needs, evidence=evidence)


def unmet(start: Baseline, needs: str) -> str:
    """Why a prerequisite is not met by the profile; empty when it is, or when that is unclear."""
    degree, years = start.resolved.degree, start.resolved.years
    least = least_degree(needs)
    if least and degree in DEGREES and DEGREES.index(degree) < DEGREES.index(least):
        return f"needs {_article(least)}; you have {_article(degree)}"
    until, without = _UNTIL.search(needs), _WITHOUT.search(needs)
    if years is not None and until and years.high < int(until[1]) * 10:
        return f"needs {until[1]} years of experience; you have {years}"
    if years is not None and without and years.low >= int(without[1]) * 10:
        return f"only for people with less than {without[1]} years of experience"
    return ""


def _article(degree: str) -> str:
    return _ARTICLES.get(degree, degree.replace("-", " "))


def least_degree(needs: str) -> str | None:
    """The lowest degree that a prerequisite asks for; None if one of its alternatives asks for none."""
    degrees = []
    for way in re.split(r",? or\b|/", needs):
        named = next((degree for degree, words in _NAMED.items() if re.search(words, way)), None)
        if named is None:
            return None
        degrees.append(named)
    return min(degrees, key=DEGREES.index)
