"""Random profiles and random valid rulebooks, from a seed."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from ehrpay.domain.compiled.adjustments import Point
from ehrpay.domain.compiled.wages import Spread, WagePoints
from ehrpay.domain.facts import Factor
from ehrpay.domain.place import Place
from ehrpay.domain.profile import Profile

if TYPE_CHECKING:
    import random

    from ehrpay.domain.compiled.adjustments import Adjustment, Curve, Factors, Level
    from ehrpay.domain.compiled.rules import Rules
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.facts import Fact

DAYS = ("2025-07-01", "2026-01-15", "2026-11-23", "2027-03-31")


def random_factors(facts: Factors, rng: random.Random) -> Factors:
    """The same dates with random valid factors."""
    return tuple(fact._replace(value=random_factor(rng)) for fact in facts)


def random_factor(rng: random.Random) -> Factor:
    """A factor with its low and high, in 1/10,000."""
    low, middle, high = sorted(rng.randint(4_000, 20_000) for _ in range(3))
    return Factor(middle, low, high)


def random_rules(rules: Rules, rng: random.Random) -> Rules:
    """The same rules with every market factor, curve, share and wage random, yet valid."""
    made = copy.copy(rules)
    made.adjustments = {id_: random_adjustment(rule, rng) for id_, rule in rules.adjustments.items()}
    made.occupations = {
        id_: occupation._replace(wages=tuple(random_wages(fact, rng) for fact in occupation.wages))
        for id_, occupation in rules.occupations.items()
    }
    made.spread = tuple(fact._replace(value=random_spread(fact.value, rng)) for fact in rules.spread)
    return made


def random_adjustment(rule: Adjustment, rng: random.Random) -> Adjustment:
    """One adjustment with random factors."""
    return rule._replace(
        none=random_factors(rule.none, rng),
        core=random_factors(rule.core, rng),
        second=random_factors(rule.second, rng),
        third=random_factors(rule.third, rng),
        levels={id_: random_level(level, rng) for id_, level in rule.levels.items()},
        curve=tuple(fact._replace(value=random_curve(rng)) for fact in rule.curve),
    )


def random_level(level: Level, rng: random.Random) -> Level:
    """One level with random factors."""
    return level._replace(
        values=random_factors(level.values, rng),
        by_role=tuple(
            special._replace(values=random_factors(special.values, rng)) for special in level.by_role
        ),
    )


def random_wages(fact: Fact[WagePoints], rng: random.Random) -> Fact[WagePoints]:
    """Percentiles that never fall."""
    p10, p25, p50, p75, p90 = sorted(rng.randint(15_000, 300_000) for _ in range(5))
    return fact._replace(value=WagePoints(1000, p10, p25, p50, p75, p90))


def random_spread(spread: Spread, rng: random.Random) -> Spread:
    """Shares that narrow, and one that widens."""
    return Spread({id_: rng.randint(5_000, 10_000) for id_ in spread.narrow}, rng.randint(10_000, 15_000))


def random_curve(rng: random.Random) -> Curve:
    """A monotone curve from 0 to 60 years."""
    years = [0, *sorted(rng.sample(range(1, 60), rng.randint(1, 8)))]
    rising = sorted(rng.randint(4_000, 20_000) for _ in years)
    return tuple(
        Point(year, Factor(value, max(1_000, value - 500 * (len(years) - i)), value + 500 * (i + 1)))
        for i, (year, value) in enumerate(zip(years, rising, strict=True))
    )


def random_profile(book: Rulebook, rng: random.Random) -> Profile:
    """A valid profile of an employer without a pay plan, or of none."""

    def maybe(values: list[str]) -> str | None:
        return rng.choice(values) if rng.random() < 0.5 else None

    first = rng.randint(0, 600)
    last = min(600, first + rng.choice((0, 0, 5, 20, 100)))
    years = f"{first / 10}-{last / 10}" if last > first else f"{first / 10}"
    certs = list(book.levels("certs"))
    return Profile(
        agency=maybe(["private", "ssa"]),
        role=maybe(list(book.levels("role"))),
        years=years if rng.random() < 0.8 else None,
        degree=maybe(list(book.levels("degree"))),
        certs=tuple(rng.sample(certs, rng.randint(0, 4))) if rng.random() < 0.7 else None,
        ehr=tuple(rng.sample(list(book.levels("ehr")), rng.randint(0, 2))) if rng.random() < 0.4 else None,
        work=maybe(list(book.levels("work"))),
    )


def random_place(book: Rulebook, rng: random.Random) -> Place | None:
    """Nowhere, a state, a metro or a nonmetro area."""
    kind = rng.choice((None, "state", "metro", "nonmetro"))
    if kind is None:
        return None
    names = book.rules.areas.names
    code = rng.choice(sorted(names[kind]))
    if kind == "state":
        return Place(query=code, kind="state", name=code, state=code)
    state = names[kind][code].rpartition(", ")[2][:2] if kind == "metro" else "CO"
    return Place(query=code, kind=kind, name=names[kind][code], state=state, area=code)
