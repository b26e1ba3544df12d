"""A rulebook and a profile to an Estimate: choose the method, run its plan, cross-check by the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate import grade, remarks
from ehrpay.domain.estimate.bands import Band, clamp, in_force, priced
from ehrpay.domain.estimate.plan import Asked, ask, percentiles, told, width
from ehrpay.domain.estimate.result import AreaUsed, CrossCheck, Estimate, GradeUsed, Percentiles, Step
from ehrpay.domain.facts import in_force as newest
from ehrpay.domain.market.steps import Age, Area, Base, Cap, Fallback, rounding
from ehrpay.domain.money import UNIT
from ehrpay.errors import NoRuleError, UsageError, unknown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.outcome import AnyStep, Outcome
    from ehrpay.domain.profile import ResolvedProfile

METHODS = ("auto", "market", "grade")
MARKET_HOURS = 2080


class Priced(NamedTuple):
    """One method's part of the answer, before the cross-check."""

    method: str
    steps: tuple[Step, ...]
    percentiles: Percentiles
    area: AreaUsed
    hours: int
    outcomes: tuple[Outcome, ...]
    grade: GradeUsed | None = None
    warnings: tuple[str, ...] = ()


def market_plan(book: Rulebook) -> list[Asked]:
    """The market method's steps in the order the rules name them; made once for a rulebook."""
    if book.plan is None:
        fallback = Fallback(book.wages, book.adjustment("location"))
        age = Age(book.wages, book.ageing)
        own: dict[str, AnyStep] = {
            "base": Base(book.wages),
            "area": Area(book.wages),
            "location": fallback,
            "ageing": age,
            "cap": Cap(book.wages, age, fallback),
        }
        book.plan = [Asked(own.get(id_) or book.adjustment(id_)) for id_ in book.rules.plan["market"]]
    return book.plan


def market(book: Rulebook, known: ResolvedProfile, bands: list[Band]) -> Priced:
    """The market method: base wage, area, ageing, adjustments, cap, the employer's band."""
    outcomes = ask(market_plan(book), known)
    bounds = None
    if bands:
        outcomes.append(clamp(bands[0]))
        bounds = (bands[0].minimum * 100, bands[0].maximum * 100)
    steps = told([*outcomes, rounding()])
    wage = book.wages.at(known.occupation, known.place)
    rule = newest(book.rules.spread, book.as_of)
    narrow, fall_back = rule.value if rule else ({}, UNIT)
    reach = width(outcomes, narrow, fall_back, wage.levels + wage.hidden)
    points = percentiles(steps[-1].total_cents, book.wages.shape(wage, known.occupation), reach, bounds)
    locality = known.locality
    area = AreaUsed(wage.kind, wage.code, wage.name, wage.fell_back, locality)
    warnings = (*remarks.acted(steps), *remarks.fallen(wage, known), *remarks.noted(outcomes, known))
    return Priced("market", steps, points, area, MARKET_HOURS, tuple(outcomes), warnings=warnings)


def graded(book: Rulebook, known: ResolvedProfile) -> Priced:
    """The grade method: a cell of the pay table, exact to the dollar."""
    found = grade.estimate(book, known)
    place = known.place
    used = found.used
    kind, code, name = ("locality", used.locality, used.locality_name)
    area = AreaUsed(kind, code, name, (), used.locality, used.locality_name)
    if place is not None:
        area = area._replace(kind=place.kind, code=place.area or place.state or "us", name=place.name)
    steps = told(found.outcomes)
    warnings = (*found.warnings, *remarks.acted(steps))
    hours = found.schedule.divisor.value
    return Priced("grade", steps, found.percentiles, area, hours, tuple(found.outcomes), used, warnings)


def bands(book: Rulebook, known: ResolvedProfile) -> list[Band]:
    """The employer's published bands for the role, newest first; grades are priced in the person's locality."""
    rule = book.agency(known.agency)
    if rule is None:
        return []
    table = None
    if rule.pay_plan:
        try:
            table = grade.schedule(book, known)
        except NoRuleError:
            table = None
    found = [
        priced(row, table) for row in in_force(rule.bands, book.as_of, known.role, book.series(known.role))
    ]
    return [band for band in found if band is not None]


def estimate(book: Rulebook, known: ResolvedProfile, method: str = "auto") -> Estimate:
    """The explained range for one profile.

    `auto` takes `grade` where the agency's pay plan covers the role, else `market`; the other is the
    cross-check. NoRuleError where no rule covers the question; UsageError for a method that cannot apply.
    """
    chosen = _method(book, known, method)
    rule = book.agency(known.agency)
    published = bands(book, known)
    main = graded(book, known) if chosen == "grade" else market(book, known, published)
    own = remarks.Question(book, known, main.outcomes, main.steps, main.grade)
    band = published[0] if published else None
    return Estimate(
        main.method,
        known,
        remarks.headline(book, known, main.grade),
        book.as_of,
        main.percentiles,
        main.steps,
        main.area,
        remarks.confidence(own),
        main.hours,
        book.version,
        band,
        _cross_check(book, known, chosen, published),
        main.grade,
        (*main.warnings, *remarks.contradicted(published), *remarks.stale(own), *book.rules.conflicts),
        remarks.cited(main.outcomes, band),
        rule.notes if rule else (),
        book.rules.overlays,
    )


def _method(book: Rulebook, known: ResolvedProfile, method: str) -> str:
    if method not in METHODS:
        raise UsageError(unknown("method", method, METHODS), field="method")
    covered = grade.covered(book, known)
    if method == "auto":
        return "grade" if covered else "market"
    rule = book.agency(known.agency)
    if method == "grade" and (rule is None or rule.pay_plan is None):
        msg = "'grade' needs an agency on a pay plan; 'ehrpay list agencies' shows which are"
        raise UsageError(msg, field="method")
    if method == "market" and known.grade is not None:
        msg = "'market' conflicts with --grade: the market method does not use grades"
        raise UsageError(msg, field="method")
    return method


def _cross_check(
    book: Rulebook, known: ResolvedProfile, chosen: str, published: list[Band]
) -> CrossCheck | None:
    if known.agency is None:
        return None
    other = "market" if chosen == "grade" else "grade"
    if other == "grade" and not grade.covered(book, known):
        return CrossCheck("grade", skipped="no pay plan here covers this employer and role")
    try:
        found = graded(book, known) if other == "grade" else market(book, known, published)
    except NoRuleError as error:
        return CrossCheck(other, skipped=str(error))
    p = found.percentiles
    label = found.grade.rate.label if found.grade else found.area.name
    return CrossCheck(other, p.p25, p.p50, p.p75, label)
