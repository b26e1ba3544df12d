"""One offer in words: `EMPLOYER [GS-g[/s]] [AMOUNT] [in] [PLACE|remote] [; key=value ...]`.

The grade or the amount separates the employer from the place; a step may be written `/1` or `step 1`. After `in`, a
number of five digits is a ZIP; without `in` it is one only after an amount that can't be a ZIP itself. Anything
ambiguous is refused: a bare number that is a ZIP somewhere is asked about where no place follows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ehrpay.domain.amount import ADVERBS, is_range
from ehrpay.domain.profile import plain_key
from ehrpay.errors import DataError, UsageError, shown
from ehrpay.named_tuple import NamedTuple
from ehrpay.offers.build import build, person_cells
from ehrpay.offers.cells import REMOTE, Cell, Problems, Row

if TYPE_CHECKING:
    from collections.abc import Callable

    from ehrpay.domain.package.terms import OfferTerms
    from ehrpay.domain.profile import Profile
    from ehrpay.offers.build import Employers

GRAMMAR = '"VA GS-9/1 Denver", "Mercy 61k Boise, ID", "Acme 29.50/h remote; bonus=5 %; match=50 % of 6 %"'
_END = r"(?=,?(?:\s|$))"
_GRADE = re.compile(rf"(?<!\S)g[sl][- ]?([0-9]+)(?:(?:/|,?\s+step\s+)([0-9]+))?{_END}", re.IGNORECASE)
_AMOUNT = re.compile(
    rf"(?<!\S)(?:\$\s?)?[0-9](?:[0-9.,]*[0-9])?k?"
    rf"(?:/[a-z]+|\s+(?:an?|per)\s+(?:hour|hr|month|year|yr)|\s+(?:{'|'.join(ADVERBS)}))?{_END}",
    re.IGNORECASE,
)
_ZIP = re.compile(r"[0-9]{5}")
_IN = re.compile(r"(?:in|at)(?:\s+|$)", re.IGNORECASE)
_ENDS_WITH_IN = re.compile(r"(?:^|\s)(?:in|at)\s+$", re.IGNORECASE)
A_RANGE = "it has a range of pay; give one amount, such as the one you expect"
_PLAN = re.compile(r"401k", re.IGNORECASE)


class Words(NamedTuple):
    """The parts of an offer's first half."""

    employer: str
    place: str
    grade: re.Match[str] | None
    amount: re.Match[str] | None


def read_text(
    text: str,
    number: int,
    person: Profile,
    employers: Employers,
    is_zip: Callable[[str], bool] = lambda _: False,
) -> OfferTerms:
    """The terms in an offer's words; `number` counts the --offer options, the rest is as for files.

    `is_zip` is whether five digits are a ZIP. UsageError (2) for words that can't be read.
    """
    where = f"--offer {number}"
    first, *settings = text.split(";")
    words = _words(first.strip(), text)
    _refuse_zip(words, text, is_zip)
    values = _values(words, text)
    for setting in settings:
        key, equals, value = (part.strip() for part in setting.partition("="))
        if not setting.strip():
            continue
        if not (equals and key and value):
            raise _refused(text, f"{shown(setting.strip())} is not a key=value, like bonus=5 %")
        if plain_key(key) in map(plain_key, values):
            raise _refused(text, f"{key} is given twice")
        values[key] = value
    problems = Problems()
    row = Row({key: Cell(value, where) for key, value in values.items()}, where)
    terms = build(row, number, person_cells(person), employers, problems)
    try:
        problems.raise_all(where)
    except DataError as error:
        raise UsageError(str(error), field="offer") from error
    return terms


def _words(first: str, text: str) -> Words:
    """The parts of the half before the settings, split at the grade and the amount."""
    grades = list(_GRADE.finditer(first))
    if len(grades) > 1:
        both = " and ".join(shown(grade[0]) for grade in grades[:2])
        raise _refused(text, f"it has two grades, {both}; make an offer of each")
    grade = grades[0] if grades else None
    amount = _amount(first, grade, text)
    spans = sorted(part.span() for part in (grade, amount) if part is not None)
    if not spans and "$" in first and is_range(first):
        raise _refused(text, A_RANGE)
    if not spans:
        raise _refused(text, f"it has neither a grade nor an amount; write it like {GRAMMAR}")
    begin, end = spans[0][0], spans[-1][1]
    if first[spans[0][1] : spans[-1][0]].strip(" ,"):
        raise _refused(text, "there are words between grade and amount; put the place last")
    return Words(first[:begin].strip(" ,:"), _place(first[end:].strip(" ,"), text), grade, amount)


