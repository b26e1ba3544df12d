"""A roster has every person's dollars: each engine beside the path of one person, errors word for word."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pytest
from tests.batch.people import people
from tests.examples import SWEEPS

from ehrpay import estimate, load_rulebook
from ehrpay.batch.engines.frames import FrameEngine
from ehrpay.batch.engines.rows import RowEngine
from ehrpay.batch.files.faults import Fault
from ehrpay.batch.files.lines import Line
from ehrpay.batch.job.head import read_head
from ehrpay.batch.job.request import Job, Request
from ehrpay.batch.tables.reading import typed
from ehrpay.domain.estimate.verdict import read_offer, verdict
from ehrpay.domain.profile import FIELDS
from ehrpay.errors import EhrpayError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.domain.estimate.rulebook import Rulebook

NAMES = (*FIELDS, "pay")
KINDS = (
    ("2026-11-28", Request(ends=True)),
    ("2023-06-01", Request(ends=True)),
    ("2026-11-28", Request("market", apply_band=True, ends=True)),
    ("2026-05-01", Request("grade", ends=True)),
)
PAYS = ("", "52000", "61,250.50", "$70k", "31.25/h", "4400/month", "12", "abc", "-5", "99999999", "48000.005")
"""Current pay as people write it, and as they should not."""

Found = tuple[Any, ...]


def rows_of(book: Rulebook, seed: int, count: int) -> list[list[str]]:
    """Random rows of cells, in the order of NAMES."""
    rng = random.Random(seed)
    return [
        [
            *(row.get(name) or "" for name in FIELDS),
            rng.choice(PAYS) if rng.random() < 0.3 else str(rng.randrange(30_000, 150_000)),
        ]
        for row in people(book, seed, count)
    ]


def one_person(book: Rulebook, request: Request, cells: Sequence[str]) -> Found:
    """What the row is paid by the path that `ehrpay estimate` takes, with its verdict on current pay; or its error."""
    profile = typed({name: text.strip() or None for name, text in zip(FIELDS, cells, strict=False)})
    try:
        answer = estimate(profile, book, method=request.method, apply_band=request.apply_band)
    except EhrpayError as error:
        return (error.field if isinstance(error, UsageError) else ""), str(error)
    grade = answer.grade and answer.grade.rate
    found: Found = (
        *(answer.low, answer.mid, answer.high, answer.percentiles.p10, answer.percentiles.p90, answer.method),
        grade and f"{grade.plan}-{grade.grade}",
        grade and grade.step,
        answer.confidence.word,
    )
    try:
        pay = read_offer(cells[-1], answer.hours) if cells[-1] else None
    except UsageError as error:
        return "pay", str(error)
    if pay is None:
        return (*found, None, None, None, None)
    judged = verdict(pay, answer)
    penetration = None if judged.penetration is None else judged.penetration / 10_000
    position = {"low": "below", "strong": "above"}.get(judged.word, "inside")
    share = None if answer.grade else judged.percentile
    return (*found, judged.compa_ratio / 10_000, penetration, share, position)


def by_rows(job: Job, rows: Sequence[Sequence[str]]) -> Iterator[Found]:
    """Row after row."""
    engine = RowEngine(job)
    for number, cells in enumerate(rows):
        found = engine(Line(number, cells))
        yield (found.field, found.reason) if isinstance(found, Fault) else tuple(found)
    assert engine.tally.rows == len(rows)


def by_frames(job: Job, rows: Sequence[Sequence[str]], seed: int) -> Iterator[Found]:
    """In frames of random sizes."""
    rng, engine, done = random.Random(seed), FrameEngine(job), 0
    while done < len(rows):
        some = rows[done : done + rng.randrange(1, 700)]
        frame = pl.DataFrame(some, schema=dict.fromkeys(NAMES, pl.String), orient="row")
        outcomes = engine(frame, np.arange(done, done + len(some)))
        priced: dict[int, Found] = {fault.line: (fault.field, fault.reason) for fault in outcomes.faults}
        good = (number for number in range(done, done + len(some)) if number not in priced)
        priced |= dict(zip(good, outcomes.frame.select(job.added).iter_rows(), strict=True))
        yield from (priced[number] for number in range(done, done + len(some)))
        done += len(some)
    assert engine.tally.rows == len(rows)


def the_same(as_of: str, request: Request, seed: int, count: int) -> tuple[int, int]:
    """Compare both engines with one person's path; how many rows had no price, and how many a grade."""
    book = load_rulebook(as_of)
    rows = rows_of(book, seed, count)
    expected = [one_person(book, request, cells) for cells in rows]
    for found in (
        by_rows(Job(book, read_head("people", NAMES, {}), request), rows),
        by_frames(Job(book, read_head("people", NAMES, {}), request), rows, seed),
    ):
        for cells, own, wanted in zip(rows, found, expected, strict=True):
            assert own == wanted, dict(zip(NAMES, cells, strict=True))
    return sum(len(one) == 2 for one in expected), sum(len(one) > 2 and one[5] == "grade" for one in expected)


@pytest.mark.parametrize(("as_of", "request_"), KINDS)
def test_both_engines_have_every_persons_dollars_and_errors(as_of: str, request_: Request) -> None:
    count = 150 if SWEEPS else 50
    faults, _ = the_same(as_of, request_, 5, count)
    assert 0 < faults < count


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("as_of", "request_"), KINDS)
def test_twenty_thousand_rows_have_every_persons_dollars_and_errors(
    as_of: str, request_: Request, seed: int
) -> None:
    faults, grades = the_same(as_of, request_, 100 + seed, 1_250)
    assert faults < 1_250
    assert grades or request_.method == "market"


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100))
@pytest.mark.parametrize(("as_of", "request_"), KINDS)
def test_a_million_rows_have_every_persons_dollars_and_errors(
    as_of: str, request_: Request, seed: int
) -> None:
    the_same(as_of, request_, 1_000 + seed, 2_500)


def test_a_fault_of_one_row_is_not_that_of_another() -> None:
    """A row without a price beside one with it, cell by cell the same but for one."""
    book = load_rulebook("2026-11-28")
    job = Job(book, read_head("people", ("role", "years"), {}), Request())
    engine = RowEngine(job)
    good, bad = (engine(Line(1, ["coder", years])) for years in ("5", "5,5"))
    assert isinstance(good, list)
    assert isinstance(bad, Fault)
    assert bad.reason == "'5,5' is not a number of years; use a decimal point, like 5.5"
