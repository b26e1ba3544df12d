"""Prepare offers to be valued: pay-plan cells, market range, what had to be assumed; and their mistakes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ehrpay.domain.estimate.pricing import estimate
from ehrpay.domain.estimate.reading import read_profile
from ehrpay.domain.federal.schedule import WEEKS
from ehrpay.domain.money import dollars
from ehrpay.domain.numerals import short_percent
from ehrpay.domain.package.figures import computed, of_fact
from ehrpay.domain.package.filling import OTHERS
from ehrpay.domain.package.model import Offer
from ehrpay.errors import DataError, NoRuleError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.federal.schedule import PaySchedule
    from ehrpay.domain.package.figures import Figure
    from ehrpay.domain.package.model import Parity
    from ehrpay.domain.package.terms import OfferTerms
    from ehrpay.domain.place import Place
    from ehrpay.domain.profile import ResolvedProfile

REMOTE = "remote"
_NO_WORD = re.compile(r"[^\w]+")
FIRST_STEP = 1
TENTHS = 10
FULL_WEEK = 4_000
"""Hundredths of an hour."""
NO_PAY = "no base or grade; give the base a year, or grade and step at a federal agency"
LABELS = {"years_in_grade": "years in grade"}


def with_home(book: Rulebook, terms: OfferTerms, home: str | None) -> OfferTerms:
    """The terms with home as the place of a remote job without one."""
    profile = terms.profile
    if home is None or profile.location is not None or profile.work is None:
        return terms
    if book.names("work").read(profile.work) != REMOTE:
        return terms
    return terms._replace(profile=profile._replace(location=home))


def numbered(offers: Iterable[OfferTerms]) -> Iterator[OfferTerms]:
    """The offers, those of one name with their places where these differ, else numbered from the second on."""
    offers = list(offers)
    places: dict[str, list[str | None]] = {}
    for terms in offers:
        places.setdefault(terms.name, []).append(terms.profile.location)
    seen: set[str] = set()
    for terms in (_placed_apart(terms, places[terms.name]) for terms in offers):
        name, number = terms.name, 1
        while name in seen:
            number += 1
            name = f"{terms.name} ({number})"
        seen.add(name)
        yield terms._replace(name=name)


def _placed_apart(terms: OfferTerms, places: list[str | None]) -> OfferTerms:
    """The offer with its place in its name where the places of that name are several, and each another."""
    apart = len(places) > 1 and None not in places and len({*places}) == len(places)
    return terms._replace(name=f"{terms.name} ({terms.profile.location})") if apart else terms


def prepare(
    book: Rulebook, terms: OfferTerms, place: Place | None, parity: Parity | None, years: int
) -> Offer:
    """An offer ready to be valued over so many years.

    UsageError with its field for what can't be read, or without a base or a grade; NoRuleError
    where the pay table of the date is missing.
    """
    known = read_profile(book, terms.profile, place)
    if terms.base is None and known.grade is None:
        raise UsageError(NO_PAY, field="base")
    rule = book.agency(known.agency)
    table = book.pay_table(known) if known.grade is not None else None
    cells = () if table is None else tuple(_cells(table, known, years))
    market, why = _market(book, terms, place)
    by_plan = bool(cells) and terms.base is None
    return Offer(
        terms=terms,
        kind=OTHERS if rule is None else rule.kind,
        plan=rule is not None and rule.pay_plan is not None,
        place=place,
        remote=known.work == REMOTE,
        cells=cells if by_plan else (),
        parity=parity,
        market=market,
        no_market=why,
        assumed=tuple(_assumed(known, table)) if table and terms.base is None else (),
        warned=tuple(_warned(terms, cells)),
        rate=_rate_name(known, table) if table and terms.base is None else "",
        like=_like(book, known, terms),
    )


def _like(book: Rulebook, known: ResolvedProfile, terms: OfferTerms) -> str:
    """The kind of employer whose typical benefits the offer has: by agency, by setting, else by its name."""
    rule = book.agency(known.agency)
    typical = book.rules.typical_benefits
    words = _NO_WORD.sub("-", terms.name.casefold())
    by_law = typical.employer(OTHERS if rule is None else rule.kind)
    if by_law is not None and by_law.id != OTHERS:
        return by_law.id
    return typical.kind_of(words, known.setting) or OTHERS


def _rate_name(known: ResolvedProfile, table: PaySchedule) -> str:
    """The name of the first year's cell: `GS-9 step 1`."""
    return table.named(known.grade or 0) + (f" step {known.step}" if known.step is not None else "")


