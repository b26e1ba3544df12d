"""Rows to offer terms: the person filled in, the employer matched to an agency or not, every amount read."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from ehrpay.domain.names import folded
from ehrpay.domain.package.terms import OfferTerms, Stated
from ehrpay.domain.profile import Profile
from ehrpay.errors import shown
from ehrpay.named_tuple import NamedTuple
from ehrpay.offers import quantities
from ehrpay.offers.cells import (
    JOB,
    KEYS,
    NAMES,
    PERSON,
    QUANTITIES,
    REMOTE,
    WORK,
    Cell,
    Problems,
    Row,
    Rows,
    clean_row,
    clean_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping


PRIVATE = "private"
RETIREMENT = ("fers", "none")
LONGEST = 200
"""The most characters of an amount, a share, or the tiers of a match."""

_MARKS = re.compile(r"[^\w]+")


class OfferFile(NamedTuple):
    """The content of a file of offers: the offers, and the place whose prices they are compared in."""

    offers: tuple[OfferTerms, ...]
    home: Stated[str] | None = None


class Employers(NamedTuple):
    """The id of every agency by its names, and the ids on a federal pay plan."""

    ids: Mapping[str, str]
    plans: Collection[str]

    @classmethod
    def named(cls, agencies: Mapping[str, str], plans: Collection[str]) -> Employers:
        """The same with the agencies' names as they are compared."""
        return cls({folded(name): id_ for name, id_ in agencies.items()}, plans)

    def on_pay_plan(self, agency: str | None) -> bool:
        """Whether the agency has grades and a year of 2,087 hours; one that is unknown counts as having them."""
        id_ = PRIVATE if agency is None else self.ids.get(folded(agency), agency)
        without = id_ in self.ids.values() and id_ not in self.plans
        return id_ != PRIVATE and not without

    def called(self, agency: str) -> str:
        """An agency as people write it: the id of one on a pay plan is its initials."""
        initials = self.ids.get(folded(agency)) == folded(agency) and self.on_pay_plan(agency)
        return agency.upper() if initials else agency

    def agency_within(self, employer: str) -> str | None:
        """The id of the agency with the longest name among the employer's words."""
        words = f"-{_MARKS.sub('-', folded(employer))}-"
        names = [name for name, id_ in self.ids.items() if id_ != PRIVATE and f"-{name}-" in words]
        return self.ids[max(names, key=len)] if names else None


class _Employer(NamedTuple):
    """An offer's name and agency; `ambiguous` where the employer may be an agency or not."""

    name: str
    agency: str | None
    ambiguous: bool = False


def build_file(rows: Rows, caller: Profile, employers: Employers, problems: Problems) -> OfferFile:
    """The offers of a file; `caller` is the person where the file doesn't specify one."""
    person = dict(person_cells(caller))
    if rows.person is not None:
        person |= clean_row(rows.person, (*PERSON, REMOTE), problems).cells
    offers = [build(row, n, person, employers, problems) for n, row in enumerate(rows.offers, 1)]
    home = None
    if rows.home is not None and (text := clean_text(rows.home, "home", problems)) is not None:
        home = Stated(text, text, rows.home.where)
    return OfferFile(tuple(offers), home)


def person_cells(person: Profile) -> Mapping[str, Cell]:
    """A person's profile as cells without a place."""
    return {key: Cell(value, "") for key, value in person._asdict().items() if value is not None}


def build(
    row: Row, number: int, person: Mapping[str, Cell], employers: Employers, problems: Problems
) -> OfferTerms:
    """The terms of one offer; whatever is wrong with it is added to the problems."""
    own = clean_row(row, KEYS, problems)
    employer = _employer(row, own.cells, number, person, employers, problems)
    federal = employers.on_pay_plan(employer.agency)
    if "grade" in own.cells and not federal and not employer.ambiguous:
        why = f"{shown(employer.name)} isn't on a pay plan, and only those have grades; give the agency, or a base"
        problems.add(own.cells["grade"].where, f"grade: {why}")
    cells = {**_applicable(person, own.cells, federal=federal), **own.cells}
    usable = [key for key in PERSON if key in cells and (federal or key not in JOB)]
    profile = Profile(**{key: cells[key].value for key in usable})
    return OfferTerms(
        name=employer.name,
        profile=profile._replace(agency=employer.agency),
        where=row.where,
        marks={key: cell.where for key, cell in cells.items() if cell.where},
        **_paid(own.cells, problems, federal=federal),
    )


