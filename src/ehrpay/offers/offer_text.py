"""One offer in words: `EMPLOYER [GS-g[/s]] [AMOUNT] [in] [PLACE|remote] [; key=value ...]`.

The grade or the amount stands between the employer and the place, which is how the two are told apart. Behind
`in`, a number of five digits is a ZIP; without `in` it is one only behind an amount that can't be a ZIP itself.
What could be read in two ways is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ehrpay.errors import DataError, UsageError, shown
from ehrpay.named_tuple import NamedTuple
from ehrpay.offers.build import given, terms
from ehrpay.offers.sheet import Cell, Problems, Row, spelled

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ehrpay.domain.package.terms import Terms
    from ehrpay.domain.profile import Profile

GRAMMAR = '"VA GS-9/1 Denver", "Mercy 61k Boise, ID", "Acme 29.50/h remote; bonus=5 %; match=50 % of 6 %"'
_END = r"(?=,?(?:\s|$))"
_GRADE = re.compile(rf"(?<!\S)gs[- ]?([0-9]+)(?:/([0-9]+))?{_END}", re.IGNORECASE)
_AMOUNT = re.compile(
    rf"(?<!\S)(?:\$\s?)?[0-9](?:[0-9.,]*[0-9])?k?(?:/[a-z]+)?{_END}",
    re.IGNORECASE,
)
_ZIP = re.compile(r"[0-9]{5}")
_IN = re.compile(r"(?:in|at)(?:\s+|$)", re.IGNORECASE)
_BEHIND_IN = re.compile(r"(?:^|\s)(?:in|at)\s+$", re.IGNORECASE)
_PLAN = re.compile(r"401k", re.IGNORECASE)
REMOTE = "remote"


class Words(NamedTuple):
    """The parts of an offer's first half."""

    employer: str
    place: str
    grade: re.Match[str] | None
    amount: re.Match[str] | None


def typed(
    text: str,
    number: int,
    person: Profile,
    agencies: Mapping[str, str],
    plans: Collection[str] | None = None,
) -> Terms:
    """The terms in an offer's words; `number` counts --offer options, the rest as in `read`.

    UsageError (2) for what can't be read.
    """
    where = f"--offer {number}"
    first, *settings = text.split(";")
    cells = _cells(_words(first.strip(), text), text)
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not setting.strip():
            continue
        if not equals or not key.strip() or not value.strip():
            raise _refused(text, f"{shown(setting.strip())} is not a key=value, like bonus=5 %")
        if spelled(key) in map(spelled, cells):
            raise _refused(text, f"{key.strip()} is said twice")
        cells[key.strip()] = value
    problems = Problems()
    row = Row({key: Cell(value, where) for key, value in cells.items()}, where)
    found = terms(row, given(person, None, agencies, plans, problems), problems, number)
    try:
        problems.stop(where)
    except DataError as error:
        raise UsageError(str(error), field="offer") from error
    return found


def _words(first: str, text: str) -> Words:
    """The parts of the half before the settings, told apart by grade and amount."""
    grades = list(_GRADE.finditer(first))
    if len(grades) > 1:
        told = " and ".join(shown(found[0]) for found in grades[:2])
        raise _refused(text, f"it has two grades, {told}; make an offer of each")
    grade = grades[0] if grades else None
    amount = _amount(first, grade, text)
    marks = sorted(mark.span() for mark in (grade, amount) if mark is not None)
    if not marks:
        raise _refused(text, f"it has neither a grade nor an amount; write it like {GRAMMAR}")
    if first[marks[0][1] : marks[-1][0]].strip(" ,"):
        raise _refused(text, "words stand between grade and amount; put the place last")
    place = _place(first[marks[-1][1] :].strip(" ,"), text)
    return Words(first[: marks[0][0]].strip(" ,:"), place, grade, amount)


def _amount(first: str, grade: re.Match[str] | None, text: str) -> re.Match[str] | None:
    """The one amount; a number behind it, or behind `in`, is a ZIP where it can't be anything else."""
    found = [one for one in _AMOUNT.finditer(first) if grade is None or not _within(one, grade)]
    found = [one for one in found if not _zip_behind_in(first, one)]
    amount = found[0] if found else None
    if len(found) > 1 and not _zip_alone(first, found):
        raise _refused(text, f"it has two amounts, {shown(found[0][0])} and {shown(found[1][0])}")
    if amount is not None and grade is not None and _ZIP.fullmatch(amount[0]):
        told = f"{amount[0]} may be pay or a ZIP; write ${int(amount[0]):,} or 'in {amount[0]}'"
        raise _refused(text, told)
    if amount is not None and _PLAN.fullmatch(amount[0]):
        raise _refused(text, "401k may be pay or a retirement plan; write $401,000, or match=50 % of 6 %")
    return amount


def _within(one: re.Match[str], grade: re.Match[str]) -> bool:
    return grade.start() <= one.start() < grade.end()


def _zip_behind_in(first: str, one: re.Match[str]) -> bool:
    """Whether it ends the words, and `in` stands before it."""
    last = not first[one.end() :].strip(" ,")
    return last and bool(_ZIP.fullmatch(one[0]) and _BEHIND_IN.search(first[: one.start()]))


def _zip_alone(first: str, found: list[re.Match[str]]) -> bool:
    """Whether the last of two is the whole place, and the first can't be a ZIP."""
    amount, *others = found
    behind = first[amount.end() :].strip(" ,")
    alone = [other[0] for other in others] == [behind]
    return alone and bool(_ZIP.fullmatch(behind)) and not _ZIP.fullmatch(amount[0])


def _place(words: str, text: str) -> str:
    """The place without its `in`; `IN` alone, in capitals, is Indiana."""
    place = words if words == "IN" else _IN.sub("", words, count=1)
    if words and not place:
        raise _refused(text, f"no place follows {shown(words)}")
    if REMOTE in place.casefold().split() and place.casefold() != REMOTE:
        raise _refused(
            text, f"{shown(place)} is both remote and a place; write the place, then ; work=remote"
        )
    return place


def _cells(words: Words, text: str) -> dict[str, str]:
    if not words.employer:
        raise _refused(text, f"it names no employer; write it like {GRAMMAR}")
    if words.employer.casefold().split()[-1] == REMOTE:
        raise _refused(text, "remote stands before the pay; put it last")
    cells = {"employer": words.employer}
    if words.grade is not None:
        cells["grade"] = words.grade[1]
        if words.grade[2] is not None:
            cells["step"] = words.grade[2]
    if words.amount is not None:
        cells["base"] = words.amount[0]
    if words.place.casefold() == REMOTE:
        cells["work"] = REMOTE
    elif words.place:
        cells["location"] = words.place
    return cells


def _refused(text: str, why: str) -> UsageError:
    return UsageError(f"{shown(text)}: {why}", field="offer")
