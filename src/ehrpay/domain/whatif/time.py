"""Changes that time brings: more years, the next step, the next grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.bands import in_force
from ehrpay.domain.federal.qualification import YEAR
from ehrpay.domain.federal.schedule import GRADES, STEPS, WEEKS, promote
from ehrpay.domain.typed_numbers import MOST_YEARS, Years
from ehrpay.domain.whatif.change import Change, not_possible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.domain.compiled.employers import Agency
    from ehrpay.domain.compiled.federal import QualificationLadder
    from ehrpay.domain.estimate.result import GradeUsed
    from ehrpay.domain.whatif.change import Baseline, Unpriced

AHEAD = (1, 3, 5)
"""How many years ahead are looked at."""


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'}"


def years(start: Baseline) -> Iterator[Change | Unpriced]:
    """One, three and five more years in the same job; at a grade, years in it, which give the step."""
    profile = start.resolved
    if profile.grade is not None and profile.years_in_grade is None and profile.step is not None:
        reason = "at a grade, time pays through steps: see the next step"
        yield not_possible("years", "any", "more years", reason)
    elif profile.years is None and profile.years_in_grade is None:
        yield not_possible("years", "any", "more years", "years of experience not specified")
    else:
        yield from (_later(start, more) for more in AHEAD)


def _later(start: Baseline, more: int) -> Change | Unpriced:
    in_grade, wait, id_ = start.resolved.years_in_grade, _counted(more, "year"), f"plus-{more}"
    if in_grade is not None:
        total = Years(in_grade + 10 * more, in_grade + 10 * more)
        profile = start.profile._replace(years_in_grade=str(total))
        label = f"+{wait} in the grade, {total} in all"
    else:
        low, high = start.resolved.years or (0, 0)
        total = Years(low + 10 * more, high + 10 * more)
        profile = start.profile._replace(years=str(total))
        label = f"+{wait} of experience, {total} in all"
    if total.high > MOST_YEARS * 10:
        return not_possible("years", id_, label, f"the rules cover up to {MOST_YEARS} years")
    return Change("years", id_, label, profile, wait=wait)


def steps(start: Baseline) -> Iterator[Change | Unpriced]:
    """The next step within the grade, after OPM's waiting period or what years in the grade have left of it."""
    used = start.now.grade
    if used is None:
        return
    grade, step = used.rate.grade, used.rate.step
    if used.steps[0] != used.steps[1] or start.resolved.grade is None:
        yield not_possible("step", "next", "the next step", "the step is open: use --grade with --step")
    elif step == STEPS:
        yield not_possible("step", "next", "the next step", f"step {STEPS} is the last of a grade")
    else:
        table, in_grade = start.book.pay_table(start.resolved), start.resolved.years_in_grade
        weeks = table.wait(step)
        if in_grade is not None:
            weeks = sum(map(table.wait, range(1, step + 1))) - in_grade * WEEKS // YEAR
        profile = start.profile._replace(step=str(step + 1), years_in_grade=None)
        label = f"{used.rate.plan}-{grade} step {step + 1}"
        yield Change("step", str(step + 1), label, profile, wait=_counted(weeks, "week"))


def grades(start: Baseline) -> Iterator[Change | Unpriced]:
    """The next grade, where the ladder or the grades published for the work reach that far."""
    used, agency = start.now.grade, start.book.agency(start.resolved.agency)
    if used is not None and start.resolved.grade is not None:
        yield _next_grade(start, used, agency)
    elif used is not None:
        # The ladder gives several grades; more years climb it, which `years` prices.
        reason = "the grade is open and rises with years: use --grade to see the next one"
        yield not_possible("grade", "next", "the next grade", reason)
    elif agency is not None and agency.pay_plan:
        reason = "no qualification ladder sets the grade: use --grade"
        yield not_possible("grade", "next", "the next grade", reason)


def _next_grade(start: Baseline, used: GradeUsed, agency: Agency | None) -> Change | Unpriced:
    profile, top, named = start.resolved, used.grades[1], start.book.pay_table(start.resolved).named
    ladder = start.book.ladder(profile.agency, profile.role)
    open_grades = range(1, GRADES + 1) if ladder is None else ladder.grades
    following = min((grade for grade in open_grades if grade > top), default=None)
    if following is None:
        reason = f"the General Schedule ends at GS-{GRADES}"
        if ladder is not None:
            reason = f"the qualification ladder of this role ends at {named(ladder.grades[-1])}"
        return not_possible("grade", "next", "the next grade", reason)
    last = _published(start, agency, top)
    if last is not None and following > last:
        reason = f"this employer's published grades for the work end at GS-{last}"
        return not_possible("grade", str(following), named(following), reason)
    return _promotion(start, used, following, ladder)


def _published(start: Baseline, agency: Agency | None, top: int) -> int | None:
    """The highest grade the employer publishes for the role; None if it publishes none or the person is above."""
    role = start.resolved.role
    bands = in_force(agency.bands if agency else (), start.book.as_of, role, start.book.series(role))
    last = next((band.grades[1] for band in bands if band.grades), None)
    return None if last is None or last < top else last


def _promotion(start: Baseline, used: GradeUsed, grade: int, ladder: QualificationLadder | None) -> Change:
    step, label = None, start.book.pay_table(start.resolved).named(grade)
    note = (
        "compares the same steps of both grades, but a promotion starts lower: add --step for the exact gain"
    )
    if used.steps[0] == used.steps[1]:
        rate = promote(start.book.pay_table(start.resolved), used.rate.grade, used.rate.step, grade)
        step, label = str(rate.step), f"{label} step {rate.step}"
        note = "step by the two-step promotion rule, 5 U.S.C. 5334(b)"
    profile = start.profile._replace(grade=str(grade), step=step, years_in_grade=None)
    needs, wait = _requirement(start, used, ladder)
    return Change("grade", str(grade), label, profile, wait=wait, needs=needs, note=note)


def _requirement(start: Baseline, used: GradeUsed, ladder: QualificationLadder | None) -> tuple[str, str]:
    """What the next grade asks for, and how long it takes where the ladder says so."""
    if ladder is None:
        return "a vacancy or a career ladder, and the standard's qualifications", ""
    in_grade = start.resolved.years_in_grade
    served = in_grade is not None and in_grade >= YEAR
    return ladder.advance.text, "served" if served else f"1 year at {used.span}"
