"""What a person who knows the work would hold against an answer, in every area: order, floors and widths."""

from __future__ import annotations

import random
from functools import cache
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Any

import pytest
from tests.examples import swept

from ehrpay import load_rulebook
from ehrpay.domain.estimate.market import minimum_wage
from ehrpay.domain.estimate.pricing import estimate
from ehrpay.domain.estimate.reading import read_profile
from ehrpay.domain.market.wages import OUTSIDE
from ehrpay.domain.money import UNIT, ratio
from ehrpay.domain.profile import Profile
from ehrpay.places.resolve import resolve

if TYPE_CHECKING:
    from ehrpay.domain.estimate.result import Estimate, Step
    from ehrpay.domain.place import Place

DAY = "2026-01-15"
CHAIN = ("file-clerk", "specialist", "supervisor", "manager", "director")
"""Roles from the one that pays least, at an equal profile."""
SETTINGS = (
    *("hospital", "physician-office", "outpatient", "nursing", "payer", "head-office", "university"),
    *("state-local-government", "consulting", "staffing", "vendor", None),
)
CHOICES: dict[str, tuple[Any, ...]] = {
    "setting": SETTINGS,
    "degree": ("high-school", "certificate", "associate", "bachelor", "master", None),
    "level": ("entry", "intermediate", "senior", "lead", None),
    "certs": (None, (), ("cpc",), ("cpc", "ccs"), ("rhia", "cpc", "coc")),
    "years": (None, "0", "2", "5", "9", "15", "30", "3-5", "0-30", "2-20"),
}
WIDEST = 1.15


@cache
def book(day: str = DAY) -> Any:
    return load_rulebook(day)


@cache
def places() -> tuple[Place, ...]:
    """Every metropolitan and nonmetropolitan area of the states."""
    names = book().rules.areas.names
    found = [resolve(name) for kind in ("metro", "nonmetro") for name in names[kind].values()]
    return tuple(place for place in found if place.state not in OUTSIDE)


def chosen(rng: random.Random) -> dict[str, Any]:
    return {field: rng.choice(values) for field, values in CHOICES.items()}


def market(place: Place | None, day: str = DAY, **said: Any) -> Estimate:
    return estimate(book(day), read_profile(book(day), Profile(**said), place), "market")


def free(answer: Estimate) -> bool:
    """Whether no bound moved a point of the range."""
    return not any(step.id in ("band", "minimum-wage") for step in answer.steps)


def spread(answer: Estimate) -> float:
    return log(answer.percentiles.p90 / answer.percentiles.p10)


def test_a_clerk_has_less_than_a_specialist_and_so_on_to_the_director_in_every_area() -> None:
    rng = random.Random(3)
    for place in swept(places()):
        said = chosen(rng)
        answers = [market(place, role=role, **said) for role in CHAIN]
        for (lower, upper), (below, above) in zip(pairwise(CHAIN), pairwise(answers), strict=True):
            assert below.mid <= above.mid, (place.name, said, lower, upper)
        for role, answer in zip(CHAIN, answers, strict=True):
            own = book().wages.at(book().occupation(role), place.wage_place).shape
            # A bound lifts P10 and P90 alike or not at all, and whole dollars are coarse where all five are one.
            assert spread(answer) <= WIDEST * log(own.p90 / own.p10) + 0.001, (place.name, said, role)


@pytest.mark.parametrize("day", ["2021-06-01", "2023-06-01", DAY])
def test_no_percentile_is_under_the_minimum_wage(day: str) -> None:
    rng = random.Random(7)
    lifted = 0
    for place in swept(places()):
        role = rng.choice(("file-clerk", "roi", "data-entry", "transcriptionist", "specialist"))
        answer = market(place, day, role=role, **chosen(rng))
        least = minimum_wage(book(day).rules.minimum_wages.values(), place, day)
        assert least is not None
        assert answer.percentiles.p10 * 100 >= least.fact.value * 2_080, (place.name, role)
        assert sum(step.change_cents for step in answer.steps) == answer.mid * 100
        lifted += not free(answer)
    assert lifted


def test_a_range_of_years_is_never_wider_than_years_left_out() -> None:
    rng = random.Random(11)
    for place in swept(places()):
        said: dict[str, Any] = {"role": rng.choice(CHAIN), "setting": rng.choice(SETTINGS)}
        first = rng.randint(0, 30)
        some = market(place, years=f"{first}-{rng.randint(first, 60)}", **said)
        none = market(place, **said)
        if free(none) and free(some):
            assert spread(some) <= spread(none) + 0.0005, (place.name, said, some.profile.years)


def test_a_wider_range_of_years_narrows_less() -> None:
    spreads = [spread(market(None, years=years)) for years in ("5", "4-6", "2-10", "0-60")]
    assert spreads == sorted(spreads)
    assert spreads[-1] == pytest.approx(spread(market(None)), abs=0.001)


def test_saying_more_never_widens_by_more_than_its_stated_cause() -> None:
    """The cause is the field's own uncertainty, for some settings a wider spread of their own, and a bound set free.

    Where the cap narrowed the answer that says less, which its line tells, its steps' uncertainty may come back.
    """
    rng = random.Random(13)
    for place in swept(places()):
        said = chosen(rng) | {"role": rng.choice(CHAIN)}
        field = rng.choice(list(CHOICES))
        less, more = market(place, **said | {field: None}), market(place, **said)
        if not (free(less) and free(more)):
            continue
        step = next(
            s
            for s in more.steps
            if s.id == {"certs": "certification", "years": "experience"}.get(field, field)
        )
        allowed = max(step.term.narrow or UNIT, UNIT) / UNIT
        before, after = _distance(less), _distance(more)
        pulls = [_pull(step)] + [_pull(other) for other in less.steps] * capped(less)
        assert after <= ((before * allowed) ** 2 + sum(p**2 for p in pulls)) ** 0.5 + 12, (
            place.name,
            said,
            field,
        )


def test_where_the_cap_narrows_the_range_it_has_a_line_that_says_so() -> None:
    said: dict[str, Any] = {"setting": "staffing", "degree": "associate", "role": "manager"}
    answer = market(resolve("Decatur, IL"), years="0", **said)
    line = next(step for step in answer.steps if step.id == "cap")
    assert (line.change_cents, line.story.label) == (0, "Cap at P10 to P90 of Decatur, IL moved P10, P25")
    assert not any(step.id == "cap" for step in market(resolve("Decatur, IL"), **said).steps)


def capped(answer: Estimate) -> bool:
    """Whether a line says that the cap acted on the range, or on the middle and so on all of it."""
    return any(step.id in ("order", "cap") for step in answer.steps)


def _pull(step: Step) -> int:
    """How far the step's uncertainty may pull P10, in 1/10,000 of the middle."""
    return 2 * max(step.term.down or 0, step.term.up or 0)


def _distance(answer: Estimate) -> int:
    """How far P10 lies under the middle, in 1/10,000 of it."""
    return UNIT - ratio(answer.percentiles.p10, answer.mid)
