"""The market method for a row or for columns of rows: the plan's steps as tables, the running arithmetic as it is.

The steps that depend on the title and the place alone come first in the plan; together they are one table. What a
number may be is the same for both engines: a whole number, or a column of them.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

from ehrpay.batch.tables.codes import Chain
from ehrpay.batch.tables.lines import IDLE, StepTable, parts_of, rank, unsure
from ehrpay.batch.tables.starts import Starts, refuse_overflow
from ehrpay.domain import running
from ehrpay.domain.estimate.confidence import of_what_is_unsaid
from ehrpay.domain.estimate.market import least_pay, outside
from ehrpay.domain.estimate.plan import answered
from ehrpay.domain.estimate.pricing import acting, published
from ehrpay.domain.estimate.result import BAND
from ehrpay.domain.money import UNIT, dollars
from ehrpay.domain.place import Place
from ehrpay.domain.profile import ResolvedProfile
from ehrpay.domain.running import MOST, Reach, Term
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.batch.tables.codes import Coded
    from ehrpay.batch.tables.reading import Employment, Reader, Title
    from ehrpay.domain.estimate.plan import Answer
    from ehrpay.domain.estimate.rulebook import Rulebook


class Unsaid(NamedTuple):
    """How unsure an answer is for what was not said of a person."""

    unsure: int


class Bound(NamedTuple):
    """Bounds on the whole range in cents, and how unsure they make an answer where they move it."""

    low: int
    high: int
    unsure: int


class Priced(NamedTuple):
    """Five points in whole dollars a year, and how unsure they are; numbers, or columns of them."""

    points: tuple[Any, ...]
    unsure: Any


class Market:
    """The market method of a rulebook, asked by codes of what was read."""

    def __init__(self, book: Rulebook, reader: Reader, *, apply_band: bool) -> None:
        """Take the rules and what was read; a fault among the chain's codes has no price."""
        self._book, self._apply_band = book, apply_band
        self.chain = chain = Chain(reader.codes)
        parts, title = reader.parts, reader.parts["title"]
        steps = [cached.step for cached in book.market_plan]
        first = list(takewhile(lambda step: parts_of(step.inputs) <= {"title", "role", "area"}, steps))
        starts = Starts(book, first, chain.codes[title], chain.codes[parts["area"]])
        self._used = [
            chain.join(title, parts["area"], starts),
            chain.add(parts["years"], parts["level"], _unsaid),
            chain.add(parts["job"], title, self._band),
            chain.derive(parts["place"], self._minimum),
            *[StepTable(step, chain, parts).part for step in steps[len(first) :]],
        ]
        self._codes = [chain.codes[part] for part in self._used]

    def price(self, found: list[Any], by: Coded) -> Priced:
        """The range that the codes of the chain's parts stand for."""
        codes = [found[part] for part in self._used]
        start, unsaid, band, least, *lines = by.records(self._codes, codes)
        lines = [line for line in lines if line is not IDLE]
        totals = [start.total, *running.middle(lines, by.clip, start.total)]
        refuse_overflow(max(map(by.most, totals)))
        left = running.reach(lines, Reach(start.width, start.down, start.up))
        left = self._fallen_back(left, start.fall_backs, by)
        middle = dollars(totals[-1]) * 100  # the explanation's last line
        cap = running.last_bounds(lines, totals[1:], start.total)
        if cap is not None and by.one and outside(cap, left):
            cap = None
        points = running.percentiles(middle, left, start[5:9], by.clip, by.root, bounds=cap)
        doubt = by.largest(by.largest(start.unsure, unsaid.unsure), unsure(lines, totals, by))
        for bound in (bound for bound in (band, least) if bound is not FREE):
            points, moved = _held(points, bound, by)
            doubt = by.largest(doubt, moved * bound.unsure)
        return Priced(points, doubt)

    def _fallen_back(self, left: Reach, levels: Any, by: Coded) -> Reach:
        """The range widened once for each level fallen back."""
        for level in range(1, by.most(levels) + 1):
            narrow = by.where(levels >= level, self._book.fall_back, UNIT)
            left = running.reach([Term(narrow=narrow)], left)
        return left

    def _band(self, job: Employment, title: Title) -> Bound:
        if job.agency is None:
            return FREE
        profile = ResolvedProfile(**title._asdict(), agency=job.agency, locality=job.locality)
        band = acting(published(self._book, profile), apply_band=self._apply_band)
        return FREE if band is None else bound(answered(BAND, band.term, band.story))

    def _minimum(self, place: Place | None) -> Bound:
        least = least_pay(self._book, place)
        return FREE if least is None else bound(least)


FREE = Bound(0, MOST, 0)


def bound(answer: Answer) -> Bound:
    """A step that holds the whole range."""
    return Bound(*answer.term.bounds, rank(answer.doubts))


def _held(points: tuple[Any, ...], bound: Bound, by: Coded) -> tuple[tuple[Any, ...], Any]:
    """The points inside bounds, and whether any moved."""
    inside = running.held(points, bound.low, bound.high, by.clip)
    moved = points[0] != inside[0]
    for was, now in zip(points[1:], inside[1:], strict=True):
        moved = moved | (was != now)
    return inside, moved


def _unsaid(years: Any, level: str | None) -> Unsaid:
    """How unsure an answer is where neither years nor a level are known."""
    return Unsaid(rank(of_what_is_unsaid(ResolvedProfile(years=years, level=level, place=SOMEWHERE))))


SOMEWHERE = Place(query="", kind="", name="")
"""A place, where it matters only that there is one."""
