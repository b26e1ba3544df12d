"""How long one estimate takes inside a running Python, the rules being loaded: its numbers, and then its words.

    python benchmarks/inprocess.py [--people 2000] [--no-write]

The best of seven passes over the same random people counts, by the processor's time; so each step has met its inputs
before, as in a loop or a roster. Information, not a promise of milliseconds. Prints, and writes results/inprocess.md.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ehrpay import Profile, estimate, load_rulebook
from ehrpay.domain.catalog import catalog
from ehrpay.domain.estimate.pricing import estimate as price
from ehrpay.domain.estimate.reading import read_profile
from machine import machine

if TYPE_CHECKING:
    from collections.abc import Callable

    from ehrpay import Rulebook

T = TypeVar("T")
RESULTS = Path(__file__).parent / "results"
DAY = "2026-11-23"
PASSES = 7
AIM = 20


def people(book: Rulebook, count: int) -> list[Profile]:
    """Random profiles without a place or a pay plan, the same ones every time."""
    rng = random.Random(1)
    ids = {
        kind: [row["id"] for row in catalog(book, kind)] for kind in ("roles", "degrees", "certs", "settings")
    }
    return [
        Profile(
            role=rng.choice([None, *ids["roles"]]),
            years=rng.randint(0, 300) / 10,
            degree=rng.choice([None, *ids["degrees"]]),
            certs=tuple(rng.sample(ids["certs"], rng.randint(0, 3))),
            setting=rng.choice([None, *ids["settings"]]),
        )
        for _ in range(count)
    ]


def per(things: list[T], work: Callable[[T], object]) -> float:
    """Microseconds for one of the things, in the best pass over all."""
    passes = []
    for _ in range(PASSES):
        start = time.process_time()
        for thing in things:
            work(thing)
        passes.append(time.process_time() - start)
    return min(passes) / len(things) * 1e6


def lines(count: int) -> list[tuple[str, float]]:
    """What is measured, in microseconds each."""
    book = load_rulebook(DAY)
    persons = people(book, count)
    known = [read_profile(book, person) for person in persons]
    federal = [
        Profile(agency="va", grade=grade, step=step) for grade in range(4, 12) for step in range(1, 11)
    ]
    return [
        ("plan run: a profile already read", per(known, lambda one: price(book, one))),
        ("the same, and its steps and words", per(known, lambda one: price(book, one).steps)),
        ("estimate(): text read, plan run", per(persons, lambda one: estimate(one, book))),
        ("the same, and its steps and words", per(persons, lambda one: estimate(one, book).steps)),
        ("estimate() of a grade and step", per(federal, lambda one: estimate(one, book))),
        ("load_rulebook(), rules cached", per([DAY], load_rulebook)),
    ]


def main() -> None:
    """Measure, print, and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--no-write", action="store_true", help="print only")
    said = parser.parse_args()
    head = f"{machine()}. Aim: {AIM} microseconds for one estimate, words made when asked for."
    rows = [f"| {name} | {took:,.1f} |" for name, took in lines(said.people)]
    table = "\n".join([head, "", "| in process | microseconds |", "|---|---:|", *rows, ""])
    print(table, end="")
    if not said.no_write:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "inprocess.md").write_text(table, "utf-8")


if __name__ == "__main__":
    main()
