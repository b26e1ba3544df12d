"""How sure an estimate is: a word, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.result import CLIP, Confidence
from ehrpay.domain.facts import BASES, CONFIDENCES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.estimate.result import GradeUsed, MethodResult, Step
    from ehrpay.domain.profile import ResolvedProfile

HIGH, MEDIUM, LOW = CONFIDENCES
ASSUMPTION = BASES[-1]
NAMED = 2
"""So many links are named; more are counted."""


def confidence(result: MethodResult, profile: ResolvedProfile, *, stale: bool) -> Confidence:
    """The weakest link's word, and which links those are."""
    if result.grade is not None:
        return _of_grade(result.grade, profile, stale=stale)
    return _of_market(result.lines, profile)


def _of_market(lines: Sequence[Step], profile: ResolvedProfile) -> Confidence:
    links = [
        (line.story.confidence, line.story.label) for line in lines if line.story.said and line.kind != CLIP
    ]
    links += [(LOW, f"{line.story.label} applied") for line in lines if line.id == "cap" and line.shown]
    if profile.years is None:
        links.append((MEDIUM, "years of experience not specified"))
    worst = max((word for word, _ in links), key=CONFIDENCES.index)
    if worst == HIGH:
        return Confidence(worst, "every number is official and recent")
    why = [label for word, label in links if word == worst]
    more = f" and {len(why) - NAMED} more" if len(why) > NAMED else ""
    return Confidence(worst, f"weakest inputs: {'; '.join(why[:NAMED])}{more}")


def _of_grade(grade: GradeUsed, profile: ResolvedProfile, *, stale: bool) -> Confidence:
    if doubt := _doubt(grade, stale=stale):
        return Confidence(LOW, doubt)
    if profile.grade is not None:
        return _of_given(grade)
    if profile.years is None:
        why = "the pay table is exact, but years are not specified, so every grade is possible"
        counted = f"{why}; each counts by the people who hold it"
        return Confidence(MEDIUM, counted) if grade.paid else Confidence(LOW, why)
    return Confidence(MEDIUM, "the pay table is exact; the hiring board decides the grade")


def _of_given(grade: GradeUsed) -> Confidence:
    """A given grade is sure, where the table it is paid by is."""
    if grade.basis == ASSUMPTION:
        return Confidence(MEDIUM, f"that {grade.span} is paid by this table is an assumption")
    if grade.steps[0] == grade.steps[1]:
        return Confidence(HIGH, "grade and step are fixed, and the pay table is exact")
    return Confidence(HIGH, "the grade is given and the pay table is exact; only the step is open")


def _doubt(grade: GradeUsed, *, stale: bool) -> str:
    """Why no number of the grade method holds for the person and the date; empty where they do."""
    if not grade.met:
        return "the lowest grade's entry requirement is not met"
    if grade.late:
        return f"no pay table after {grade.year} is here, so that year's is used"
    return "the pay table is past its review date, and a newer one may be in force" if stale else ""
