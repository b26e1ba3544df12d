"""Cells to terms: the person filled in, the employer known for an agency or not, every amount read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ehrpay.domain.names import folded
from ehrpay.domain.package.terms import Said, Terms
from ehrpay.errors import shown
from ehrpay.named_tuple import NamedTuple
from ehrpay.offers import quantities
from ehrpay.offers.cells import REMOTE, WORK, known, text_of
from ehrpay.offers.keys import AMOUNTS, JOB, KEYS, NAMES, PERSON, QUANTITIES, RETIREMENT, TERMS
from ehrpay.offers.sheet import Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from ehrpay.domain.profile import Profile
    from ehrpay.offers.sheet import Cell, Problems, Rows

PRIVATE = "private"
LONGEST = 200
"""The most characters of an amount, a share, or the tiers of a match."""

_MARKS = re.compile(r"[^\w]+")


class Given(NamedTuple):
    """What holds for every offer: the person of the command line, that of the file, the agencies' names to ids.

    `plans` are the ids of agencies on a federal pay plan; None takes all but `private` for such.
    """

    caller: Profile
    person: Row
    agencies: Mapping[str, str]
    plans: Collection[str] | None = None


def given(
    caller: Profile,
    person: Row | None,
    agencies: Mapping[str, str],
    plans: Collection[str] | None,
    problems: Problems,
) -> Given:
    """The same with the file's person read, and the agencies' names as they are compared."""
    read = Row({}, "") if person is None else known(person, (*PERSON, REMOTE), problems)
    return Given(caller, read, {folded(name): id_ for name, id_ in agencies.items()}, plans)


def sheet(rows: Rows, held: Given, problems: Problems) -> Sheet:
    """The offers of a file; what is wrong with any of them is added to the problems."""
    found = [terms(row, held, problems, number) for number, row in enumerate(rows.offers, 1)]
    home = None
    if rows.home is not None and (text := text_of(rows.home, "home", problems)) is not None:
        home = Said(text, text, rows.home.where)
    return Sheet(tuple(found), home)


def terms(row: Row, held: Given, problems: Problems, number: int) -> Terms:
    """One offer; what is wrong with it is added to the problems."""
    own = known(row, KEYS, problems)
    name, agency = _employer(row, own, held, problems, number)
    plan = _plan(agency, held)
    doubtful = "agency" not in own.cells and agency in (None, PRIVATE) and _within(name, held)
    if plan == PRIVATE and "grade" in own.cells and not doubtful:
        told = f"{shown(name)} is on no pay plan, and only those have grades; give the agency, or a base"
        problems.add(own.cells["grade"].where, f"grade: {told}")
    cells = _merged(own, held, plan)
    said: dict[str, Any] = {key: cells[key].value for key in PERSON if key in cells}
    profile = _lent(held.caller, own, plan)._replace(**said)._replace(agency=agency)
    paid: dict[str, Any] = _paid(own.cells, problems, federal=plan != PRIVATE)
    return Terms(name, profile, row.where, **paid, marks={key: cell.where for key, cell in cells.items()})


def _merged(own: Row, held: Given, plan: str) -> dict[str, Cell]:
    """The offer's own cells over the person's; a person's grade goes with no employer but one on a pay plan."""
    lent = dict(held.person.cells)
    if plan == PRIVATE:
        lent = {key: cell for key, cell in lent.items() if key not in JOB}
    if _present(own) and WORK in lent and str(lent[WORK].value).casefold() == REMOTE:
        del lent[WORK]
    return {**lent, **own.cells}


def _lent(caller: Profile, own: Row, plan: str) -> Profile:
    """What the command line says of the person, less what this offer rules out."""
    if plan == PRIVATE:
        caller = caller._replace(**dict.fromkeys(JOB))
    if _present(own) and (caller.work or "").casefold() == REMOTE:
        caller = caller._replace(work=None)
    return caller


def _present(own: Row) -> bool:
    """Whether the offer says `remote: false`."""
    return REMOTE in own.cells and not own.cells[REMOTE].value


def _employer(row: Row, own: Row, held: Given, problems: Problems, number: int) -> tuple[str, str | None]:
    """The offer's name, and its agency: as said, or the one the employer is, or private; else the person's."""
    said = {key: str(own.cells[key].value) for key in (*NAMES, "agency") if key in own.cells}
    employer = said.get("employer") or said.get("name")
    agency = said.get("agency")
    if agency is None and employer is not None:
        agency = held.agencies.get(folded(employer))
        if agency is None:
            _no_agency_within(employer, own, held, problems)
            agency = held.agencies.get(PRIVATE)
    elif agency is None:
        lent = held.person.cells.get("agency")
        agency = held.caller.agency if lent is None else str(lent.value)
        if agency is None and not any(key in row.cells for key in (*NAMES, "agency")):
            problems.add(row.where, "this offer names no employer")
    return said.get("name") or employer or agency or f"offer {number}", agency


def _no_agency_within(employer: str, own: Row, held: Given, problems: Problems) -> None:
    """`VA Denver` may be the agency or not, and its pay year and benefits hang on it."""
    if within := _within(employer, held):
        id_ = held.agencies[max(within, key=len)]
        key = next(key for key in NAMES if key in own.cells)
        told = f"{shown(employer)} may be the agency {id_!r} or not; say agency {id_} or agency {PRIVATE}"
        problems.add(own.cells[key].where, f"{key}: {told}")


def _plan(agency: str | None, held: Given) -> str:
    """The agency's id where it has a pay plan, with grades and a year of 2,087 hours; else private."""
    id_ = PRIVATE if agency is None else held.agencies.get(folded(agency), agency)
    known_without = held.plans is not None and id_ in held.agencies.values() and id_ not in held.plans
    return PRIVATE if known_without else id_


def _within(employer: str, held: Given) -> list[str]:
    """The names of agencies among the employer's words."""
    words = f"-{_MARKS.sub('-', folded(employer))}-"
    return [name for name, id_ in held.agencies.items() if id_ != PRIVATE and f"-{name}-" in words]


def _paid(cells: Mapping[str, Cell], problems: Problems, *, federal: bool) -> dict[str, Said[Any] | None]:
    """Everything the offer pays, by the fields of `Terms`."""
    paid: dict[str, Said[Any] | None] = {}

    def read(key: str, field: str, reader: Callable[[str], Any]) -> None:
        if key not in cells:
            return
        text, where = str(cells[key].value), cells[key].where
        if len(text) > LONGEST:
            problems.add(where, f"{key}: {shown(text)} is longer than any amount")
            return
        try:
            paid[field] = Said(reader(text), text, where)
        except ValueError as error:
            problems.add(where, f"{key}: {shown(text)} {error}")

    for key, reader in QUANTITIES.items():
        read(key, TERMS.get(key, key), reader)
    week = paid.get("hours")
    year = quantities.yearly_hours(quantities.FULL_WEEK if week is None else week.value, federal=federal)
    read("base", "base", lambda text: quantities.pay(text, year))
    read("retirement", "retirement", _retirement)
    for key in AMOUNTS:
        if key == "bonus" and key in cells and str(cells[key].value).endswith("%"):
            read(key, "bonus_share", quantities.share)
        else:
            read(key, key, lambda text: quantities.beside(text, year))
    return paid


def _retirement(text: str) -> str:
    if text.casefold() not in RETIREMENT:
        msg = f"is not a retirement system known here; give {' or '.join(RETIREMENT)}, and a match as 'match'"
        raise ValueError(msg)
    return text.casefold()
