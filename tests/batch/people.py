"""Random rows of a roster: every field, both methods, ranges of years, aliases, and cells that are wrong."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ehrpay.domain.estimate.rulebook import Rulebook

Row = dict[str, str | None]

PLACES = (
    "Denver, CO", "80202", "Boise, ID", "Columbus, OH", "rural Mississippi", "Mississippi", "New York", "nyc", "Guam",
    "San Juan, PR", "American Samoa", "Chicago", "Washington, DC", "Alaska", "Anchorage", "15940", "Canton, OH", "us",
    "Hines, IL", "90210", "Seattle", "Kansas City, MO", "Los Angeles County, CA", "Spokane, WA", "rural Texas", "Maine",
)  # fmt: skip
WRONG = (
    "Denvr, CO",
    "x",
    "Springfield",
    "??",
    "\u0660",
    "1e400",
    "5-3",
    "61",
    "-1",
    "none",
    "=1+1",
    "12,5",
    "a" * 200,
)


def names(book: Rulebook, field: str) -> list[str]:
    """Every name that people type for a field's values."""
    adjustment = {"role": "responsibility", "certs": "certification"}.get(field, field)
    return sorted(book.rules.names[adjustment])


def years(rng: random.Random) -> str:
    """Years as typed: whole, tenths, or a range."""
    low = rng.randrange(0, 450)
    if rng.random() < 0.1:
        return f"{low // 10}-{low // 10 + rng.randrange(0, 9)}"
    return f"{low // 10}.{low % 10}" if rng.random() < 0.6 else str(low // 10)


def people(book: Rulebook, seed: int, count: int, *, wrong: float = 0.03) -> list[Row]:
    """So many rows of cells by field; a share of the cells is `wrong`."""
    rng = random.Random(seed)
    known = {
        field: names(book, field)
        for field in ("agency", "role", "degree", "certs", "setting", "ehr", "work", "level")
    }
    federal = [id_ for id_, rule in book.rules.agencies.items() if rule.pay_plan]
    localities = sorted(book.rules.federal.localities)
    return [_person(rng, known, federal, localities, wrong) for _ in range(count)]


def _person(
    rng: random.Random, known: dict[str, list[str]], federal: list[str], localities: list[str], wrong: float
) -> Row:
    row: Row = {}
    if rng.random() < 0.5:
        row["agency"] = rng.choice(federal) if rng.random() < 0.7 else rng.choice(known["agency"])
        if row["agency"] in federal and rng.random() < 0.3:
            row["grade"] = str(rng.randrange(1, 16))
            row[rng.choice(("step", "years_in_grade"))] = str(rng.randrange(1, 11))
        if row["agency"] in federal and rng.random() < 0.3:
            row["locality"] = rng.choice(localities)
    elif rng.random() < 0.6:
        row["setting"] = rng.choice(known["setting"])
    row["role"] = rng.choice(known["role"])
    row["years"] = years(rng)
    for field in ("degree", "work", "level"):
        row[field] = rng.choice(known[field])
    for field in ("certs", "ehr"):
        row[field] = rng.choice((";", "|", "; ")).join(rng.sample(known[field], rng.randrange(1, 4)))
    if "locality" not in row:
        row["location"] = rng.choice(PLACES)
    row = {field: text if rng.random() < 0.75 else None for field, text in row.items()}
    for field in list(row):
        if rng.random() < wrong:
            row[field] = rng.choice(WRONG)
    return row
