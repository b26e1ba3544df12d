"""The people of a job series at an agency, by grade: how the cells of a pay table count, and what people are paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.facts import BASES, in_force, weakest
from ehrpay.domain.federal.qualification import Reached, climb
from ehrpay.domain.money import divide
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ehrpay.domain.compiled.federal import GradeCount, QualificationLadder, Staff
    from ehrpay.domain.facts import Fact
    from ehrpay.domain.federal.qualification import Named, Qualifications

SERIES = "0675"
"""The job series of those who say no role."""

FEW = 3
"""People counted at a grade whose number is not published, because ten or fewer hold it."""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Counted(NamedTuple):
    """People by grade on the day they were counted, their average pay, and the sentence that says so."""

    series: str
    effective: str
    people: Mapping[int, int]
    average: int
    paid: str
    sources: tuple[str, ...]
    where: str

    def at(self, grade: int) -> int:
        """The people at a grade."""
        return self.people.get(grade, FEW)


def count(staff: Iterable[Staff], agency: str, series: str | None, as_of: str) -> Counted | None:
    """The newest count not after a date, else the first one; None where nobody of the series is counted."""
    one = next((one for one in staff if agency in one.agencies and one.series == series), None)
    if one is None:
        return None
    return _counted(one, in_force(one.counts, as_of) or one.counts[0])


def _counted(staff: Staff, fact: Fact[tuple[GradeCount, ...]]) -> Counted:
    number = sum(row.people for row in fact.value)
    average = divide(sum(row.people * row.average for row in fact.value), number)
    month = f"{MONTHS[int(fact.effective[5:7]) - 1]} {fact.effective[:4]}"
    return Counted(
        series=staff.series,
        effective=fact.effective,
        people={row.grade: row.people for row in fact.value},
        average=average,
        paid=f"{number:,} {staff.who} employees in series {staff.series} averaged ${average:,} (OPM, {month})",
        sources=fact.sources,
        where=fact.where,
    )


def everyone(
    counted: Counted, ladders: Iterable[QualificationLadder], known: Qualifications, named: Named
) -> Reached:
    """Every grade that people of a series hold; with years, up to the highest that any ladder opens by them."""
    grades = sorted(counted.people)
    found = [] if known.years is None else [climb(ladder, known, named) for ladder in ladders]
    top = max((one.grades[1] for one in found if one.met), default=grades[0] if found else grades[-1])
    last = max((grade for grade in grades if grade <= top), default=grades[0])
    why = f"role not specified: every grade held there in series {counted.series}"
    return Reached(
        grades=(grades[0], last),
        tenths_since={},
        reasons=(why if last == grades[-1] else f"{why}, up to what the years open",),
        sources=tuple(dict.fromkeys([*counted.sources, *(id_ for one in found for id_ in one.sources)])),
        met=True,
        basis=weakest((one.basis for one in found), BASES),
    )
