"""The grade method: a cell of the pay table, exact to the dollar, and the cells around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate import warnings
from ehrpay.domain.estimate.plan import explained
from ehrpay.domain.estimate.result import AreaUsed, GradeUsed, MethodResult, Percentiles
from ehrpay.domain.federal.placement import Placement, cell_at, given, place
from ehrpay.domain.federal.qualification import Qualifications, climb
from ehrpay.errors import NoRuleError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.federal.qualification import Reached
    from ehrpay.domain.federal.schedule import PaySchedule, Rate
    from ehrpay.domain.profile import ResolvedProfile

SHARES = (10, 25, 50, 75, 90)


def covered(book: Rulebook, profile: ResolvedProfile) -> bool:
    """Whether the agency's pay plan covers the question: a grade was said, or a ladder knows the role."""
    agency = book.agency(profile.agency)
    if agency is None or agency.pay_plan is None:
        return False
    return profile.grade is not None or book.ladder(profile.agency, profile.role) is not None


def grade(book: Rulebook, profile: ResolvedProfile) -> MethodResult:
    """The plan's steps for the middle cell; the percentiles are cells of the table."""
    placement = placed(book, profile)
    table, used = placement.table, _used(placement)
    lines = explained(step(placement) for step in book.grade_plan)
    return MethodResult(
        method="grade",
        lines=lines,
        percentiles=quantiles(placement.cells),
        area=_area(used, profile),
        hours=table.divisor.value,
        warnings=(*warnings.about_placement(placement, profile), *warnings.clipped(lines)),
        grade=used,
    )


def placed(book: Rulebook, profile: ResolvedProfile) -> Placement:
    """Where in the pay table of the person's locality the grade given, or the ladder, puts them."""
    return place(book.pay_table(profile.locality), _reached(book, profile), profile)


def _reached(book: Rulebook, profile: ResolvedProfile) -> Reached:
    if profile.grade is not None:
        return given(profile.grade)
    ladder = book.ladder(profile.agency, profile.role)
    if ladder is None:
        role = f"role '{profile.role}'" if profile.role else "an unspecified role"
        msg = (
            f"no qualification ladder covers {role} at agency '{profile.agency}' on {book.as_of}; use --grade"
        )
        raise NoRuleError(msg)
    return climb(ladder, Qualifications.of(profile))


def quantiles(cells: Sequence[Rate]) -> Percentiles:
    """Five cells of the table by what they pay."""
    return Percentiles(*(cell_at(cells, share).annual for share in SHARES))


def _used(placement: Placement) -> GradeUsed:
    table, reached = placement.table, placement.reached
    return GradeUsed(
        grades=reached.grades,
        steps=placement.steps,
        rate=placement.rate,
        year=table.year,
        locality=table.code,
        locality_name=table.name,
        percent=table.percent.value,
        reasons=reached.reasons,
        next_increase=_next_increase(table, placement.rate),
        met=reached.met,
    )


def _next_increase(table: PaySchedule, rate: Rate) -> str:
    wait = table.wait(rate.step)
    if not wait:
        return "none: step 10 is the last"
    raised = table.rate(rate.grade, rate.step + 1)
    gain = raised.annual - rate.annual
    return f"step {raised.step} after {wait} weeks at step {rate.step}: {raised.annual:,} (+{gain:,})"


def _area(used: GradeUsed, profile: ResolvedProfile) -> AreaUsed:
    kind, code, name = "locality", used.locality, used.locality_name
    if profile.place is not None:
        there = profile.place
        kind, code, name = there.kind, there.area or there.state or "us", there.name
    return AreaUsed(kind, code, name, (), used.locality, used.locality_name)
