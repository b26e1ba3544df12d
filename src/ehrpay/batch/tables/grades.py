"""The grade method for a row or for columns of rows: who is placed where is a table, and so is what a cell pays."""

from __future__ import annotations

from math import gcd
from operator import attrgetter
from typing import TYPE_CHECKING

from ehrpay.batch.tables.codes import Chain
from ehrpay.domain.estimate import warnings
from ehrpay.domain.estimate.confidence import confidence
from ehrpay.domain.estimate.grade import grade, ladders_of, placed, quantiles
from ehrpay.domain.facts import CONFIDENCES
from ehrpay.domain.federal.qualification import YEAR, Qualifications, held
from ehrpay.domain.federal.schedule import WEEKS
from ehrpay.domain.profile import ResolvedProfile
from ehrpay.domain.typed_numbers import Years
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.batch.tables.reading import Employment, Reader, Title
    from ehrpay.domain.compiled.federal import QualificationLadder
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.federal.placement import Placement


class Who(NamedTuple):
    """What of a job and a title decides the grades."""

    agency: str | None
    role: str | None
    grade: int | None
    step: int | None
    years_in_grade: int | None


class Held(NamedTuple):
    """Degree and credentials that stand for all that open the same grades."""

    degree: str | None
    certs: tuple[str, ...] | None


class Sure(NamedTuple):
    """What of a placement tells how sure it is.

    `given` is true where the grade was said, `open` where no years were, `counted` where the people there are.
    """

    table: int
    met: bool
    basis: str
    given: bool
    open: bool
    counted: bool


class Cell(NamedTuple):
    """Five points in whole dollars a year, how unsure they are, and the grade and step in the middle."""

    p10: int
    p25: int
    p50: int
    p75: int
    p90: int
    unsure: int
    grade: str
    step: int
    hours: int


class Grades:
    """The grade method of a rulebook, asked by codes of what was read; `cell` is the part with people's cells."""

    def __init__(self, book: Rulebook, reader: Reader) -> None:
        """Take the rules and what was read."""
        self._book = book
        self._kept: dict[tuple[Who, tuple[bool, ...]], Held] = {}
        self._known: dict[tuple[int, int], Cell] = {}
        self._ranks: dict[Sure, int] = {}
        self._asked = {
            cert
            for ladder in book.rules.federal.ladders.values()
            for entry in ladder.entries
            for cert in entry.certs
        }
        self.chain = chain = Chain(reader.codes)
        parts = reader.parts
        who = chain.add(parts["job"], parts["title"], _who)
        certs = chain.derive(parts["certs"], self._that_open_grades)
        held = chain.add(who, chain.add(parts["degree"], certs, Held), self._narrow)
        years = chain.add(parts["years"], who, self._rounded)
        people = chain.add(held, years, lambda held, years: (held, years))
        placed = chain.add(who, people, lambda who, people: (who, *people))
        locality = chain.derive(parts["job"], attrgetter("locality"))
        self.cell = chain.add(placed, locality, self._cell)
        self.cells = chain.codes[self.cell]

    def _ladders(self, who: Who) -> list[QualificationLadder]:
        if who.grade is not None:
            return []
        return ladders_of(self._book, ResolvedProfile(agency=who.agency, role=who.role))

    def _that_open_grades(self, certs: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """The credentials that any ladder asks for."""
        return certs and tuple(cert for cert in certs if cert in self._asked)

    def _narrow(self, who: Who, holds: Held) -> Held:
        """The first that was met of all that open the same grades."""
        known = Qualifications(None, *holds)
        opened = tuple(held(entry, known) for ladder in self._ladders(who) for entry in ladder.entries)
        return self._kept.setdefault((who, opened), holds)

    def _rounded(self, years: Years | None, who: Who) -> Years | None:
        """Years cut to what the ladder counts in: a step lasts whole years, and so do most entries.

        Those past the last grade's last step count for nothing.
        """
        if years is None:
            return None
        ladders = self._ladders(who)
        entries = [entry.tenths for ladder in ladders for entry in ladder.entries]
        part = gcd(YEAR, *entries)
        steps = self._book.pay_table(ResolvedProfile(agency=who.agency)).longest
        rungs = max((len(ladder.grades) for ladder in ladders), default=0)
        most = max(entries, default=0) + (rungs + steps // WEEKS + 1) * YEAR
        return Years(*(min(tenths // part * part, most) for tenths in years))

    def _cell(self, people: tuple[Who, Held, Years | None], locality: str | None) -> Cell:
        who, held, years = people
        profile = ResolvedProfile(**who._asdict(), **held._asdict(), years=years, locality=locality)
        placement = placed(self._book, profile)
        # The table keeps its cells, so that an id is one placement's only.
        key = id(placement.cells), self._unsure(placement, profile)
        if key not in self._known:
            rate, hours = placement.rate, placement.table.divisor.value
            points = quantiles(placement.cells)
            self._known[key] = Cell(*points, key[1], f"{rate.plan}-{rate.grade}", rate.step, hours)
        return self._known[key]

    def _unsure(self, placement: Placement, profile: ResolvedProfile) -> int:
        """The rank of the word that a whole answer would have."""
        sure = Sure(
            table=id(placement.table),
            met=placement.reached.met,
            basis=placement.reached.basis,
            given=profile.grade is not None,
            open=profile.years is None,
            counted=self._book.counted(profile.agency, profile.role) is not None,
        )
        if sure not in self._ranks:
            result = grade(self._book, profile, placement)
            stale = bool(warnings.stale(result.said, self._book.as_of))
            self._ranks[sure] = CONFIDENCES.index(confidence(result, profile, stale=stale).word)
        return self._ranks[sure]


def _who(job: Employment, title: Title) -> Who:
    return Who(job.agency, title.role, job.grade, job.step, job.years_in_grade)
