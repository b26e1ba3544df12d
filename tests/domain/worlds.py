"""Random profiles and random valid rulebooks, from a seed."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from ehrpay.domain.place import Place
from ehrpay.domain.profile import Profile

if TYPE_CHECKING:
    import random

    from ehrpay.domain.estimate.rulebook import Rulebook

DAYS = ("2025-07-01", "2026-01-15", "2026-11-23", "2027-03-31")


def levels(core: dict[str, Any], field: str) -> list[str]:
    """The ids a profile field can take."""
    return [
        level["id"]
        for rule in core["adjustments"].values()
        if rule["input"] == field
        for level in rule["levels"]
    ]


def factor(rng: random.Random) -> tuple[int, int, int]:
    """A factor with its low and high, in 1/10,000."""
    low, middle, high = sorted(rng.randint(4_000, 20_000) for _ in range(3))
    return middle, low, high


def shuffled_facts(rows: list[list[Any]], rng: random.Random) -> None:
    """Replace each dated factor by a random valid one."""
    for row in rows:
        row[1], row[2], row[3] = factor(rng)


def random_core(core: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """The same rules with every market factor, curve, share and wage random, yet valid."""
    made = copy.deepcopy({key: core[key] for key in ("adjustments", "occupations", "spread", "ageing")})
    for rule in made["adjustments"].values():
        for key in ("none", "core", "second", "third"):
            shuffled_facts(rule.get(key, []), rng)
        for level in rule["levels"]:
            shuffled_facts(level["values"], rng)
            for special in level["by_role"]:
                shuffled_facts(special["values"], rng)
        for row in rule.get("curve", []):
            row[1] = curve(rng)
    for occupation in made["occupations"].values():
        for row in occupation["wages"]:
            row[1] = [1000, *sorted(rng.randint(15_000, 300_000) for _ in range(5))]
    for row in made["spread"]:
        row[1] = {
            "narrow": {id_: rng.randint(5_000, 10_000) for id_ in row[1]["narrow"]},
            "fall_back": rng.randint(10_000, 15_000),
        }
    return {**core, **made}


def curve(rng: random.Random) -> list[list[int]]:
    """A monotone curve from 0 to 60 years."""
    years = [0, *sorted(rng.sample(range(1, 60), rng.randint(1, 8)))]
    rising = sorted(rng.randint(4_000, 20_000) for _ in years)
    return [
        [year, value, max(1_000, value - 500 * (len(years) - i)), value + 500 * (i + 1)]
        for i, (year, value) in enumerate(zip(years, rising, strict=True))
    ]


def random_profile(core: dict[str, Any], rng: random.Random) -> Profile:
    """A valid profile of an employer without a pay plan, or of none."""

    def maybe(values: list[str]) -> str | None:
        return rng.choice(values) if rng.random() < 0.5 else None

    first = rng.randint(0, 600)
    last = min(600, first + rng.choice((0, 0, 5, 20, 100)))
    years = f"{first / 10}-{last / 10}" if last > first else f"{first / 10}"
    certs = levels(core, "certs")
    return Profile(
        agency=maybe(["private", "ssa"]),
        role=maybe(levels(core, "role")),
        years=years if rng.random() < 0.8 else None,
        degree=maybe(levels(core, "degree")),
        certs=tuple(rng.sample(certs, rng.randint(0, 4))) if rng.random() < 0.7 else None,
        ehr=tuple(rng.sample(levels(core, "ehr"), rng.randint(0, 2))) if rng.random() < 0.4 else None,
        work=maybe(levels(core, "work")),
    )


def random_place(book: Rulebook, rng: random.Random) -> Place | None:
    """Nowhere, a state, a metro or a nonmetro area."""
    kind = rng.choice((None, "state", "metro", "nonmetro"))
    if kind is None:
        return None
    names = book.wages.areas()["names"]
    code = rng.choice(sorted(names[kind]))
    if kind == "state":
        return Place(query=code, kind="state", name=code, state=code)
    state = names[kind][code].rpartition(", ")[2][:2] if kind == "metro" else "CO"
    return Place(query=code, kind=kind, name=names[kind][code], state=state, area=code)
