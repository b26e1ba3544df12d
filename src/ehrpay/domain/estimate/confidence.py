"""How sure an estimate is: a word, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.result import CLIP, Confidence
from ehrpay.domain.facts import CONFIDENCES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.estimate.result import GradeUsed, MethodResult, Step
    from ehrpay.domain.profile import ResolvedProfile

HIGH, MEDIUM, LOW = CONFIDENCES
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
    if not grade.met:
        return Confidence(LOW, "the lowest grade's entry requirement is not met")
    if stale:
        return Confidence(MEDIUM, "the pay table is past its review date, and a newer one may be in force")
    if grade.grades[0] == grade.grades[1] and grade.steps[0] == grade.steps[1]:
        return Confidence(HIGH, "grade and step are fixed, and the pay table is exact")
    if profile.grade is not None:
        return Confidence(HIGH, "the grade is given and the pay table is exact; only the step is open")
    if profile.years is None:
        why = "the pay table is exact, but years are not specified, so every grade of the ladder is possible"
        return Confidence(LOW, why)
    return Confidence(MEDIUM, "the pay table is exact; the hiring board decides the grade")
