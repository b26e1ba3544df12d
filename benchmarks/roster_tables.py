"""The rules' numbers as Parquet tables, for others to price the same roster with; making them is not timed.

    python benchmarks/roster_tables.py FOLDER

`start` is keyed by the texts of role and location: the total after the steps that depend on nothing else, the area's
shape, the cap and the minimum wage. `years` (by tenths), `degree`, `certs` and `setting` are keyed by role and text:
what that step does. Cents, and factors in 1/10,000.
"""

from __future__ import annotations

import sys
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from ehrpay import Profile, load_rulebook
from ehrpay.domain import running
from ehrpay.domain.estimate.market import least_pay
from ehrpay.domain.estimate.reading import read_profile
from ehrpay.domain.money import UNIT, clip
from ehrpay.domain.running import Term
from ehrpay.places.resolve import resolve
from roster_cases import DAY
from roster_people import TENTHS, places, values

if TYPE_CHECKING:
    from ehrpay import Rulebook
    from ehrpay.domain.estimate.plan import CachedStep
    from ehrpay.domain.profile import ResolvedProfile

ABOUT_PEOPLE = ("years", "degree", "certs", "setting")
FALLS = 3
"""The most levels that a range is widened by: area, state, and percentiles that are hidden."""


def parts(book: Rulebook) -> tuple[list[CachedStep], dict[str, CachedStep], CachedStep]:
    """The plan's steps up to those about the person, those by their input, and the cap.

    Between the last two stand steps whose inputs this roster has not; they may do nothing.
    """
    plan = book.market_plan
    first = list(takewhile(lambda step: not {*ABOUT_PEOPLE} & {*step.step.inputs}, plan))
    personal = {
        next(name for name in ABOUT_PEOPLE if name in step.step.inputs): step
        for step in plan[len(first) :][:4]
    }
    if list(personal) != list(ABOUT_PEOPLE):
        sys.exit(f"the plan's steps about a person have another order: {', '.join(personal)}")
    *between, cap = plan[len(first) + 4 :]
    for role in sorted(set(book.rules.names["responsibility"].values())):
        read = read_profile(book, Profile(role=role))
        for step in between:
            if step.answer(read).term.factor not in (None, UNIT) or step.answer(read).term.down:
                sys.exit(f"{step.answer(read).id} moves {role}; add it to the tables")
    return first, personal, cap


def start(book: Rulebook, first: list[CachedStep], cap: CachedStep, read: ResolvedProfile) -> dict[str, int]:
    """What role and place decide."""
    terms = [step.answer(read).term for step in first]
    reach = running.reach(terms)
    cap_low, cap_high = cap.answer(read).term.bounds
    wage = book.wages.at(read.occupation, read.place and read.place.wage_place)
    least = least_pay(book, read.place)
    low, high = (Term() if least is None else least.term).bounds
    falls = {f"fall{n}": book.fall_back if wage.widened > n else UNIT for n in range(FALLS)}
    return {
        "total": running.middle(terms, clip)[-1],
        "width": reach.width,
        "down": reach.down,
        "up": reach.up,
        "p25": wage.shape[1],
        "p75": wage.shape[2],
        "cap_low": cap_low,
        "cap_high": cap_high,
        "least": low,
        "most": high,
        **falls,
    }


def line(term: Term) -> dict[str, int]:
    """What a step about a person does."""
    if term.plus is not None or term.low is not None:
        sys.exit("a step about a person adds or bounds; add it to the tables")
    return {
        "factor": UNIT if term.factor is None else term.factor,
        "narrow": UNIT if term.narrow is None else term.narrow,
        "down": term.down or 0,
        "up": term.up or 0,
    }


def tables() -> dict[str, pl.DataFrame]:
    """Every table by its name."""
    book = load_rulebook(DAY)
    texts = values(book, "market")
    first, personal, cap = parts(book)
    roles = {role: read_profile(book, Profile(role=role)) for role in texts["role"]}
    there = {name: resolve(name) for name in places()}
    found: dict[str, list[dict[str, Any]]] = {
        "start": [
            {"role": role, "location": name, **start(book, first, cap, read._replace(place=place))}
            for role, read in roles.items()
            for name, place in there.items()
        ]
    }
    typed: dict[str, list[Any]] = {**texts, "years": list(range(TENTHS))}
    for name, step in personal.items():
        rows = found[name] = []
        for value in typed[name]:
            read = read_profile(book, Profile(**_typed(name, value)))
            for role, title in roles.items():
                own = title._replace(**{name: getattr(read, name)})
                rows.append({"role": role, name: value, **line(step.answer(own).term)})
    return {name: pl.DataFrame(rows) for name, rows in found.items()}


def _typed(name: str, value: Any) -> dict[str, Any]:
    if name == "years":
        return {name: f"{value // 10}.{value % 10}"}
    return {name: tuple(value.split(";")) if name == "certs" else value}


if __name__ == "__main__":
    for name_, table in tables().items():
        table.write_parquet(Path(sys.argv[1]) / f"{name_}.parquet")
