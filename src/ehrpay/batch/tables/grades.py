"""The grade method for a row or for columns of rows: who is placed where is a table, and so is what a cell pays."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, Any

from ehrpay.batch.tables.codes import UNSAID, Table
from ehrpay.batch.tables.reading import NOTHING
from ehrpay.domain.estimate import warnings
from ehrpay.domain.estimate.confidence import confidence
from ehrpay.domain.estimate.grade import ladders_of, paid, placed
from ehrpay.domain.facts import CONFIDENCES
from ehrpay.domain.federal.qualification import YEAR, Qualifications, held
from ehrpay.domain.federal.schedule import WEEKS
from ehrpay.domain.profile import ResolvedProfile
from ehrpay.domain.typed_numbers import Years
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

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


class Spot(NamedTuple):
    """What of a placement decides its numbers: the cells of the pay table, and what tells how sure they are.

    `given` is true where the grade was said, `open` where no years were, `counted` where the people there are.
    """

    cells: int
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
    """The grade method of a rulebook, asked by codes of what was read."""

    def __init__(self, book: Rulebook, reader: Reader) -> None:
        """Take the rules and what was read."""
        self._book = book
        self._kept: dict[tuple[Who, tuple[bool, ...]], Held] = {}
        self._spots: dict[Spot, Cell] = {}
        self._asked = {
            cert
            for ladder in book.rules.federal.ladders.values()
            for entry in ladder.entries
            for cert in entry.certs
        }
        self._who = Table(reader.codes("job"), reader.codes("title"), _who)
        self._localities = reader.of_job("locality")
        self._certs = Table(reader.codes("certs"), NOTHING, self._that_open_grades)
        self._holds = Table(reader.codes("degree"), self._certs.codes, Held)
        self._held = Table(self._who.codes, self._holds.codes, self._narrow)
        self._years = Table(reader.codes("years"), self._who.codes, self._rounded)
        self._people = Table(self._held.codes, self._years.codes, lambda held, years: (held, years))
        self._placed = Table(self._who.codes, self._people.codes, lambda who, people: (who, *people))
        self.cells = Table(self._placed.codes, self._localities.codes, self._cell)

    def __call__(self, read: Mapping[str, Any]) -> Any:
        """The codes of the cells that people are placed at."""
        job, title = read["job"], read["title"]
        who = self._who.at(job, title)
        holds = self._holds.at(read["degree"], self._certs.at(read["certs"], UNSAID))
        held = self._held.at(who, holds)
        people = self._people.at(held, self._years.at(read["years"], who))
        return self.cells.at(self._placed.at(who, people), self._localities.at(job, UNSAID))

    def _ladders(self, who: Who) -> list[QualificationLadder]:
        if who.grade is not None:
            return []
        return ladders_of(self._book, ResolvedProfile(agency=who.agency, role=who.role))

    def _that_open_grades(self, certs: tuple[str, ...] | None, _: None) -> tuple[str, ...] | None:
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
        spot = self._spot(placement, profile)
        cell = self._spots.get(spot)
        if cell is None:
            cell = self._spots[spot] = self._paid(placement, profile)
        return cell

    def _spot(self, placement: Placement, profile: ResolvedProfile) -> Spot:
        # The table keeps its cells, so that an id is one placement's only.
        return Spot(
            cells=id(placement.cells),
            met=placement.reached.met,
            basis=placement.reached.basis,
            given=profile.grade is not None,
            open=profile.years is None,
            counted=self._book.counted(profile.agency, profile.role) is not None,
        )

    def _paid(self, placement: Placement, profile: ResolvedProfile) -> Cell:
        result = paid(self._book, placement, profile)
        stale = bool(warnings.stale(result.said, self._book.as_of))
        word = confidence(result, profile, stale=stale).word
        rate = result.grade.rate if result.grade else None
        label, step = ("", 0) if rate is None else (f"{rate.plan}-{rate.grade}", rate.step)
        return Cell(*result.percentiles, CONFIDENCES.index(word), label, step, result.hours)


def _who(job: Employment, title: Title) -> Who:
    return Who(job.agency, title.role, job.grade, job.step, job.years_in_grade)
