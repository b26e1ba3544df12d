"""Cells to terms: what each key means, the person filled in, every wrong value named with its line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ehrpay.domain.names import folded
from ehrpay.domain.profile import Profile
from ehrpay.domain.terms import Said, Terms
from ehrpay.errors import shown
from ehrpay.offers import quantities
from ehrpay.offers.sheet import LONGEST, Cell, Problems, Row, Sheet, spelled
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ehrpay.offers.sheet import Rows

SEVERAL = ("certs", "ehr")
NAMES = ("employer", "name")
PERSON = Profile._fields
QUANTITIES: dict[str, Callable[[str], Any]] = {
    "match": quantities.match,
    "save": quantities.share,
    "premium": quantities.premium,
    "premium_share": quantities.share,
    "leave": quantities.days,
    "sick": quantities.days,
    "holidays": quantities.days,
    "hours": quantities.hours,
}
AMOUNTS = ("bonus", "sign_on", "loan_repayment")
RETIREMENT = ("fers", "none")
KEYS = (*NAMES, *PERSON, "remote", "base", "retirement", *AMOUNTS, *QUANTITIES)
TERMS = {"save": "own"}
"""Keys whose field of `Terms` has another name."""

PRIVATE = "private"
_SPLIT = re.compile(r"[;,]\s*|\s+")
_TRUTHS = {"true": True, "false": False, "yes": True, "no": False}


class Given(NamedTuple):
    """What holds for every offer: the person of the command line, that of the file, the agencies' names."""

    caller: Profile
    person: Row
    agencies: Mapping[str, str]


def sheet(rows: Rows, name: str, caller: Profile, agencies: Mapping[str, str]) -> Sheet:
    """The offers of a file. DataError with every problem of every offer."""
    problems = Problems()
    person = _known(rows.person, (*PERSON, "remote"), problems) if rows.person else Row({}, "")
    names = {folded(alias): id_ for alias, id_ in agencies.items()}
    given = Given(caller, person, names)
    found = [terms(row, given, problems, number) for number, row in enumerate(rows.offers, 1)]
    home = None
    if rows.home is not None and (text := _text(rows.home, "home", problems)) is not None:
        home = Said(text, text, rows.home.where)
    problems.stop(name)
    return Sheet(tuple(found), home)


def terms(row: Row, given: Given, problems: Problems, number: int) -> Terms:
    """One offer; what is wrong with it is added to the problems."""
    row = _known(row, KEYS, problems)
    cells = {**given.person.cells, **row.cells}
    told = {key: text for key, cell in cells.items() if (text := _told(key, cell, problems)) is not None}
    name, agency = _employer(row, told, given, problems, number)
    profile = _profile({**told, "agency": agency}, given.caller)
    if "remote" in cells:
        profile = _remote(cells["remote"], cells.get("work"), profile, problems)
    paid: dict[str, Any] = _paid(told, row, profile, problems)
    return Terms(name, profile, row.where, **paid, marks={key: cell.where for key, cell in cells.items()})


def _known(row: Row, keys: tuple[str, ...], problems: Problems) -> Row:
    """The row by its keys' own spelling; unknown and doubled ones are problems."""
    cells: dict[str, Cell] = {}
    for written, cell in row.cells.items():
        key = spelled(written)
        if key not in keys:
            problems.unknown(cell.where, written, keys)
        elif key in cells:
            problems.add(cell.where, f"{key} is given twice, as {shown(written)} too")
        elif cell.value is not None:
            cells[key] = cell
    return Row(cells, row.where)


def _told(key: str, cell: Cell, problems: Problems) -> str | tuple[str, ...] | None:
    """A cell as cleaned text, or texts where there may be several; None where it is neither."""
    if key in SEVERAL:
        parts = cell.value if isinstance(cell.value, list) else _SPLIT.split(str(cell.value).strip())
        texts = [_text(Cell(part, cell.where), key, problems) for part in parts]
        return None if None in texts else tuple(text for text in texts if text)
    return None if key == "remote" else _text(cell, key, problems)


def _text(cell: Cell, key: str, problems: Problems) -> str | None:
    if isinstance(cell.value, (bool, list, dict)) or cell.value is None:
        problems.add(cell.where, f"{key}: should be one text or number")
        return None
    text = str(cell.value).strip()
    if "\0" in text or len(text) > LONGEST:
        why = "holds a control character" if "\0" in text else f"is longer than {LONGEST:,} characters"
        problems.add(cell.where, f"{key}: {shown(text)} {why}")
        return None
    if not text:
        problems.add(cell.where, f"{key}: is empty; leave the key out where it was not said")
        return None
    return clean(text)


def _employer(
    row: Row, told: Mapping[str, Any], given: Given, problems: Problems, number: int
) -> tuple[str, str | None]:
    """The offer's name, and its agency where one was said or the employer is one."""
    said = [key for key in NAMES if key in row.cells]
    agency = told.get("agency")
    if not said and "agency" not in row.cells:
        problems.add(row.where, f"offer {number} names no employer")
    employer = told.get("employer") or told.get("name") or agency or f"offer {number}"
    if agency is None:
        agency = given.agencies.get(folded(told.get("employer") or told.get("name") or ""))
    return told.get("name") or employer, agency


def _profile(told: Mapping[str, Any], caller: Profile) -> Profile:
    """The offer's own word, then the file's person's, then the command line's."""
    return caller._replace(**{key: told[key] for key in PERSON if told.get(key) is not None})


def _remote(cell: Cell, work: Cell | None, profile: Profile, problems: Problems) -> Profile:
    truth = cell.value if isinstance(cell.value, bool) else _TRUTHS.get(str(cell.value).strip().casefold())
    if truth is None:
        problems.add(cell.where, f"remote: {shown(cell.value)} is neither true nor false")
    elif work is not None and (str(work.value).strip().casefold() == "remote") is not truth:
        problems.add(cell.where, f"remote: contradicts work: {shown(work.value)}")
    elif truth:
        return profile._replace(work="remote")
    return profile


def _paid(
    told: Mapping[str, Any], row: Row, profile: Profile, problems: Problems
) -> dict[str, Said[Any] | None]:
    """Everything the offer pays, by the fields of `Terms`."""
    paid: dict[str, Said[Any] | None] = {}

    def read(key: str, field: str, reader: Callable[[str], Any]) -> None:
        try:
            paid[field] = Said(reader(told[key]), told[key], row.cells[key].where)
        except ValueError as error:
            problems.add(row.cells[key].where, f"{key}: {shown(told[key])} {error}")

    mine = [key for key in told if key in row.cells]
    for key, reader in QUANTITIES.items():
        if key in mine:
            read(key, TERMS.get(key, key), reader)
    week = paid.get("hours")
    federal = profile.agency is not None and folded(profile.agency) != PRIVATE
    year = quantities.yearly_hours(quantities.FULL_WEEK if week is None else week.value, federal=federal)
    if "base" in mine:
        read("base", "base", lambda text: quantities.pay(text, year))
    for key in AMOUNTS:
        if key in mine and key == "bonus" and told[key].endswith("%"):
            read(key, "bonus_share", quantities.share)
        elif key in mine:
            read(key, key, lambda text: quantities.money(text, year))
    if "retirement" in mine:
        read("retirement", "retirement", _retirement)
    return paid


def _retirement(text: str) -> str:
    if text.casefold() not in RETIREMENT:
        msg = f"is not a retirement system known here; give {' or '.join(RETIREMENT)}, and a match as 'match'"
        raise ValueError(msg)
    return text.casefold()
