"""The market method for a row or for columns of rows: the plan's steps as tables, the running arithmetic as it is.

The steps that depend on the title and the place alone come first in the plan; together they are one table. What a
number may be is the same for both engines: a whole number, or a column of them.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

from ehrpay.batch.tables.codes import UNSAID, OneRow, Table
from ehrpay.batch.tables.reading import JOB, NOTHING, Title
from ehrpay.domain import running
from ehrpay.domain.estimate.confidence import doubts, of_what_is_unsaid
from ehrpay.domain.estimate.market import least_pay
from ehrpay.domain.estimate.plan import answered
from ehrpay.domain.estimate.pricing import acting, published
from ehrpay.domain.estimate.result import BAND
from ehrpay.domain.facts import CONFIDENCES
from ehrpay.domain.money import UNIT, clip, dollars
from ehrpay.domain.place import Place
from ehrpay.domain.profile import ResolvedProfile
from ehrpay.domain.running import MOST, Reach, Term
from ehrpay.errors import RulesError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from ehrpay.batch.tables.codes import Coded
    from ehrpay.batch.tables.reading import Employment, Reader
    from ehrpay.domain.estimate.confidence import Doubt
    from ehrpay.domain.estimate.plan import Answer, CachedStep
    from ehrpay.domain.estimate.rulebook import Rulebook

NAMES = {"area": "place"}
"""What steps call a part."""


class Line(NamedTuple):
    """A step's numbers, and how unsure it makes an answer: always, and if it changes the middle (0 is sure)."""

    plus: int | None
    factor: int | None
    low: int | None
    high: int | None
    narrow: int | None
    down: int | None
    up: int | None
    always: int
    changed: int

    @property
    def term(self) -> Term:
        """The numbers that move the total and the range."""
        return Term(*self[:7])


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


class Untold(NamedTuple):
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
        """Take the rules and what was read."""
        self._book, self._reader, self._apply_band = book, reader, apply_band
        steps = book.market_plan
        first = list(takewhile(lambda step: _parts(step) <= {"title", "role", "area"}, steps))
        self._first = [_Lines(step) for step in first]
        self._start = Table(reader.codes("title"), reader.codes("area"), self._starts)
        self._steps = [_StepTable(step, reader) for step in steps[len(first) :]]
        self._bands = Table(reader.codes("job"), reader.codes("title"), self._band)
        self._least = Table(reader.codes("place"), NOTHING, self._minimum)
        self._untold = Table(reader.codes("years"), reader.codes("level"), _untold)

    def ask(self, read: Mapping[str, Any]) -> list[Any]:
        """The codes of all that decides the range, from those of what was read; a fault among them has no price."""
        place, title = read["place"], read["title"]
        return [
            self._start.at(title, read["area"]),
            self._untold.at(read["years"], read["level"]),
            self._bands.at(read["job"], title),
            self._least.at(place, UNSAID),
            *(step.at(read) for step in self._steps),
        ]

    def price(self, codes: list[Any], by: Coded) -> Priced:
        """The range that codes stand for."""
        tables = [self._start, self._untold, self._bands, self._least, *(step.table for step in self._steps)]
        start, untold, *bounds_and_lines = (
            by.record(table.codes, code) for table, code in zip(tables, codes, strict=True)
        )
        bounds, lines = bounds_and_lines[:2], bounds_and_lines[2:]
        terms = [line.term for line in lines]
        totals = running.middle(terms, by.clip, start.total)
        _refuse_overflow(max(map(by.most, totals)))
        left = running.reach(terms, Reach(start.width, start.down, start.up))
        left = self._fallen_back(left, start.fall_backs, by)
        middle = dollars(totals[-1]) * 100  # the explanation's last line
        cap = running.last_bounds(terms, totals, start.total)
        points = running.percentiles(middle, left, start[5:9], by.clip, by.root, bounds=cap)
        unsure = by.largest(by.largest(start.unsure, untold.unsure), _doubt(lines, start.total, totals, by))
        for bound in bounds:
            points, moved = _held(points, bound, by)
            unsure = by.largest(unsure, moved * bound.unsure)
        return Priced(points, unsure)

    def _fallen_back(self, left: Reach, levels: Any, by: Coded) -> Reach:
        """The range widened once for each level fallen back."""
        for level in range(1, by.most(levels) + 1):
            narrow = by.where(levels >= level, self._book.fall_back, UNIT)
            left = running.reach([Term(narrow=narrow)], left)
        return left

    def _starts(self, title: Title, place: Place | None) -> Start:
        case = ResolvedProfile(**title._asdict(), place=place)
        wage = self._book.wages.at(title.occupation, place and place.wage_place)
        lines = [line(case) for line in self._first]
        terms = [line.term for line in lines]
        totals = running.middle(terms, clip)
        unplaced = rank(of_what_is_unsaid(case._replace(level="")))
        unsure = max(_doubt(lines, 0, totals, OneRow), unplaced)
        return Start(totals[-1], *running.reach(terms), unsure, *wage.shape, wage.widened)

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
    return Bound(*answer.term.bounds, rank(doubts(answer)))


