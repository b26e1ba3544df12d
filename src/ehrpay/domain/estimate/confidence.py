"""How sure an estimate is: a word, and what it rests on. docs/method.md has the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.result import BAND, CLIP, Confidence, Doubt, kind_of
from ehrpay.domain.facts import BASES, CONFIDENCES, weakest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ehrpay.domain.estimate.result import GradeUsed, MethodResult
    from ehrpay.domain.profile import ResolvedProfile
    from ehrpay.domain.running import Term
    from ehrpay.domain.story import Story, Trust

HIGH, MEDIUM, LOW = CONFIDENCES
OFFICIAL, ASSUMPTION = BASES[0], BASES[-1]
TELLING = frozenset({"base", "area", "location", "ageing", "responsibility"})
"""The steps whose own word counts: they move pay most. A role's word is that of its estimates in the backtest."""
BINDING = frozenset({"cap", "order"})
"""The bounds that say, where they act, that the numbers do not fit together."""
NO_PLACE = Doubt(MEDIUM, "place not specified")
NO_YEARS = Doubt(MEDIUM, "neither years nor level specified")
NAMED = 2
"""So many links are named; more are counted."""


def confidence(result: MethodResult, profile: ResolvedProfile, *, stale: bool) -> Confidence:
    """The weakest link's word, and which links those are."""
    if result.grade is not None:
        return _of_grade(result.grade, profile, stale=stale)
    return _of_market(result.doubts, profile)


def _of_market(met: Iterable[Doubt], profile: ResolvedProfile) -> Confidence:
    found = [*met, *of_what_is_unsaid(profile)]
    worst = weakest({doubt.word for doubt in found}, CONFIDENCES)
    if worst == HIGH:
        return Confidence(worst, "every number is official and recent")
    why = list(dict.fromkeys(doubt.why for doubt in found if doubt.word == worst))
    more = f" and {len(why) - NAMED} more" if len(why) > NAMED else ""
    return Confidence(worst, f"weakest inputs: {'; '.join(why[:NAMED])}{more}")


def of_what_is_unsaid(profile: ResolvedProfile) -> Iterator[Doubt]:
    """The doubts about a market estimate that no step has."""
    if profile.place is None:
        yield NO_PLACE
    if profile.years is None and profile.level is None:
        yield NO_YEARS


def doubts(step: str, term: Term, story: Story) -> Iterator[Doubt]:
    """How sure a step lets one be, and why."""
    for word, why, if_changed in wordless(step, term, story):
        yield Doubt(word, why.format(story.label), if_changed)


def wordless(step: str, term: Term, trust: Story | Trust) -> Iterator[Doubt]:
    """The same with `{}` for the step's label: its own word where it moves most, and what it rests on."""
    if step in TELLING and trust.said:
        yield Doubt(trust.confidence, "{}")
    if kind_of(term) == CLIP:
        if step in BINDING:
            yield Doubt(LOW, "{} applied", if_changed=True)
        if step == BAND and trust.basis != OFFICIAL:
            yield Doubt(LOW, f"{{}} ({trust.basis})")
    elif trust.said and trust.basis == ASSUMPTION:
        yield Doubt(MEDIUM, "{}", if_changed=not (term.down or term.up))


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
