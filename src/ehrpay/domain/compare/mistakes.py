"""What an offer says that the rules or the gazetteer don't know: every mistake of it, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.reading import read_profile
from ehrpay.errors import DataError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.package.terms import OfferTerms
    from ehrpay.domain.place import Place

NO_PAY = "no base or grade; give the base a year, or grade and step at a federal agency"
LABELS = {"years_in_grade": "years in grade"}


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
