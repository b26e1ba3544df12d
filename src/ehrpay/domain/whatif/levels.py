"""Changes from one named level to another: degree, role, employer setting, credentials and all others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ehrpay.domain.federal.qualification import DEGREES
from ehrpay.domain.profile import FIELDS
from ehrpay.domain.whatif.change import Change, not_possible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.domain.compiled.adjustments import Level
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.profile import Field, Profile
    from ehrpay.domain.whatif.change import Baseline, Unpriced

PAY_PLAN = tuple(field.name for field in FIELDS.values() if field.pay_plan)
"""What means nothing outside a pay plan."""

_AFTER = {"master": "bachelor"}
"""A degree that comes after another."""
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


def degrees(start: Baseline) -> Iterator[Change | Unpriced]:
    """The degrees above the one held; where none was given, every one from an associate's up."""
    held = start.resolved.degree
    least = "associate" if held is None else held
    above = DEGREES[DEGREES.index(least) + (held is not None) :] if least in DEGREES else ()
    if not above:
        yield not_possible("degree", "any", "a higher degree", "the rules have no higher degree")
    names = {level.id: level.name for level in start.book.levels("degree").values()}
    for id_ in (id_ for id_ in above if id_ in names):
        before = _AFTER.get(id_)
        if held is not None and before and DEGREES.index(held) < DEGREES.index(before):
            yield not_possible("degree", id_, names[id_], f"needs a {before}'s degree first")
        else:
            needs = f"a {before}'s degree" if before and held is None else ""
            yield Change("degree", id_, names[id_], start.profile._replace(degree=id_), needs=needs)


def roles(start: Baseline) -> Iterator[Change | Unpriced]:
    """Every other role, each at its own occupation's pay."""
    for level in start.book.levels("role").values():
        id_, occupation = level.id, level.occupation
        if id_ != start.resolved.role:
            other = occupation and occupation != start.resolved.occupation
            note = f"another occupation, {occupation}" if other else ""
            profile = start.profile._replace(role=id_)
            yield Change("role", id_, f"role: {level.name}", profile, note=note)


def settings(start: Baseline) -> Iterator[Change | Unpriced]:
    """Every other employer setting, where the employer does not fix it."""
    agency = start.book.agency(start.resolved.agency)
    if agency is not None and agency.setting:
        reason = f"agency '{agency.id}' sets it ('{agency.setting}'): change the agency"
        yield not_possible("setting", "any", "another setting", reason)
        return
    by_grade = {rule.setting for rule in start.book.rules.agencies.values() if rule.pay_plan}
    for level in start.book.levels("setting").values():
        id_, label = level.id, f"setting: {level.name}"
        if id_ in by_grade:
            yield not_possible("setting", id_, label, "paid by grade: choose an agency instead")
        elif id_ != start.resolved.setting:
            yield Change("setting", id_, label, start.profile._replace(setting=id_))


def others(start: Baseline, field: Field) -> Iterator[Change | Unpriced]:
    """Every level of a field that the person does not have yet."""
    value = getattr(start.resolved, field.name)
    held = (value or ()) if field.several else (value,)
    for level in start.book.levels(field.name).values():
        id_ = level.id
        if id_ not in held and not start.at_grade:
            other = tuple(sorted({*held, id_})) if field.several else id_
            label = f"learn {level.name}" if field.several else f"{field.word}: {level.name}"
            yield Change(field.name, id_, label, start.profile.with_value(field.name, other))


def agencies(start: Baseline) -> Iterator[Change | Unpriced]:
    """Every other employer in the rules."""
    for id_, rule in start.book.rules.agencies.items():
        if id_ != start.resolved.agency:
            profile = employed(start.book, start.profile, id_)
            note = "no grade or step there" if start.resolved.grade and not rule.pay_plan else ""
            yield Change("agency", id_, f"employer: {rule.name}", profile, note=note)


def employed(book: Rulebook, profile: Profile, agency: str) -> Profile:
    """A profile at another employer, without what held only at the old one.

    A grade is kept between employers of one pay plan; a setting gives way to the employer's own.
    """
    rule, moved = book.rules.agencies[agency], profile._replace(agency=agency)
    if rule.setting:
        moved = moved._replace(setting=None)
    if not rule.pay_plan:
        moved = moved._replace(**dict.fromkeys(PAY_PLAN))
    return moved


def credentials(start: Baseline) -> Iterator[Change | Unpriced]:
    """One proposal for each credential in the rules that the person does not hold."""
    levels = start.book.levels("certs")
    held = start.resolved.certs or ()
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