def rank(found: Iterable[Doubt]) -> int:
    """How unsure doubts make an answer: 0 is sure."""
    return max((CONFIDENCES.index(doubt.word) for doubt in found), default=0)


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


def _doubt(lines: Sequence[Line], start: Any, totals: Sequence[Any], by: Coded) -> Any:
    """How unsure steps make an answer; some do only where they changed the total."""
    unsure: Any = 0
    for line, before, after in zip(lines, [start, *totals], totals, strict=False):
        unsure = by.largest(unsure, by.largest(line.always, (before != after) * line.changed))
    return unsure


def _untold(years: Any, level: str | None) -> Untold:
    """How unsure an answer is where neither years nor a level are known."""
    return Untold(rank(of_what_is_unsaid(ResolvedProfile(years=years, level=level, place=SOMEWHERE))))


SOMEWHERE = Place(query="", kind="", name="")
"""A place, where it matters only that there is one."""


def _parts(step: CachedStep) -> set[str]:
    """The parts of what was read that a step depends on: a title is one, and of a place the area alone has wages."""
    of_title = {name for name in step.inputs if name in Title._fields}
    title = "level" if of_title == {"level"} else "title" if "level" in of_title else "role"
    return {title if name in of_title else "area" if name == "place" else name for name in step.inputs}


class _Lines:
    """The numbers of a step's answers."""

    def __init__(self, step: CachedStep) -> None:
        self._step = step
        self._lines: dict[int, Line] = {}

    def __call__(self, case: ResolvedProfile) -> Line:
        answer = self._step(case)
        line = self._lines.get(id(answer))
        if line is None:
            # The step keeps its answers, so that an id is one answer's only.
            line = self._lines[id(answer)] = _line(answer)
        return line


def _line(answer: Answer) -> Line:
    found = list(doubts(answer))
    always = rank(doubt for doubt in found if not doubt.if_changed)
    changed = rank(doubt for doubt in found if doubt.if_changed)
    return Line(*answer.term, always, changed)


class _StepTable:
    """A step asked once for each distinct pair of what it depends on."""

    def __init__(self, step: CachedStep, reader: Reader) -> None:
        self._step, self._lines = step, _Lines(step)
        parts = _parts(step)
        title = next((name for name in ("title", "role", "level") if name in parts), "role")
        self._own, self._other = [*sorted(parts - {title}), title, title][:2]
        self._of_job = reader.of_job(self._own) if self._own in JOB else None
        self._first: dict[Hashable, Title] = {}
        self._alike = Table(reader.codes("role"), NOTHING, self._like) if self._other == "role" else None
        other = reader.codes(self._other) if self._alike is None else self._alike.codes
        self.table = Table(reader.codes(self._own), other, self._line)

    def at(self, read: Mapping[str, Any]) -> Any:
        """The code of its numbers for what was read."""
        own = read[self._own] if self._of_job is None else self._of_job.at(read["job"], UNSAID)
        other = read[self._other]
        return self.table.at(own, other if self._alike is None else self._alike.at(other, UNSAID))

    def _like(self, role: Title, _: None) -> Title:
        """The first role that the step can't tell from this one."""
        return self._first.setdefault(self._step.alike(role.role, role.occupation), role)

    def _line(self, own: Any, other: Any) -> Line:
        values: dict[str, Any] = {}
        for part, value in ((self._own, own), (self._other, other)):
            values |= value._asdict() if isinstance(value, Title) else {NAMES.get(part, part): value}
        return self._lines(ResolvedProfile(**values))
