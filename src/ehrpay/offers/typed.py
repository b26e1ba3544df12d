"""One offer in words: `EMPLOYER [GS-g[/s]] [AMOUNT] [in] [PLACE|remote] [; key=value ...]`.

The grade or the amount stands between the employer and the place, which is how the two are told apart. What
could be read in two ways is refused.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ehrpay.domain.names import folded
from ehrpay.errors import DataError, UsageError, shown
from ehrpay.offers.build import Given, terms
from ehrpay.offers.sheet import Cell, Problems, Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.profile import Profile
    from ehrpay.domain.terms import Terms

GRAMMAR = '"VA GS-9/1 Denver", "Mercy 61k Boise, ID", "Acme 29.50/h remote; bonus=5 %; match=50 % of 6 %"'
_GRADE = re.compile(r"(?<!\S)gs[- ]?([0-9]+)(?:/([0-9]+))?(?!\S)", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?<!\S)(?:\$\s?[0-9][0-9.,]*k?|[0-9][0-9.,]*k|[0-9][0-9,]*(?:\.[0-9]+)?)(?:/[a-z]+)?(?!\S)",
    re.IGNORECASE,
)
_BARE = re.compile(r"[0-9]{5}")
_IN = re.compile(r"(?:in|at)\s+", re.IGNORECASE)
REMOTE = "remote"


class Words(NamedTuple):
    """The parts of an offer's first half."""

    employer: str
    place: str
    grade: re.Match[str] | None
    amount: re.Match[str] | None


def typed(text: str, number: int, person: Profile, agencies: Mapping[str, str]) -> Terms:
    """The terms in an offer's words; `number` counts --offer options. UsageError (2) for what can't be read."""
    where = f"--offer {number}"
    first, *settings = text.split(";")
    words = _words(first.strip(), text)
    cells = {key: Cell(value, where) for key, value in _cells(words, text).items()}
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise _refused(text, f"{shown(setting.strip())} is not a key=value, like bonus=5 %")
        if key.strip() in cells:
            raise _refused(text, f"{key.strip()} is said twice")
        cells[key.strip()] = Cell(value, where)
    problems = Problems()
    names = {folded(alias): id_ for alias, id_ in agencies.items()}
    found = terms(Row(cells, where), Given(person, Row({}, ""), names), problems, number)
    try:
        problems.stop(where)
    except DataError as error:
        raise UsageError(str(error), field="offer") from error
    return found


def _words(first: str, text: str) -> Words:
    grade = _GRADE.search(first)
    amounts = [found for found in _AMOUNT.finditer(first) if not _inside(found, grade)]
    amount = amounts[0] if amounts else None
    marks = sorted(mark.span() for mark in (grade, amount) if mark is not None)
    if not marks:
        raise _refused(text, f"it has neither a grade nor an amount; write it like {GRAMMAR}")
    if first[marks[0][1] : marks[-1][0]].strip(" ,"):
        raise _refused(text, "words stand between grade and amount; put the place last")
    place = _IN.sub("", first[marks[-1][1] :].strip(" ,"), count=1)
    _one_amount(amount, amounts[1:], place, text)
    return Words(first[: marks[0][0]].strip(" ,:"), place, grade, amount)


def _one_amount(amount: re.Match[str] | None, others: list[re.Match[str]], place: str, text: str) -> None:
    """A number behind the amount is a ZIP or an area's code, and only where the amount can't be one."""
    if not others:
        return
    alone = len(others) == 1 and others[0][0] == place and _BARE.fullmatch(place)
    if not alone or amount is None or _BARE.fullmatch(amount[0]):
        raise _refused(
            text, f"it has two amounts, {shown((amount or others[0])[0])} and {shown(others[0][0])}"
        )


def _cells(words: Words, text: str) -> dict[str, str]:
    if not words.employer:
        raise _refused(text, f"it names no employer; write it like {GRAMMAR}")
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


def _inside(found: re.Match[str], grade: re.Match[str] | None) -> bool:
    return grade is not None and grade.start() <= found.start() < grade.end()


def _refused(text: str, why: str) -> UsageError:
    return UsageError(f"{shown(text)}: {why}", field="offer")
