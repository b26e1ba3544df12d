"""Changes from one named level to another: degree, role, employer setting, EHR system, place of work, employer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.federal.qualification import DEGREES
from ehrpay.domain.whatif.change import AT_GRADE, Change, Here, Left, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.profile import Profile

_AFTER = {"master": "bachelor"}
"""A degree that comes after another."""


def _levels(here: Here, field: str) -> list[dict[str, Any]]:
    rules = here.book.core["adjustments"].values()
    return next(list(rule["levels"]) for rule in rules if rule["input"] == field)


def degrees(here: Here) -> Iterator[Change | Left]:
    """The degrees above the one said; with none said, every one from an associate's up."""
    if here.at_grade:
        yield refused("degree", "any", "another degree", AT_GRADE)
        return
    said = here.known.degree
    least = "associate" if said is None else said
    above = DEGREES[DEGREES.index(least) + (said is not None) :] if least in DEGREES else ()
    if not above:
        yield refused("degree", "any", "a higher degree", "the rules know none above the one said")
    names = {level["id"]: str(level["name"]) for level in _levels(here, "degree")}
    for id_ in (id_ for id_ in above if id_ in names):
        before = _AFTER.get(id_)
        if said is not None and before and DEGREES.index(said) < DEGREES.index(before):
            yield refused("degree", id_, names[id_], f"comes after a {before}'s degree")
            continue
        needs = f"a {before}'s degree" if before and said is None else ""
        yield Change("degree", id_, names[id_], here.profile._replace(degree=id_), needs=needs)


def roles(here: Here) -> Iterator[Change | Left]:
    """Every other role, each at its own occupation's pay."""
    if here.at_grade:
        yield refused("role", "any", "another role", AT_GRADE)
        return
    for level in _levels(here, "role"):
        if level["id"] != here.known.role:
            profile = here.profile._replace(role=level["id"])
            moved = level["occupation"] and level["occupation"] != here.known.occupation
            note = f"another occupation, {level['occupation']}" if moved else ""
            yield Change("role", level["id"], f"role: {level['name']}", profile, note=note)


def settings(here: Here) -> Iterator[Change | Left]:
    """Every other employer setting, where the employer does not fix it."""
    agency = here.book.agency(here.known.agency)
    if agency is not None and agency["setting"]:
        reason = f"the setting of agency '{agency['id']}' is '{agency['setting']}': change the agency"
        yield refused("setting", "any", "another setting", reason)
        return
    by_grade = {rule["setting"] for rule in here.book.core["agencies"].values() if rule["pay_plan"]}
    for level in _levels(here, "setting"):
        label = f"setting: {level['name']}"
        if level["id"] in by_grade:
            yield refused("setting", level["id"], label, "paid by grades: see the agencies")
        elif level["id"] != here.known.setting:
            yield Change("setting", level["id"], label, here.profile._replace(setting=level["id"]))


def systems(here: Here) -> Iterator[Change | Left]:
    """Every EHR system not said yet."""
    held = here.known.ehr or ()
    for level in _levels(here, "ehr"):
        if level["id"] not in held and not here.at_grade:
            profile = here.profile._replace(ehr=tuple(sorted({*held, level["id"]})))
            yield Change("ehr", level["id"], f"learn {level['name']}", profile)


def work_places(here: Here) -> Iterator[Change | Left]:
    """On site, remote or hybrid, whichever was not said."""
    for level in _levels(here, "work"):
        if level["id"] != here.known.work and not here.at_grade:
            profile = here.profile._replace(work=level["id"])
            yield Change("work", level["id"], f"work: {level['name']}", profile)


def agencies(here: Here) -> Iterator[Change | Left]:
    """Every other employer the rules know."""
    for id_, rule in here.book.core["agencies"].items():
        if id_ != here.known.agency:
            profile = employed(here.book, here.profile, id_)
            note = "leaves grade and step behind" if here.known.grade and not rule["pay_plan"] else ""
            yield Change("agency", id_, f"employer: {rule['name']}", profile, note=note)


def employed(book: Rulebook, profile: Profile, agency: str) -> Profile:
    """A profile at another employer: what only held at the old one is no longer said.

    A grade is kept between employers of one pay plan; a setting gives way to the employer's own.
    """
    rule, moved = book.core["agencies"][agency], profile._replace(agency=agency)
    if rule["setting"]:
        moved = moved._replace(setting=None)
    if not rule["pay_plan"]:
        moved = moved._replace(grade=None, step=None, years_in_grade=None, locality=None)
    return moved
