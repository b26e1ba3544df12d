"""Changes that time brings: more years, the next step, the next grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.bands import in_force
from ehrpay.domain.estimate.grade import schedule
from ehrpay.domain.federal.promotion import promote
from ehrpay.domain.federal.qualification import YEAR, pick
from ehrpay.domain.federal.schedule import GRADES, STEPS, WEEKS
from ehrpay.domain.typed_numbers import MOST_YEARS, Years
from ehrpay.domain.whatif.change import Change, Here, Left, refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ehrpay.domain.federal.schedule import PaySchedule

AHEAD = (1, 3, 5)
"""How many years ahead are looked at."""


def years(here: Here) -> Iterator[Change | Left]:
    """One, three and five more years in the same job; at a grade, years in it, which give the step."""
    known = here.known
    if known.grade is not None and known.years_in_grade is None and known.step is not None:
        yield refused("years", "any", "more years", "at a grade time pays through steps: see the next step")
    elif known.years is None and known.years_in_grade is None:
        yield refused("years", "any", "more years", "years of experience were not said")
    else:
        yield from (_later(here, more) for more in AHEAD)


def _later(here: Here, more: int) -> Change | Left:
    known, in_grade = here.known, here.known.years_in_grade
    label, wait = f"+{more} year{'' if more == 1 else 's'}", f"{more} year{'' if more == 1 else 's'}"
    if in_grade is not None:
        ends = Years(in_grade + 10 * more, in_grade + 10 * more)
        profile = here.profile._replace(years_in_grade=str(ends))
        label = f"{label} in the grade, {ends} in all"
    else:
        was = known.years or Years(0, 0)
        ends = Years(was.low + 10 * more, was.high + 10 * more)
        profile = here.profile._replace(years=str(ends))
        label = f"{label} of experience, {ends} in all"
    if ends.high > MOST_YEARS * 10:
        return refused("years", f"plus-{more}", label, f"the rules know up to {MOST_YEARS} years")
    return Change("years", f"plus-{more}", label, profile, wait=wait)


def steps(here: Here) -> Iterator[Change | Left]:
    """The next step within the grade, after OPM's waiting period."""
    used = here.now.grade
    if used is None:
        return
    if used.steps[0] != used.steps[1] or here.known.grade is None:
        yield refused("step", "next", "the next step", "the step is open: say --grade with --step")
    elif used.rate.step == STEPS:
        yield refused("step", "next", "the next step", f"step {STEPS} is the last of a grade")
    else:
        step, grade = used.rate.step, used.rate.grade
        weeks = _left(schedule(here.book, here.known), step, here.known.years_in_grade)
        profile = here.profile._replace(step=str(step + 1), years_in_grade=None)
        yield Change(
            "step",
            str(step + 1),
            f"GS-{grade} step {step + 1}",
            profile,
            wait=f"{weeks} week{'' if weeks == 1 else 's'}",
        )


def _left(table: PaySchedule, step: int, in_grade: int | None) -> int:
    """Weeks to the next step: the whole period, or what years in the grade have left of it."""
    if in_grade is None:
        return table.wait(step)
    return sum(map(table.wait, range(1, step + 1))) - in_grade * WEEKS // 10


def grades(here: Here) -> Iterator[Change | Left]:
    """The next grade, where the ladder or the grades published for the work reach that far."""
    used, rule = here.now.grade, here.book.agency(here.known.agency)
    if used is None:
        if rule is not None and rule["pay_plan"]:
            yield refused("grade", "next", "the next grade", "no ladder gives the grade now: say --grade")
        return
    if here.known.grade is None:
        # The ladder gives several grades; more years climb it, which `years` prices.
        reason = "the grade is open, and more years climb its ladder: say --grade for the next one"
        yield refused("grade", "next", "the next grade", reason)
        return
    ladder = pick(
        here.book.core["federal"]["ladders"], here.known.agency or "", here.known.role, here.book.as_of
    )
    top = used.grades[1]
    following = _following(ladder, top)
    last = _published(here, rule, top)
    if following is None:
        reason = f"the General Schedule ends at GS-{GRADES}"
        if ladder is not None:
            reason = f"the qualification ladder of this role ends at GS-{ladder['grades'][-1]}"
        yield refused("grade", "next", "the next grade", reason)
    elif last is not None and following > last:
        reason = f"the grades published for this work here end at GS-{last}"
        yield refused("grade", str(following), f"GS-{following}", reason)
    else:
        yield _promotion(here, following, ladder)


def _following(ladder: dict[str, Any] | None, top: int) -> int | None:
    known = range(1, GRADES + 1) if ladder is None else ladder["grades"]
    return min((grade for grade in known if grade > top), default=None)


def _published(here: Here, rule: dict[str, Any] | None, top: int) -> int | None:
    """The highest grade the employer publishes for the role; None if it publishes none or the person is above."""
    rows = [] if rule is None else rule["bands"]
    role = here.known.role
    found = [row for row in in_force(rows, here.book.as_of, role, here.book.series(role)) if row["grades"]]
    last = found[0]["grades"][1] if found else None
    return None if last is None or last < top else int(last)


def _promotion(here: Here, grade: int, ladder: dict[str, Any] | None) -> Change:
    used, step = here.now.grade, None
    if used is not None and used.steps[0] == used.steps[1]:
        rate = promote(schedule(here.book, here.known), used.rate.grade, used.rate.step, grade)
        step = str(rate.step)
    profile = here.profile._replace(grade=str(grade), step=step, years_in_grade=None)
    needs, wait = _way_up(here, ladder)
    if step is None:
        note = "steps alike at both grades, yet a promotion starts lower: say --step for the exact gain"
        return Change("grade", str(grade), f"GS-{grade}", profile, wait=wait, needs=needs, note=note)
    note = "step by the two-step promotion rule, 5 U.S.C. 5334(b)"
    return Change("grade", str(grade), f"GS-{grade} step {step}", profile, wait=wait, needs=needs, note=note)


def _way_up(here: Here, ladder: dict[str, Any] | None) -> tuple[str, str]:
    """What the next grade asks for, and how long it takes where the ladder says so."""
    if ladder is None:
        return "a vacancy or a career ladder, and the standard's qualifications", ""
    in_grade = here.known.years_in_grade
    wait = "served" if in_grade is not None and in_grade >= YEAR else f"1 year at GS-{here.known.grade}"
    return str(ladder["advance"]["text"]), wait