def _amount(first: str, grade: re.Match[str] | None, text: str) -> re.Match[str] | None:
    """The one amount; a number after it, or after `in`, is a ZIP where it can't be anything else."""
    numbers = [
        number
        for number in _AMOUNT.finditer(first)
        if not (grade and grade.start() <= number.start() < grade.end()) and not _zip_after_in(first, number)
    ]
    if len(numbers) > 1 and not _zip_alone(first, numbers):
        two = numbers[:2]
        if is_range(first[two[0].start() : two[1].end()]):
            raise _refused(text, A_RANGE)
        both = " and ".join(shown(number[0]) for number in two)
        raise _refused(
            text,
            f"it has two amounts, {both}; write other terms after the place, like ; leave=20; sign_on=2,000",
        )
    amount = numbers[0] if numbers else None
    if amount is not None and grade is not None and _ZIP.fullmatch(amount[0]):
        why = f"{amount[0]} may be pay or a ZIP; write ${int(amount[0]):,} or 'in {amount[0]}'"
        raise _refused(text, why)
    if amount is not None and _PLAN.fullmatch(amount[0]):
        raise _refused(text, "401k may be pay or a retirement plan; write $401,000, or match=50 % of 6 %")
    return amount


def _refuse_zip(words: Words, text: str, is_zip: Callable[[str], bool]) -> None:
    """Refuse an amount that is a ZIP as well, where nothing else says where the job is."""
    number = "" if words.amount is None else words.amount[0]
    if not words.place and _ZIP.fullmatch(number) and is_zip(number):
        why = f"{number} may be pay or a ZIP; write ${int(number):,}, or the pay and then 'in {number}'"
        raise _refused(text, why)


def _zip_after_in(first: str, number: re.Match[str]) -> bool:
    """Whether it is the last word, after an `in`."""
    last = not first[number.end() :].strip(" ,")
    return last and bool(_ZIP.fullmatch(number[0]) and _ENDS_WITH_IN.search(first[: number.start()]))


def _zip_alone(first: str, numbers: list[re.Match[str]]) -> bool:
    """Whether the last of two is the whole place, and the first can't be a ZIP."""
    amount, *others = numbers
    rest = first[amount.end() :].strip(" ,")
    alone = [other[0] for other in others] == [rest]
    return alone and bool(_ZIP.fullmatch(rest)) and not _ZIP.fullmatch(amount[0])


def _place(words: str, text: str) -> str:
    """The place without its `in`; `IN` alone, in capitals, is Indiana."""
    place = words if words == "IN" else _IN.sub("", words, count=1)
    if words and not place:
        raise _refused(text, f"no place follows {shown(words)}")
    if REMOTE in place.casefold().split() and place.casefold() != REMOTE:
        why = f"{shown(place)} is both remote and a place; write the place, then ; work=remote"
        raise _refused(text, why)
    return place


def _values(words: Words, text: str) -> dict[str, str]:
    """The words by the keys of an offer."""
    if not words.employer:
        raise _refused(text, f"it has no employer; write it like {GRAMMAR}")
    if words.employer.casefold().split()[-1] == REMOTE:
        raise _refused(text, "remote comes before the pay; put it last")
    values = {"employer": words.employer}
    if words.grade is not None:
        values["grade"] = words.grade[1]
        if words.grade[2] is not None:
            values["step"] = words.grade[2]
    if words.amount is not None:
        values["base"] = words.amount[0]
    if words.place:
        remote = words.place.casefold() == REMOTE
        values["work" if remote else "location"] = REMOTE if remote else words.place
    return values


def _refused(text: str, why: str) -> UsageError:
    return UsageError(f"{shown(text)}: {why}", field="offer")
