"""federal/*.yaml compiled: the General Schedule's tables, localities, qualification ladders, and staff counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ehrpay.domain.facts import CitedText, Fact

    Facts = tuple[Fact[int], ...]


class Locality(NamedTuple):
    """A locality pay area and its percentage by year, in 1/10,000."""

    code: str
    name: str
    percents: tuple[Fact[int], ...]


class LadderEntry(NamedTuple):
    """A grade with what it asks for, tenths of a year, a degree, one of some credentials; and what grants it."""

    grade: int
    tenths: int
    degree: str | None
    certs: tuple[str, ...]
    grant: CitedText


class QualificationLadder(NamedTuple):
    """The grades of some roles at some agencies: its entries, and what a year at the grade below opens.

    `default` is the ladder of an agency for a role that was not given.
    """

    id: str
    title: str
    agencies: tuple[str, ...]
    series: str
    roles: tuple[str, ...]
    grades: tuple[int, ...]
    effective: str
    basis: str
    sources: tuple[str, ...]
    default: bool
    entries: tuple[LadderEntry, ...]
    advance: CitedText
    where: str


class GradeCount(NamedTuple):
    """How many people hold a grade, and what they are paid on average, whole dollars a year."""

    grade: int
    people: int
    average: int


class Staff(NamedTuple):
    """The people of a job series at some agencies, counted by grade; `who` is how a sentence names them."""

    id: str
    who: str
    agencies: tuple[str, ...]
    series: str
    counts: tuple[Fact[tuple[GradeCount, ...]], ...]


class FederalRules(NamedTuple):
    """Base pay by grade (as text) and step, the pay cap, waiting periods in weeks, the hourly divisor.

    `ahead` is by how many steps a grade (as text) of pay plan GL begins above the General Schedule's.
    """

    base: tuple[Fact[Mapping[str, Sequence[int]]], ...]
    caps: tuple[Fact[int], ...]
    within_grade: tuple[Fact[tuple[int, ...]], ...]
    divisor: tuple[Fact[int], ...]
    ahead: tuple[Fact[Mapping[str, int]], ...]
    localities: Mapping[str, Locality]
    ladders: Mapping[str, QualificationLadder]
    employment: tuple[Staff, ...]
