"""The headline of an estimate: who and where, in the rules' own names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.profile import FIELDS, LEVELS

if TYPE_CHECKING:
    from ehrpay.domain.estimate.result import GradeUsed
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.fields import Field
    from ehrpay.domain.profile import ResolvedProfile

ONE_YEAR = (10, 10)


def headline(book: Rulebook, profile: ResolvedProfile, grade: GradeUsed | None) -> str:
    """One line: employer, role, grade, years, other levels, place."""
    parts = [book.employer(profile.agency)] if profile.agency is not None else []
    if profile.role is not None or profile.agency is None:
        parts.append(_levels(book, FIELDS["role"], profile) or book.wages.title(profile.occupation))
    if grade is not None:
        step = _span(" step ", grade.steps) if grade.grades[0] == grade.grades[1] else ""
        parts.append(grade.span + step)
    if profile.years is not None:
        parts.append(f"{profile.years} year{'' if profile.years == ONE_YEAR else 's'}")
    parts += [text for field in LEVELS if field.name != "role" and (text := _levels(book, field, profile))]
    parts.append(_where(profile, grade))
    return ", ".join(parts)


def _where(profile: ResolvedProfile, grade: GradeUsed | None) -> str:
    if profile.place is not None:
        return profile.place.name
    return "United States" if profile.locality is None or grade is None else f"{grade.locality_name} locality"


def _span(word: str, ends: tuple[int, int]) -> str:
    return f"{word}{ends[0]}" if ends[0] == ends[1] else f"{word}{ends[0]} to {ends[1]}"


def _levels(book: Rulebook, field: Field, profile: ResolvedProfile) -> str:
    """The names of the levels a profile has of a field; a credential is known by its short one."""
    value = getattr(profile, field.name)
    if value is None:
        return ""
    levels = [book.levels(field.name)[id_] for id_ in (value if field.several else [value])]
    names = (level.short if field.step == "set" else level.name for level in levels)
    return ", ".join(names) or field.none
