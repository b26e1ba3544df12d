"""Words about an estimate: the headline, the confidence and its reason, warnings, what it cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.result import Confidence
from ehrpay.domain.facts import CONFIDENCES
from ehrpay.domain.money import CLIP
from ehrpay.domain.profile import FIELDS, LEVELS
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.domain.estimate.bands import Band
    from ehrpay.domain.estimate.result import GradeUsed, Step
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.fields import Field
    from ehrpay.domain.market.wages import AreaWage
    from ehrpay.domain.outcome import Outcome
    from ehrpay.domain.profile import ResolvedProfile

ENTRY = "entry"
TWO_YEARS = 20


class Question(NamedTuple):
    """What was asked and what the chosen method made of it."""

    book: Rulebook
    known: ResolvedProfile
    outcomes: tuple[Outcome, ...]
    steps: tuple[Step, ...]
    grade: GradeUsed | None


def headline(book: Rulebook, known: ResolvedProfile, grade: GradeUsed | None) -> str:
    """One line that says who and where, from the rules' own names."""
    parts = [_employer(book, known.agency)] if known.agency is not None else []
    if known.role is not None or known.agency is None:
        parts.append(_levels(book, FIELDS["role"], known) or book.wages.title(known.occupation))
    if grade is not None:
        parts.append(
            _span("GS-", grade.grades)
            + (_span(" step ", grade.steps) if grade.grades[0] == grade.grades[1] else "")
        )
    if known.years is not None:
        parts.append(f"{known.years} year{'' if known.years == (10, 10) else 's'}")
    parts += [text for field in LEVELS if field.name != "role" and (text := _levels(book, field, known))]
    parts.append(_where(known, grade))
    return ", ".join(parts)


def _employer(book: Rulebook, agency: str) -> str:
    """The initials people know a federal agency by; another employer's name."""
    rule = book.rules.agencies[agency]
    return agency.upper() if rule.kind == "federal" else rule.name


def _where(known: ResolvedProfile, grade: GradeUsed | None) -> str:
    if known.place is not None:
        return known.place.name
    return "United States" if known.locality is None or grade is None else f"{grade.locality_name} locality"


def _span(word: str, ends: tuple[int, int]) -> str:
    return f"{word}{ends[0]}" if ends[0] == ends[1] else f"{word}{ends[0]} to {ends[1]}"


def _levels(book: Rulebook, field: Field, known: ResolvedProfile) -> str:
    """The names of the levels a profile has of a field; a credential is known by its short one."""
    value = getattr(known, field.name)
    if value is None:
        return ""
    levels = [book.levels(field.name)[id_] for id_ in (value if field.several else [value])]
    names = (level.short if field.step == "set" else level.name for level in levels)
    return ", ".join(names) or field.none


def confidence(asked: Question) -> Confidence:
    """The weakest link's word, and which links those are."""
    if asked.grade is not None:
        return _grade_confidence(asked)
    links = [(o.confidence, o.label) for o in asked.outcomes if o.said and o.kind != CLIP]
    links += [("low", f"{step.outcome.label} acted") for step in asked.steps if step.outcome.id == "cap"]
    if asked.known.years is None:
        links.append(("medium", "years of experience not said"))
    worst = max((word for word, _ in links), key=CONFIDENCES.index)
    if worst == CONFIDENCES[0]:
        return Confidence(worst, "every number is official and recent")
    why = [label for word, label in links if word == worst]
    more = f" and {len(why) - 2} more" if len(why) > 2 else ""  # noqa: PLR2004 - two are enough to read
    return Confidence(worst, f"rests on {'; '.join(why[:2])}{more}")


def _grade_confidence(asked: Question) -> Confidence:
    grade = asked.grade
    if grade is not None and not grade.met:
        return Confidence("low", "what was said does not meet the entry requirement of the lowest grade")
    if stale(asked):
        return Confidence("medium", "the table is past its review date, and a newer one may be in force")
    if grade is None or (grade.grades[0] == grade.grades[1] and grade.steps[0] == grade.steps[1]):
        return Confidence("high", "grade and step are fixed, and the table is exact")
    if asked.known.grade is not None:
        return Confidence("high", "the grade is given and the table exact; only the step is open")
    if asked.known.years is None:
        return Confidence(
            "low", "the table is exact, but years were not said, so every grade of the ladder is open"
        )
    return Confidence("medium", "the table is exact; which grade a board grants is its judgement")


def acted(steps: Iterable[Step]) -> list[str]:
    """A sentence for each cap or clamp that moved the middle."""
    return [
        f"{step.outcome.label} acted: it {'lowered' if step.change_cents < 0 else 'raised'} the middle"
        for step in steps
        if step.outcome.kind == CLIP
    ]


def fallen(wage: AreaWage, known: ResolvedProfile) -> list[str]:
    """A sentence where an area had no figure and a wider one stood in; and what the place itself notes."""
    notes = list(known.place.notes) if known.place is not None else []
    if wage.hidden:
        notes.append(
            f"{wage.name} does not publish all percentiles: the nation's shape stands in, and it is wider"
        )
    if not wage.fell_back:
        return notes
    return [
        f"no figure for {', then '.join(wage.fell_back)}: {wage.name} stands in, and the range is wider",
        *notes,
    ]


def noted(outcomes: Sequence[Outcome], known: ResolvedProfile) -> list[str]:
    """What the user should know of what they said: no pay evidence; an apprentice mark that should be gone."""
    found = [
        f"no pay evidence for {o.label}: counted as 1.0000" for o in outcomes if o.said and not o.evidence
    ]
    if known.certs and "cpc-a" in known.certs and known.years and known.years.low >= TWO_YEARS:
        found.append("CPC-A is removed once two years are documented: give cpc instead")
    return found


def contradicted(bands: Sequence[Band]) -> list[str]:
    """A sentence for each published band that later evidence contradicts."""
    return [
        f"the {band.basis} band {band.label} of {band.effective} is contradicted: {band.contradicted}"
        for band in bands
        if band.contradicted
    ]


def stale(asked: Question) -> list[str]:
    """A sentence for each number past its review date on the date asked about."""
    return [
        f"{outcome.label} ({outcome.where}) was due for review by {outcome.review_by}"
        for outcome in asked.outcomes
        if outcome.said and outcome.review_by and outcome.review_by < asked.book.as_of
    ]


def cited(outcomes: Iterable[Outcome], band: Band | None) -> tuple[str, ...]:
    """The ids of all sources an answer rests on, each once, in order of use."""
    ids = [id_ for o in outcomes if o.said for id_ in o.sources]
    return tuple(dict.fromkeys([*ids, *(band.sources if band else ())]))