def _applicable(person: Mapping[str, Cell], own: Mapping[str, Cell], *, federal: bool) -> dict[str, Cell]:
    """The person's cells without what the offer rules out: a grade without a pay plan, remote work on site."""
    cells = {key: cell for key, cell in person.items() if federal or key not in JOB}
    on_site = REMOTE in own and not own[REMOTE].value
    if on_site and WORK in cells and str(cells[WORK].value).casefold() == REMOTE:
        del cells[WORK]
    return cells


def _employer(
    row: Row,
    own: Mapping[str, Cell],
    number: int,
    person: Mapping[str, Cell],
    employers: Employers,
    problems: Problems,
) -> _Employer:
    """The agency is the offer's own, or the one its employer is, or private; without an employer, the person's."""
    given = {key: str(own[key].value) for key in (*NAMES, "agency") if key in own}
    employer = given.get("employer") or given.get("name")
    agency = given.get("agency")
    if agency is None and employer is None:
        agency = str(person["agency"].value) if "agency" in person else None
        if agency is None and not any(key in row.cells for key in (*NAMES, "agency")):
            problems.add(row.where, "this offer has no employer")
    name = given.get("name") or employer or (agency and employers.called(agency)) or f"offer {number}"
    if agency is not None or employer is None:
        return _Employer(name, agency)
    if (agency := employers.ids.get(folded(employer))) is not None:
        return _Employer(name, agency)
    within = employers.agency_within(employer)
    if within is not None:
        # Pay hours and benefits depend on which it is, so it is never guessed.
        key = next(key for key in NAMES if key in own)
        why = (
            f"{shown(employer)} may be the agency {within!r} or not; give agency {within} or agency {PRIVATE}"
        )
        problems.add(own[key].where, f"{key}: {why}")
    return _Employer(name, employers.ids.get(PRIVATE), ambiguous=within is not None)


def _paid(cells: Mapping[str, Cell], problems: Problems, *, federal: bool) -> dict[str, Any]:
    """Everything the offer pays, by the fields of its terms."""
    paid = {key: _stated(key, reader, cells, problems) for key, reader in QUANTITIES.items()}
    week = paid["hours"]
    year = quantities.yearly_hours(quantities.FULL_WEEK if week is None else week.value, federal=federal)
    extra = partial(quantities.extra_pay, hours=year)
    by_share = "bonus" in cells and str(cells["bonus"].value).endswith("%")
    readers: dict[str, Callable[[str], Any]] = {
        "base": partial(quantities.base_pay, hours=year),
        "retirement": _retirement,
        "bonus": quantities.share if by_share else extra,
        "sign_on": extra,
        "loan_repayment": extra,
    }
    paid |= {key: _stated(key, reader, cells, problems) for key, reader in readers.items()}
    return paid | {"bonus": None, "bonus_share": paid["bonus"]} if by_share else paid


def _stated(
    key: str, reader: Callable[[str], Any], cells: Mapping[str, Cell], problems: Problems
) -> Stated[Any] | None:
    """The value of a key with its text and place; None where it isn't given or can't be read."""
    if key not in cells:
        return None
    text, where = str(cells[key].value), cells[key].where
    if len(text) > LONGEST:
        problems.add(where, f"{key}: {shown(text)} is longer than any amount")
        return None
    try:
        return Stated(reader(text), text, where)
    except ValueError as error:
        problems.add(where, f"{key}: {shown(text)} {error}")
        return None


def _retirement(text: str) -> str:
    if text.casefold() not in RETIREMENT:
        msg = f"is an unknown retirement system; give {' or '.join(RETIREMENT)}, and a match as 'match'"
        raise ValueError(msg)
    return text.casefold()
