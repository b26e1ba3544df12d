"""Offers as Python has them: read from a file, written as a dictionary, or in words; and prices where they are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from ehrpay.api.arguments import checked, text, wrong_type
from ehrpay.api.rulebooks import rulebook
from ehrpay.domain.compare.preparation import mistakes
from ehrpay.domain.package.figures import Origin
from ehrpay.domain.package.model import Parity
from ehrpay.domain.package.terms import OfferTerms
from ehrpay.domain.profile import Profile
from ehrpay.errors import InputError, UsageError, blamed_on, shown
from ehrpay.offers.build import Employers, OfferFile, build, person_cells
from ehrpay.offers.cells import Cell, Problems, Row
from ehrpay.offers.offer_text import read_text
from ehrpay.offers.read import MOST_BYTES, read
from ehrpay.places.gazetteer import price_parity, zip_code
from ehrpay.places.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.place import Place

NOBODY = Profile()
Amount = str | int | float


class Offer(TypedDict, total=False):
    """One job offer, by the keys of a file of offers; leave out what the letter leaves out.

    A dictionary with the same keys does as well; `docs/offers.md` says what each may hold.
    """

    employer: str
    name: str
    agency: str
    role: str
    years: Amount
    degree: str
    certs: str | list[str] | tuple[str, ...]
    location: str
    setting: str
    ehr: str | list[str] | tuple[str, ...]
    work: str
    level: str
    grade: int | str
    step: int | str
    years_in_grade: Amount
    locality: str
    remote: bool
    base: Amount
    retirement: str
    bonus: Amount
    sign_on: Amount
    loan_repayment: Amount
    match: str
    save: str
    premium: Amount
    premium_share: str
    leave: Amount
    sick: Amount
    holidays: Amount
    hours: Amount


class Reader:
    """Reads offers for one person by the employers of a rulebook."""

    def __init__(self, book: Rulebook, person: Profile) -> None:
        """Take the rules, and who is meant where an offer doesn't say."""
        self.book, self.person = book, checked(person)
        rules = book.rules.agencies
        names = {name: id_ for id_, rule in rules.items() for name in (id_, rule.name, *rule.aliases)}
        plans = {id_ for id_, rule in rules.items() if rule.pay_plan is not None}
        self.employers = Employers.named(names, plans)

    def file(self, name: str, data: bytes) -> OfferFile:
        """The offers of a file's bytes; DataError (65) with everything that is wrong in it."""
        return read(name, data, self.person, self.employers, partial(offer_mistakes, self.book))

    def words(self, words: str, number: int) -> OfferTerms:
        """An offer in words; UsageError (2) for words that can't be read."""
        return read_text(words, number, self.person, self.employers, lambda code: zip_code(code) is not None)

    def mapping(self, offer: Mapping[str, Any], number: int) -> OfferTerms:
        """An offer by the keys of a file; DataError (65) with everything that is wrong in it."""
        where, problems = f"offer {number}", Problems()
        row = Row({str(key): Cell(_plain(value), where) for key, value in offer.items()}, where)
        terms = build(row, number, person_cells(self.person), self.employers, problems)
        problems.raise_all(where)
        return terms

    def each(self, offers: Any) -> Iterator[OfferTerms]:
        """The terms of offers in any form; UsageError for a value of another type."""
        if isinstance(offers, (str, Mapping, OfferTerms)):
            offers = [offers]
        try:
            several = enumerate(offers, 1)
        except TypeError:
            raise wrong_type(offers, "offers", "a list of offers, or what read_offers() returns") from None
        for number, offer in several:
            match offer:
                case OfferTerms():
                    yield offer
                case str():
                    yield self.words(offer, number)
                case Mapping():
                    yield self.mapping(offer, number)
                case _:
                    expected = "an Offer, a dictionary, or words such as 'Mercy 61k Boise'"
                    raise wrong_type(offer, "offers", expected)


def read_offers(path: str | Path, book: Rulebook | None = None, *, person: Profile = NOBODY) -> OfferFile:
    """The offers of a YAML, JSON or CSV file, ready for `compare`, with the home that it names.

    `person` is who the offers are for where the file doesn't say. InputError (66) for a file that can't be
    read, DataError (65) with everything that is wrong in it, each with its line.
    """
    if not isinstance(path, (str, Path)):
        raise wrong_type(path, "path", "the path of a file of offers")
    reader = Reader(rulebook(book), person)
    try:
        with Path(path).open("rb") as source:
            data = source.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read {shown(path)}: {getattr(error, 'strerror', None) or error}") from error
    return reader.file(str(path), data)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, (tuple, set, frozenset)) else value


def offer_mistakes(book: Rulebook, offers: OfferFile) -> Iterable[tuple[str, str]]:
    """The place and the sentence of each value in a file of offers that the rules or the gazetteer don't know."""
    for terms in offers.offers:
        yield from mistakes(book, terms, resolve)
    if offers.home is not None:
        try:
            prices_of(offers.home.value)
        except UsageError as error:
            yield offers.home.where, f"home: {error}"


def prices_of(home: str | None) -> Parity | None:
    """The prices of the place to live; UsageError where it isn't known, or its prices aren't."""
    if home is None:
        return None
    with blamed_on("home"):
        place = resolve(text(home, "home"))
    found = parity(place)
    if found is None:
        msg = f"no price parity is known for {place.name}; without --home packages are compared as they are"
        raise UsageError(msg, field="home")
    return found


def parity(place: Place) -> Parity | None:
    """The prices of a place; None where they aren't known."""
    found = price_parity(place)
    origin = Origin(
        rule="price-parity", where="rules/places/parities.tsv", basis="official", sources=("bea-rpp-2024",)
    )
    return None if found is None else Parity(place.name, found, origin)
