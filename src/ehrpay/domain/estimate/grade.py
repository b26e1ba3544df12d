"""The grade method: the cells of the pay table a person may be placed at, and the one in the middle."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ehrpay.domain.estimate.result import GradeUsed, Percentiles
from ehrpay.domain.federal.promotion import promote
from ehrpay.domain.federal.qualification import Reached, climb
from ehrpay.domain.federal.schedule import REST_OF_US, STEPS, WEEKS, PaySchedule, Rate
from ehrpay.domain.money import CLIP, PLUS, UNIT
from ehrpay.domain.numerals import decimal, percent
from ehrpay.domain.outcome import Outcome
from ehrpay.errors import NoRuleError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.profile import ResolvedProfile


class Graded(NamedTuple):
    """What the grade method answers: the steps' outcomes, percentiles, and the grade part of the answer."""

    outcomes: list[Outcome]
    percentiles: Percentiles
    used: GradeUsed
    schedule: PaySchedule
    warnings: tuple[str, ...]


def covered(book: Rulebook, known: ResolvedProfile) -> bool:
    """Whether the agency's pay plan covers the question: a grade was said, or a ladder knows the role."""
    rule = book.agency(known.agency)
    if rule is None or rule.pay_plan is None or known.agency is None:
        return False
    return known.grade is not None or book.ladder(known.agency, known.role) is not None


def schedule(book: Rulebook, known: ResolvedProfile) -> PaySchedule:
    """The pay table for the person's locality; Rest of U.S. where no place was said."""
    return PaySchedule(book.rules.federal, book.as_of, known.locality or REST_OF_US)


def estimate(book: Rulebook, known: ResolvedProfile) -> Graded:
    """Grade and step range, the middle cell's story, percentiles that are cells of the table."""
    table, reached, cells = placements(book, known)
    middle = at(cells, 50)
    steps = (min(c.step for c in cells), max(c.step for c in cells))
    used = GradeUsed(
        reached.grades,
        steps,
        middle,
        table.year,
        table.code,
        table.name,
        table.percent.value,
        reached.reasons,
        _next(table, middle),
        reached.met,
    )
    return Graded(_outcomes(table, middle, reached), quantiles(cells), used, table, _warnings(known, reached))


def placements(book: Rulebook, known: ResolvedProfile) -> tuple[PaySchedule, Reached, list[Rate]]:
    """The pay table, what the ladder says, and every cell the person may be placed at, lowest pay first."""
    table = schedule(book, known)
    reached = _reached(book, known)
    return table, reached, in_order(_cells(table, known, reached))


def in_order(cells: Iterable[Rate]) -> list[Rate]:
    """Cells by what they pay, the lower grade and step first where they pay alike."""
    return sorted(cells, key=lambda rate: (rate.annual, rate.grade, rate.step))


def _reached(book: Rulebook, known: ResolvedProfile) -> Reached:
    if known.grade is not None:
        said = f"GS-{known.grade} as given"
        return Reached((known.grade, known.grade), {}, (said,), (), met=True)
    ladder = book.ladder(known.agency, known.role)
    if ladder is None:
        role = f"role '{known.role}'" if known.role else "a role not said"
        msg = (
            f"no qualification ladder covers {role} at agency '{known.agency}' on {book.as_of}; give --grade"
        )
        raise NoRuleError(msg)
    return climb(ladder, known)


def _cells(table: PaySchedule, known: ResolvedProfile, reached: Reached) -> list[Rate]:
    if known.grade is not None and known.step is not None:
        return [table.rate(known.grade, known.step)]
    if known.grade is not None and known.years_in_grade is not None:
        return [table.rate(known.grade, table.step_after(known.years_in_grade * WEEKS // 10))]
    found: list[Rate] = []
    for grade in range(reached.grades[0], reached.grades[1] + 1):
        if grade in reached.tenths_since or not reached.tenths_since:
            found += table.cells((grade, grade), (1, _last_step(table, known, reached, grade)))
    return found


def _last_step(table: PaySchedule, known: ResolvedProfile, reached: Reached, grade: int) -> int:
    """The highest step the years can have led to by within-grade increases; all ten when years are unsaid."""
    if grade in reached.tenths_since:
        return table.step_after(reached.tenths_since[grade] * WEEKS // 10, _first_step(table, reached, grade))
    return STEPS if known.years is None else table.step_after(known.years.high * WEEKS // 10)


def _first_step(table: PaySchedule, reached: Reached, grade: int) -> int:
    """The step a person comes to a grade with: 1, or what the two-step rule gives after a year at each below."""
    step = 1
    for below, above in pairwise(sorted(g for g in reached.tenths_since if g <= grade)):
        step = promote(table, below, table.step_after(WEEKS, step), above).step
    return step


def quantiles(cells: list[Rate]) -> Percentiles:
    """Each percentile is a cell of the table: the lowest with at least that share of the cells at or below it."""
    p10, p25, p50, p75, p90 = (at(cells, share).annual for share in (10, 25, 50, 75, 90))
    return Percentiles(p10, p25, p50, p75, p90)


def at(cells: list[Rate], share: int) -> Rate:
    """The cell at a percentile of cells in order of pay."""
    return cells[(len(cells) * share + 99) // 100 - 1]


def _outcomes(table: PaySchedule, rate: Rate, reached: Reached) -> list[Outcome]:
    base = Outcome(
        "base-rate",
        PLUS,
        rate.base * 100,
        f"Base pay {table.year}, {rate.label}",
        table.base.basis,
        sources=tuple(dict.fromkeys((*table.base.sources, *reached.sources))),
        where=table.base.where,
        review_by=table.base.review_by,
        note="; ".join(reached.reasons),
    )
    local = Outcome(
        "locality-pay",
        PLUS,
        (rate.uncapped - rate.base) * 100,
        f"Locality pay {percent(table.percent.value)}, {table.name} ({table.code})",
        table.percent.basis,
        sources=table.percent.sources,
        where=table.percent.where,
        review_by=table.percent.review_by,
        note=table.percent.note,
        formula=f"{rate.base:,} x {decimal(UNIT + table.percent.value)} = {rate.uncapped:,}, half up to the dollar",
    )
    cap = Outcome(
        "pay-cap",
        CLIP,
        (0, table.cap.value * 100),
        f"Executive Schedule level IV cap, {table.cap.value:,}",
        table.cap.basis,
        sources=table.cap.sources,
        where=table.cap.where,
        review_by=table.cap.review_by,
    )
    return [base, local, cap]


def _next(table: PaySchedule, rate: Rate) -> str:
    wait = table.wait(rate.step)
    if not wait:
        return "none: step 10 is the last"
    raised = table.rate(rate.grade, rate.step + 1)
    gain = raised.annual - rate.annual
    return f"step {raised.step} after {wait} weeks at step {rate.step}: {raised.annual:,} (+{gain:,})"


def _warnings(known: ResolvedProfile, reached: Reached) -> tuple[str, ...]:
    found = [] if reached.met else [reached.reasons[0]]
    if known.locality is None and known.place is not None and known.place.kind != "nation":
        found.append(
            f"{known.place.name} lies in more than one locality area or none was found: Rest of U.S. used"
        )
    return tuple(found)
