"""More years never lower any point of the range, whatever else is known, also where the cap holds the middle."""

from __future__ import annotations

import json
import random
from itertools import pairwise

import pytest
from tests.domain.worlds import DAYS, random_place
from tests.examples import MANY, SWEEPS
from tests.faults.process import process

from ehrpay import Profile, Rulebook, load_rulebook
from ehrpay.domain.estimate.pricing import estimate
from ehrpay.domain.estimate.reading import read_profile
from ehrpay.domain.profile import FIELDS
from ehrpay.errors import NoRuleError, UsageError

FEW, SLOW = 20 if SWEEPS else 5, 10_000 if MANY else 1_500
EVERY = [*range(0, 100, 5), *range(100, 250, 10), 250, 300, 400, 600]
"""Tenths of years."""


def random_job(book: Rulebook, rng: random.Random) -> Profile:
    """A person and a job by every field that names a level, and an employer of any kind."""
    made = Profile(agency=rng.choice([None, None, *book.rules.agencies]))
    for name, field in FIELDS.items():
        if field.kind == "level" and rng.random() < 0.5 and not (made.agency and name == "setting"):
            known = list(book.levels(name))
            some = tuple(rng.sample(known, rng.randint(0, 4))) if field.several else rng.choice(known)
            made = made.with_value(name, some)
    return made


def never_falls(seed: int, books: list[Rulebook]) -> int:
    """Check one person in one place over all years, by both methods; how many answers there were."""
    rng = random.Random(seed)
    book = rng.choice(books)
    job, place = random_job(book, rng), random_place(book, rng)
    answers = 0
    for method in ("auto", "market"):
        points = []
        for tenths in EVERY:
            person = job._replace(years=f"{tenths // 10}.{tenths % 10}")
            try:
                points.append(estimate(book, read_profile(book, person, place), method).percentiles)
            except (NoRuleError, UsageError):
                break
        answers += len(points)
        for before, after in pairwise(points):
            assert all(one <= other for one, other in zip(before, after, strict=True)), (
                seed,
                method,
                job,
                place,
            )
    return answers


@pytest.fixture(scope="module")
def books() -> list[Rulebook]:
    return [load_rulebook(day) for day in DAYS]


def test_no_point_falls_with_years(books: list[Rulebook]) -> None:
    assert sum(never_falls(seed, books) for seed in range(FEW)) > FEW * len(EVERY)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_no_point_falls_with_years_for_many(part: int, books: list[Rulebook]) -> None:
    for seed in range(FEW + part, FEW + SLOW, 4):
        never_falls(seed, books)


@pytest.mark.slow
def test_managers_in_canton() -> None:
    """The place where it was seen, through a real process."""
    points = []
    for years in ("17", "22", "30"):
        ran = process("estimate", "--role", "manager", "--location", "cbsa 15940", "--years", years, "--json")
        points.append(json.loads(ran.stdout)["percentiles"].values())
    for before, after in pairwise(points):
        assert all(one <= other for one, other in zip(before, after, strict=True))