def _cells(table: PaySchedule, known: ResolvedProfile, years: int) -> Iterator[Figure]:
    """The pay of each year by within-grade increases alone, from the given step, years in the grade, or step 1."""
    start = FIRST_STEP if known.step is None else known.step
    served = 0 if known.years_in_grade is None else known.years_in_grade * WEEKS // TENTHS
    for year in range(years):
        yield _cell(table, known.grade or 0, table.step_after(served + year * WEEKS, start))


def _cell(table: PaySchedule, number: int, step: int) -> Figure:
    rate = table.rate(number, step)
    words = (
        f"{rate.label} {table.year}: {rate.base:,} + {short_percent(int(table.percent.value))} locality pay"
    )
    words += f", capped at {rate.annual:,}" if rate.capped else ""
    return computed(
        rate.annual,
        f"{words} ({table.code})",
        of_fact("gs-base", table.base),
        of_fact("gs-locality", table.percent),
        of_fact("pay-cap", table.cap),
        of_fact("within-grade", table.waiting),
    )


def _market(book: Rulebook, terms: OfferTerms, place: Place | None) -> tuple[Estimate | None, str]:
    """The market method's range for the role and place, whatever the grade."""
    profile = terms.profile._replace(grade=None, step=None, years_in_grade=None)
    try:
        return estimate(book, read_profile(book, profile, place), "market"), ""
    except NoRuleError as error:
        return None, str(error)


def _assumed(known: ResolvedProfile, table: PaySchedule) -> Iterator[str]:
    """What the cell of a pay plan assumes."""
    if known.step is None and known.years_in_grade is None:
        yield f"assumes {table.named(known.grade or 0)} step {FIRST_STEP}, as no step is specified"
    if known.locality is None:
        yield "assumes Rest of U.S. locality pay, as no place with its own locality is specified"


def _warned(terms: OfferTerms, cells: tuple[Figure, ...]) -> Iterator[str]:
    """Warnings where the terms contradict the pay table."""
    base, week = terms.base, terms.hours
    if cells and base is not None and dollars(base.value) != cells[0].value:
        given = f"${dollars(base.value):,}"
        yield f"the base given, {given}, isn't the pay table's ${cells[0].value:,}; the base given counts"
    if cells and base is None and week is not None and week.value < FULL_WEEK:
        yield "the pay table's rate is for full time, but fewer hours are given"


def mistakes(book: Rulebook, terms: OfferTerms, resolve: Callable[[str], Place]) -> Iterator[tuple[str, str]]:
    """The place and the sentence of each value of a profile that can't be used; `resolve` reads a place.

    A wrong value is left out, and the rest is read again, until nothing is wrong.
    """
    profile = terms.profile
    if not {"base", "grade"} & set(terms.marks):
        yield placed(terms, UsageError(NO_PAY, field="base"))
    while True:
        try:
            place = None if profile.location is None else resolve(profile.location)
            read_profile(book, profile, place)
        except UsageError as error:
            yield placed(terms, error)
            if getattr(profile, error.field, None) is None:
                return
            profile = profile._replace(**{error.field: None})
        else:
            return


def placed(terms: OfferTerms, error: UsageError) -> tuple[str, str]:
    """The place of the wrong value, and the sentence with the name of its key."""
    name = LABELS.get(error.field, error.field)
    return terms.marks.get(error.field, terms.where), f"{name}: {error}" if name else f"{error}"


def located(terms: OfferTerms, error: UsageError) -> UsageError | DataError:
    """The error with the place of the wrong value: a line of a file is bad data, a flag is wrong use."""
    text = ": ".join(placed(terms, error))
    return UsageError(text) if terms.where.startswith("--") else DataError(text)
