"""The market method for a row or for columns of rows: the plan's steps as tables, the running arithmetic as it is.

The steps that depend on the title and the place alone come first in the plan; together they are one table. What a
number may be is the same for both engines: a whole number, or a column of them.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

from ehrpay.batch.tables.codes import UNSAID, OneRow, Table
from ehrpay.batch.tables.lines import Lines, StepTable, parts, rank, unsure
from ehrpay.batch.tables.reading import NOTHING
from ehrpay.domain import running
from ehrpay.domain.estimate.confidence import of_what_is_unsaid
from ehrpay.domain.estimate.market import least_pay
from ehrpay.domain.estimate.plan import answered
from ehrpay.domain.estimate.pricing import acting, published
from ehrpay.domain.estimate.result import BAND
from ehrpay.domain.money import UNIT, clip, dollars
from ehrpay.domain.place import Place
from ehrpay.domain.profile import ResolvedProfile
from ehrpay.domain.running import MOST, Reach, Term
from ehrpay.errors import RulesError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.batch.tables.codes import Coded
    from ehrpay.batch.tables.reading import Employment, Reader, Title
    from ehrpay.domain.estimate.plan import Answer
    from ehrpay.domain.estimate.rulebook import Rulebook


class Start(NamedTuple):
    """Where title and place lead: cents, what is left of the range, the area's shape, and the levels fallen back."""

    total: int
    width: int
    down: int
    up: int
    unsure: int
    p10: int
    p25: int
    p75: int
    p90: int
    fall_backs: int


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

    @property
    def numbers(self) -> tuple[Any, ...]:
        """All of them in a row."""
        return (*self.points, self.unsure)


class Market:
    """The market method of a rulebook, asked by codes of what was read."""

    def __init__(self, book: Rulebook, reader: Reader, *, apply_band: bool) -> None:
        """Take the rules and what was read."""
        self._book, self._reader, self._apply_band = book, reader, apply_band
        steps = [cached.step for cached in book.market_plan]
        first = list(takewhile(lambda step: parts(step.inputs) <= {"title", "role", "area"}, steps))
        self._first = [Lines(step) for step in first]
        self._start = Table(reader.codes("title"), reader.codes("area"), self._starts)
        self._steps = [StepTable(step, reader) for step in steps[len(first) :]]
        self._bands = Table(reader.codes("job"), reader.codes("title"), self._band)
        self._least = Table(reader.codes("place"), NOTHING, self._minimum)
        self._unsaid = Table(reader.codes("years"), reader.codes("level"), _unsaid)
        tables = [self._start, self._unsaid, self._bands, self._least, *(step.table for step in self._steps)]
        self._codes = [table.codes for table in tables]

    def ask(self, read: Mapping[str, Any]) -> list[Any]:
        """The codes of all that decides the range, from those of what was read; a fault among them has no price."""
        place, title = read["place"], read["title"]
        return [
            self._start.at(title, read["area"]),
            self._unsaid.at(read["years"], read["level"]),
            self._bands.at(read["job"], title),
            self._least.at(place, UNSAID),
            *(step.at(read) for step in self._steps),
        ]

    def price(self, codes: list[Any], by: Coded) -> Priced:
        """The range that codes stand for."""
        start, unsaid, *bounds_and_lines = map(by.record, self._codes, codes)
        bounds, lines = bounds_and_lines[:2], bounds_and_lines[2:]
        terms = [line.term for line in lines]
        totals = running.middle(terms, by.clip, start.total)
        _refuse_overflow(max(map(by.most, totals)))
        left = running.reach(terms, Reach(start.width, start.down, start.up))
        left = self._fallen_back(left, start.fall_backs, by)
        middle = dollars(totals[-1]) * 100  # the explanation's last line
        cap = running.last_bounds(terms, totals, start.total)
        points = running.percentiles(middle, left, start[5:9], by.clip, by.root, bounds=cap)
        doubt = by.largest(by.largest(start.unsure, unsaid.unsure), unsure(lines, start.total, totals, by))
        for bound in bounds:
            points, moved = _held(points, bound, by)
            doubt = by.largest(doubt, moved * bound.unsure)
        return Priced(points, doubt)

    def _fallen_back(self, left: Reach, levels: Any, by: Coded) -> Reach:
        """The range widened once for each level fallen back."""
        for level in range(1, by.most(levels) + 1):
            narrow = by.where(levels >= level, self._book.fall_back, UNIT)
            left = running.reach([Term(narrow=narrow)], left)
        return left

    def _starts(self, title: Title, place: Place | None) -> Start:
        case = {**title._asdict(), "place": place}
        wage = self._book.wages.at(title.occupation, place and place.wage_place)
        lines = [line(*[case[name] for name in line.inputs]) for line in self._first]
        terms = [line.term for line in lines]
        totals = running.middle(terms, clip)
        doubt = max(
            unsure(lines, 0, totals, OneRow), rank(of_what_is_unsaid(ResolvedProfile(place=place, level="")))
        )
        return Start(totals[-1], *running.reach(terms), doubt, *wage.shape, wage.widened)

    def _band(self, job: Employment, title: Title) -> Bound:
        if job.agency is None:
            return FREE
        profile = ResolvedProfile(**title._asdict(), agency=job.agency, locality=job.locality)
        band = acting(published(self._book, profile), apply_band=self._apply_band)
        return FREE if band is None else bound(answered(BAND, band.term, band.story))

    def _minimum(self, place: Place | None, _: None) -> Bound:
        least = least_pay(self._book, place)
        return FREE if least is None else bound(least)


FREE = Bound(0, MOST, 0)


def bound(answer: Answer) -> Bound:
    """A step that holds the whole range."""
    return Bound(*answer.term.bounds, rank(answer.doubts))


def _refuse_overflow(most: int) -> None:
    """RulesError before a product leaves 63 bits, where columns would wrap around in silence.

    A factor is 5 at most (`rules/shape/fields.py`): from a total that passed, the next product stays below 2**63.
    """
    if most > MOST:
        msg = f"the factors of these rules multiply pay to ${most // 100:,}, past what a roster's columns can hold"
        raise RulesError(msg)


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
