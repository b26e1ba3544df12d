"""Changes from one named level to another: degree, role, employer setting, and every other field with levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.federal.qualification import DEGREES
from ehrpay.domain.profile import FIELDS
from ehrpay.domain.whatif.change import AT_GRADE, Change, not_possible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.fields import Field
    from ehrpay.domain.profile import Profile
    from ehrpay.domain.whatif.change import Baseline, Unpriced

PAY_PLAN = tuple(field.name for field in FIELDS.values() if field.pay_plan)
"""What means nothing outside a pay plan."""

_AFTER = {"master": "bachelor"}
"""A degree that comes after another."""


def degrees(start: Baseline) -> Iterator[Change | Unpriced]:
    """The degrees above the one held; where none was given, every one from an associate's up."""
    if start.at_grade:
        yield not_possible("degree", "any", "another degree", AT_GRADE)
        return
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
    if start.at_grade:
        yield not_possible("role", "any", "another role", AT_GRADE)
        return
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
