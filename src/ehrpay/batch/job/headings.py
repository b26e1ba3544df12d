"""What headings of columns mean: names of fields and what else people call them; and which names are our own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ehrpay.batch.job.results import AGAINST, ENDS, HOW, RANGE
from ehrpay.domain.profile import COLUMN_NAMES, FIELDS, plain_key

if TYPE_CHECKING:
    from collections.abc import Sequence

PAY, HIRED, CITY, STATE = "pay", "hired", "city", "state"
MEANINGS = (*FIELDS, PAY, HIRED, CITY, STATE)
"""What a column can mean."""

_BY_OPTION = {field.word.replace("-", "_"): name for name, field in FIELDS.items()}
_TITLES = dict.fromkeys(("job", "job_title", "title", "position"), "role")
ALIASES = _BY_OPTION | COLUMN_NAMES | _TITLES
"""Other names of columns."""

LOOSE = {
    "position_title": "role",
    "yrs": "years",
    "yrs_exp": "years",
    "yrs_experience": "years",
    "yrs_of_exp": "years",
    "yrs_of_experience": "years",
    "years_exp": "years",
    "years_of_exp": "years",
    "certs_held": "certs",
    "credentials_held": "certs",
    "certifications_held": "certs",
    "education_level": "degree",
    "work_location": "location",
    "work_city": "city",
    "work_state": "state",
    "base_salary": "pay",
    "current_base_salary": "pay",
    "annual_base_salary": "pay",
    "hiring_date": "hired",
    "date_of_hire": "hired",
}
"""Names that count where no other column has the meaning: a roster may have a city and a work city."""

SERIES = ("series", "gs_series", "job_series", "occ_series", "occupational_series")
PERSON = ("id", "person_id", "employee_id", "emp_id", "employee_number", "staff_id")
"""Names of columns, as `plain_key` gives them."""

PEOPLE = ("name", "employee", "employee_name", "person", "first_name", "last_name", "email", "manager")
ABOUT = ("department", "dept", "team", "unit", "note", "notes", "comment", "comments")
CARRIED = frozenset((*SERIES, *PERSON, *PEOPLE, *ABOUT))
"""Names of columns that plainly mean no field of a profile."""

YEARLY = ("annual", "annually", "yearly", "year", "years", "yr", "yrs")
_UNITS = frozenset(["$", "#", "us", "us$", "usd", "dollar", "dollars", "per", "a", "in", *YEARLY])
"""Words in brackets that leave a heading's meaning as it is; `per hour` is none of them."""

_BRACKETS = re.compile(r"^(.*\S)\s*(?:\(([^()]*)\)|\[([^\[\]]*)\])\s*$", re.DOTALL)


def meaning_of(name: str) -> str | None:
    """The field that a name or one of its other names is; None for any other."""
    plain = plain_key(name)
    if plain in MEANINGS:
        return plain
    return ALIASES.get(plain)


def loose_meaning(name: str) -> str | None:
    """The same for a name that yields to a plainer one: a looser name, or one with its unit in brackets."""
    found = _BRACKETS.match(name)
    if found is None:
        return LOOSE.get(plain_key(name))
    words = (found[2] or found[3] or "").casefold().replace("/", " ").split()
    if not set(words) <= _UNITS:
        return None
    return meaning_of(found[1]) or LOOSE.get(plain_key(found[1]))


def our_own(names: Sequence[str]) -> frozenset[str]:
    """The names of columns that an earlier run added, where a roster is the output of one.

    A name that is there once more than there were runs is the roster's own without `est_`.
    """
    runs = min(_times("mid", names), _times("confidence", names))
    with_pay = min(runs, _times("compa_ratio", names))
    found: set[str] = set()
    for own, count in (((*RANGE, *ENDS, *HOW), runs), (AGAINST, with_pay)):
        for name in own if count else ():
            times = _times(name, names)
            found.update("est_" * turn + name for turn in range(max(0, times - count), times))
    return frozenset(found)


def _times(name: str, names: Sequence[str]) -> int:
    times = 0
    while "est_" * times + name in names:
        times += 1
    return times
