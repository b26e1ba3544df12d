"""A rulebook and a profile to an Estimate: choose the method, run its plan, cross-check by the other."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from ehrpay.domain.estimate import warnings
from ehrpay.domain.estimate.bands import in_force, priced
from ehrpay.domain.estimate.confidence import confidence
from ehrpay.domain.estimate.grade import covered, grade, placed, quantiles, uncovered
from ehrpay.domain.estimate.market import HOURS, Ranged, market, ranged
from ehrpay.domain.estimate.result import CrossCheck, Estimate, Numbers, Words
from ehrpay.domain.profile import FIELDS, LEVELS
from ehrpay.errors import NoRuleError, UsageError, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ehrpay.domain.estimate.bands import Band
    from ehrpay.domain.estimate.result import GradeUsed, MethodResult
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.federal.placement import Placement
    from ehrpay.domain.profile import ResolvedProfile

METHODS = ("auto", "market", "grade")
OTHERS = tuple(field for field in LEVELS if field.name != "role")
"""The fields whose levels come after the years in a headline."""


def estimate(
    book: Rulebook, profile: ResolvedProfile, method: str = "auto", *, apply_band: bool = False
) -> Estimate:
    """The range for one profile; its explanation is made when it is asked for.

    `auto` takes `grade` where the agency's pay plan covers the role, else `market`; the other is the
    cross-check. With `apply_band` the employer's newest band moves the market method's range whatever its evidence.
    NoRuleError where no rule covers the question; UsageError for a method that cannot apply.
    """
    return Estimate(*numbers_and_words(book, profile, method, apply_band=apply_band))


def numbers_and_words(
    book: Rulebook, profile: ResolvedProfile, method: str, *, apply_band: bool
) -> tuple[Numbers, Callable[[], Words]]:
    """The numbers of an estimate, and what makes its words; errors as of `estimate`."""
    chosen, bands = method_of(book, profile, method), published(book, profile)
    found: Ranged | Placement
    if chosen == "grade":
        found = placed(book, profile)
        points, hours = quantiles(found.cells), found.table.divisor.value
    else:
        found = ranged(book, profile, acting(bands, apply_band=apply_band))
        points, hours = found.points, HOURS
    numbers = Numbers(
        method=chosen,
        profile=profile,
        as_of=book.as_of,
        percentiles=points,
        hours=hours,
        rules_version=book.version,
        band=bands[0] if bands else None,
        overlays=book.rules.overlays,
        apply_band=apply_band,
    )
    return numbers, partial(_words, book, numbers, found)


def _words(book: Rulebook, numbers: Numbers, found: Ranged | Placement) -> Words:
    profile, band, agency = numbers.profile, numbers.band, book.agency(numbers.profile.agency)
    main = market(book, profile, found) if isinstance(found, Ranged) else grade(book, profile, found)
    of_band = warnings.of_band(band, applied=numbers.apply_band and numbers.method == "market")
    stale = warnings.stale(main.said, book.as_of)
    return Words(
        headline=headline(book, profile, main.grade),
        steps=main.steps,
        area=main.area,
        confidence=confidence(main, profile, stale=bool(stale)),
        cross_check=_cross_check(book, numbers),
        grade=main.grade,
        warnings=(*main.warnings, *of_band, *stale, *book.rules.conflicts),
        sources=_cited(main, band),
        notes=agency.notes if agency else (),
    )


def published(book: Rulebook, profile: ResolvedProfile) -> list[Band]:
    """The employer's published bands for the role, newest first; grades are priced in the person's locality."""
    agency = book.agency(profile.agency)
    if agency is None:
        return []
    rows = in_force(agency.bands, book.as_of, profile.role, book.series(profile.role))
    table = None
    if agency.pay_plan and any(row.grades for row in rows):
        with suppress(NoRuleError):
            table = book.pay_table(profile)
    return [band for row in rows if (band := priced(row, table, book.as_of)) is not None]


def acting(bands: Sequence[Band], *, apply_band: bool) -> Band | None:
    """The newest band, if it may move an estimate."""
    return bands[0] if bands and (apply_band or bands[0].acts) else None


def method_of(book: Rulebook, profile: ResolvedProfile, method: str) -> str:
    """The method that prices a profile: the one asked for, if it can, or the one that `auto` takes."""
    if method not in METHODS:
        raise UsageError(unknown("method", method, METHODS), field="method")
    if method == "auto":
        return "grade" if covered(book, profile) else "market"
    agency = book.agency(profile.agency)
    if method == "grade" and (agency is None or agency.pay_plan is None):
        msg = "'grade' needs an agency on the General Schedule; 'ehrpay list agencies' lists them"
        raise UsageError(msg, field="method")
    if method == "market" and profile.grade is not None:
        msg = "'market' conflicts with --grade: the market method does not use grades"
        raise UsageError(msg, field="method")
    return method


def _cross_check(book: Rulebook, numbers: Numbers) -> CrossCheck | None:
    profile, band = numbers.profile, numbers.band
    if profile.agency is None:
        return None
    other = "market" if numbers.method == "grade" else "grade"
    if other == "grade" and (reason := uncovered(book, profile)):
        return CrossCheck("grade", skipped=reason)
    try:
        if other == "market":
            found = ranged(book, profile, acting([band] if band else [], apply_band=numbers.apply_band))
            points, label = found.points, found.wage.name
        else:
            placement = placed(book, profile)
            points, label = quantiles(placement.cells), placement.rate.label
    except NoRuleError as error:
        return CrossCheck(other, skipped=str(error))
    return CrossCheck(other, points.p25, points.p50, points.p75, label)


def _cited(result: MethodResult, band: Band | None) -> tuple[str, ...]:
    """The ids of all sources an answer rests on, each once, in order of use."""
    ids = [id_ for story in result.said for id_ in story.sources]
    return tuple(dict.fromkeys([*ids, *(band.sources if band else ())]))


def headline(book: Rulebook, profile: ResolvedProfile, grade: GradeUsed | None) -> str:
    """One line: employer, role, grade, years, other levels, place."""
    parts = [book.employer(profile.agency)] if profile.agency is not None else []
    if profile.role is not None or profile.agency is None:
        role = profile.role and book.title(FIELDS["role"], profile.role)
        parts.append(role or book.wages.title(profile.occupation))
    if grade is not None:
        step = _span(" step ", grade.steps) if grade.grades[0] == grade.grades[1] else ""
        parts.append(grade.span + step)
    if profile.years is not None:
        parts.append(profile.years.words)
    for field in OTHERS:
        value = getattr(profile, field.name)
        if value is not None:
            parts += [book.title(field, id_) for id_ in (value if field.several else (value,))] or [
                field.none
            ]
    parts.append(_where(profile, grade))
    return ", ".join([part for part in parts if part])


def _where(profile: ResolvedProfile, grade: GradeUsed | None) -> str:
    if profile.place is not None:
        return profile.place.name
    return "United States" if profile.locality is None or grade is None else f"{grade.locality_name} locality"


def _span(word: str, ends: tuple[int, int]) -> str:
    return f"{word}{ends[0]}" if ends[0] == ends[1] else f"{word}{ends[0]} to {ends[1]}"
