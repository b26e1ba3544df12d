"""The grade method: a cell of the pay table, exact to the dollar, and the cells around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate import warnings
from ehrpay.domain.estimate.plan import explained, said, totals
from ehrpay.domain.estimate.result import SHARES, AreaUsed, GradeUsed, MethodResult, Percentiles
from ehrpay.domain.facts import BASES, weakest
from ehrpay.domain.federal.placement import cell_at, given, place
from ehrpay.domain.federal.qualification import Qualifications, climb, first
from ehrpay.domain.federal.staff import everyone
from ehrpay.errors import NoRuleError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.compiled.federal import QualificationLadder
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.federal.placement import Placement
    from ehrpay.domain.federal.qualification import Named, Reached
    from ehrpay.domain.federal.schedule import Cell, PaySchedule, Rate
    from ehrpay.domain.federal.staff import Counted
    from ehrpay.domain.profile import ResolvedProfile


def covered(book: Rulebook, profile: ResolvedProfile) -> bool:
    """Whether the agency's pay plan covers the question."""
    return not uncovered(book, profile)


def uncovered(book: Rulebook, profile: ResolvedProfile) -> str:
    """Why no grade can be given, in a sentence; empty where one is, a ladder knows the role, or people hold it."""
    agency, role = book.agency(profile.agency), profile.role
    if agency is None or agency.pay_plan is None:
        return "no pay plan here covers this employer"
    if profile.grade is not None or book.ladder(agency.id, role) is not None or _without_role(book, profile):
        return ""
    begins = _begins(book, agency.id, role)
    whose = f"agency '{agency.id}' gives role '{role}'" if role else f"of agency '{agency.id}'"
    if begins is None:
        return f"the grades {whose} are not known here; use --grade"
    return f"the grades {whose} are known here from {begins} on, not for {book.as_of}; use --grade or a later date"


def _begins(book: Rulebook, agency: str, role: str | None) -> str | None:
    """The day from which the rules have grades for a role, or for nobody in particular; None where they never do."""
    counted = None if role else book.counted(agency, None)
    days = [first(book.rules.federal.ladders.values(), agency, role), counted and counted.effective]
    return min((day for day in days if day), default=None)


def _without_role(book: Rulebook, profile: ResolvedProfile) -> Counted | None:
    """The people of the agency, where no role is given and they were counted by then."""
    counted = None if profile.role else book.counted(profile.agency, None)
    return counted if counted and counted.effective <= book.as_of else None


def grade(book: Rulebook, profile: ResolvedProfile, placement: Placement) -> MethodResult:
    """All that is to be said of a placement, and the plan's steps for its middle cell."""
    used = _used(book, placement, profile)
    answers = [step.answer(placement) for step in book.grade_plan]
    steps = explained(answers, totals(answers))
    return MethodResult(
        steps=steps,
        said=said(answers),
        area=_area(used, profile),
        warnings=(*warnings.about_placement(placement, profile), *warnings.clipped(steps)),
        grade=used,
    )


def placed(book: Rulebook, profile: ResolvedProfile) -> Placement:
    """Where in the pay table of the person's locality the grade given, the people there, or the ladder, puts them."""
    table = book.pay_table(profile)
    counted = book.counted(profile.agency, profile.role)
    asked = (profile.agency, profile.role, profile.grade, Qualifications.of(profile))
    if asked not in book.reached:
        book.reached[asked] = _reached(book, profile, table.named)
    return place(table, book.reached[asked], profile, counted)


def _reached(book: Rulebook, profile: ResolvedProfile, named: Named) -> Reached:
    if profile.grade is not None:
        return given(profile.grade, named)
    known, counted, ladders = (
        Qualifications.of(profile),
        _without_role(book, profile),
        ladders_of(book, profile),
    )
    if counted is not None:
        return everyone(counted, ladders, known, named)
    if not ladders:
        raise NoRuleError(uncovered(book, profile))
    return climb(ladders[0], known, named)


def ladders_of(book: Rulebook, profile: ResolvedProfile) -> list[QualificationLadder]:
    """The ladders that decide the grades of a profile without one: of its role, or all of the agency's series."""
    counted = _without_role(book, profile)
    if counted is not None:
        return book.ladders(profile.agency, counted.series)
    ladder = book.ladder(profile.agency, profile.role)
    return [] if ladder is None else [ladder]


def quantiles(cells: Sequence[Cell]) -> Percentiles:
    """Five cells of the table, by the people at or below each."""
    return Percentiles(*(cell_at(cells, share).annual for share in SHARES))


def _used(book: Rulebook, placement: Placement, profile: ResolvedProfile) -> GradeUsed:
    table, reached, counted = placement.table, placement.reached, book.counted(profile.agency, profile.role)
    return GradeUsed(
        grades=reached.grades,
        steps=placement.steps,
        rate=placement.rate,
        year=table.year,
        locality=table.code,
        locality_name=table.name,
        percent=table.percent.value,
        reasons=placement.reasons,
        span=table.span(reached.grades),
        mean=placement.mean,
        next_increase=_next_increase(table, placement.rate),
        met=reached.met,
        basis=weakest((table.base.basis, reached.basis), BASES),
        paid="" if counted is None else counted.paid,
        late=book.as_of[:4] > table.year,
    )


def _next_increase(table: PaySchedule, rate: Rate) -> str:
    wait = table.wait(rate.step)
    if not wait:
        return "none: step 10 is the last"
    raised = table.rate(rate.grade, rate.step + 1)
    gain = raised.annual - rate.annual
    return (
        f"step {raised.step} after {wait} weeks at step {rate.step}: ${raised.annual:,} a year (+${gain:,})"
    )


def _area(used: GradeUsed, profile: ResolvedProfile) -> AreaUsed:
    kind, code, name = "locality", used.locality, used.locality_name
    if profile.place is not None:
        there = profile.place
        kind, code, name = there.kind, there.area or there.state or "us", there.name
    return AreaUsed(kind, code, name, (), used.locality, used.locality_name)
