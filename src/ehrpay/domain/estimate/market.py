"""The market method: the wages of the occupation where the work is, times what is known of the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain import running
from ehrpay.domain.estimate import warnings
from ehrpay.domain.estimate.plan import answered, doubted, explained, said
from ehrpay.domain.estimate.result import BAND, CLIP, MINIMUM_WAGE, AreaUsed, MethodResult, Percentiles
from ehrpay.domain.facts import in_force
from ehrpay.domain.money import UNIT, clip, dollars, root
from ehrpay.domain.numerals import exact
from ehrpay.domain.running import DECILE, MOST, Term
from ehrpay.domain.story import cited
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ehrpay.domain.compiled.wages import MinimumWage
    from ehrpay.domain.estimate.bands import Band
    from ehrpay.domain.estimate.plan import Answer
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.facts import Fact
    from ehrpay.domain.market.wages import AreaWage
    from ehrpay.domain.place import Place
    from ehrpay.domain.profile import ResolvedProfile
    from ehrpay.domain.running import Bounds, Reach

HOURS = 2080
"""The divisor for hourly pay outside the General Schedule."""
OWN = frozenset({"AS", "MP"})
"""Territories where the federal minimum wage does not hold, and whose own are not known here."""


class Ranged(NamedTuple):
    """Five points and what leads to them: the wages, the answers of all steps, and the total in cents after each."""

    points: Percentiles
    wage: AreaWage
    answers: list[Answer]
    totals: list[int]


def market(book: Rulebook, profile: ResolvedProfile, found: Ranged) -> MethodResult:
    """All that is to be said of a range."""
    _, wage, answers, totals = found
    steps, stories = explained(answers, totals), said(answers)
    return MethodResult(
        steps=steps,
        said=stories,
        area=AreaUsed(wage.kind, wage.code, wage.name, wage.fell_back, profile.locality),
        warnings=(
            *warnings.clipped(steps),
            *warnings.fallen_back(wage, profile),
            *warnings.about_inputs(stories, profile),
            *warnings.too_early(book.role(profile.role), profile, book.as_of),
        ),
        doubts=doubted(answers, totals),
    )


def ranged(book: Rulebook, profile: ResolvedProfile, band: Band | None) -> Ranged:
    """The plan's steps, and a range in the area's own shape; then bounds on all of it, with a step where they act."""
    answers = [step.answer(profile) for step in book.market_plan]
    wage = book.wages.at(profile.occupation, profile.place and profile.place.wage_place)
    terms = [answer.term for answer in answers]
    totals = running.middle(terms, clip)
    left = running.reach(terms)
    if wage.widened:
        left = running.reach([Term(narrow=book.fall_back)] * wage.widened, left)
    bounds = running.last_bounds(terms, totals)
    if bounds is not None and outside(bounds, left):
        bounds = None
    given = (dollars(totals[-1]) * 100, left, wage.shape, clip, root)
    points = Percentiles(*running.percentiles(*given, bounds=bounds))
    if bounds is not None and bounds.before == bounds.after:
        whole = Percentiles(*running.percentiles(*given))
        if whole != points:
            last = max(number for number, answer in enumerate(answers) if answer.kind == CLIP)
            answers[last] = _telling(answers[last], whole, points)
    for bound in _bounds(book, profile, band):
        low, high = bound.term.bounds
        if points.p10 * 100 < low or points.p90 * 100 > high:
            inside = Percentiles(*running.held(points, low, high, clip))
            answers.append(_telling(bound, points, inside))
            totals += running.middle([bound.term], clip, totals[-1])
            points = inside
    return Ranged(points, wage, answers, totals)


def outside(bounds: Bounds, left: Reach) -> bool:
    """Whether bounds lie outside all that is uncertain around the middle, so that they change nothing."""
    down, up = clip(DECILE * root(left.down), 1, UNIT), clip(DECILE * root(left.up), 1, UNIT)
    low, high = bounds.before * (UNIT - down), bounds.before * (UNIT + up)
    return bounds.low * UNIT <= low and high <= bounds.high * UNIT


def _bounds(book: Rulebook, profile: ResolvedProfile, band: Band | None) -> Iterator[Answer]:
    """What no percentile may leave: the employer's band, then the minimum wage of the place and date."""
    if band is not None:
        yield answered(BAND, band.term, band.story)
    least = least_pay(book, profile.place)
    if least is not None:
        yield least


def least_pay(book: Rulebook, place: Place | None) -> Answer | None:
    """The minimum wage of a place as a bound on the whole range; None where none is known."""
    where = None if place is None else (place.state, place.county, place.cbsa)
    if where not in book.least_pay:
        book.least_pay[where] = _least_pay(book, place)
    return book.least_pay[where]


def _least_pay(book: Rulebook, place: Place | None) -> Answer | None:
    least = minimum_wage(book.rules.minimum_wages.values(), place, book.as_of)
    if least is None:
        return None
    cents = -(least.fact.value * HOURS // -100) * 100  # whole dollars, up: never below the hour
    label = f"Minimum wage, {least.name}: ${exact(least.fact.value)} an hour x {HOURS:,}"
    return answered(MINIMUM_WAGE, Term(low=cents, high=MOST), cited(label, least.fact))


def _telling(bound: Answer, before: Percentiles, after: Percentiles) -> Answer:
    """The bound with the points it moved, so that whatever it does is shown."""
    pairs = zip(before._fields, before, after, strict=True)
    moved = tuple(name.upper() for name, old, new in pairs if old != new)
    label = f"{bound.story.label} moved {', '.join(moved)}"
    return answered(bound.id, bound.term, bound.story._replace(label=label, points=moved))


class MinimumWageUsed(NamedTuple):
    """The name of the area whose minimum wage holds, and the wage in cents an hour."""

    name: str
    fact: Fact[int]


def minimum_wage(wages: Iterable[MinimumWage], place: Place | None, as_of: str) -> MinimumWageUsed | None:
    """The highest minimum wage of the nation, the state and the county; None where none is known."""
    if place is not None and place.state in OWN:
        return None
    held = ((wage.name, in_force(wage.values, as_of)) for wage in wages if _holds(wage, place))
    known = [MinimumWageUsed(name, fact) for name, fact in held if fact is not None]
    return max(known, key=lambda used: used.fact.value, default=None)


def _holds(wage: MinimumWage, place: Place | None) -> bool:
    if wage.state is None:
        return True
    if place is None or place.state != wage.state:
        return False
    if not wage.counties:
        return True
    return place.county in wage.counties if place.county else place.cbsa == wage.metro is not None
