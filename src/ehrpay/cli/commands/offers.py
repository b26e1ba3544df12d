"""The offers that a command is given, in a file and in words, and the person its options describe."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ehrpay.cli import options
from ehrpay.errors import DataError, InputError, UsageError, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.compare.result import Comparison
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.package.terms import OfferTerms, Stated
    from ehrpay.domain.profile import Profile

STDIN = "-"
MOST_BYTES = 1_000_000


JOB = ("agency", "location", "locality", "setting", "work", "grade", "step", "years_in_grade")
"""What belongs to one job and not to a person: each offer says its own."""


def comparison(said: Mapping[str, Any], texts: list[str], book: Rulebook, years: str | None) -> Comparison:
    """The offers of a command's file and words compared by its `home`, `sort` and `weights` over so many years.

    A home that the file names wrongly is the file's mistake (65), one of the options the user's (2).
    """
    from ehrpay.api import compare

    home = said["home"]
    terms, at = _offers(said["file"], texts, _person(said, book), book)
    place = home if home is not None or at is None else at.value
    try:
        return compare(terms, book, home=place, sort=said["sort"], weights=said["weights"], years=years)
    except UsageError as error:
        if error.field != "home" or home is not None or at is None:
            raise
        msg = f"{at.where}: home: {error}"
        raise DataError(msg) from error


def _person(said: Mapping[str, Any], book: Rulebook) -> Profile:
    """Who gets the offers, as far as options say; read once alone, so that a wrong option is named."""
    field = "experience" if "experience" in said else "years"
    from ehrpay.domain.estimate.reading import read_profile

    person = options.profile({**said, **dict.fromkeys(JOB), "years": said[field]})
    try:
        read_profile(book, person)
    except UsageError as error:
        raise UsageError(str(error), field=field if error.field == "years" else error.field) from error
    return person


def _offers(
    file: str | None, texts: list[str], person: Profile, book: Rulebook
) -> tuple[list[OfferTerms], Stated[str] | None]:
    """The offers of the file, then those of --offer, and the file's home."""
    from ehrpay.offers.offer_text import read_text
    from ehrpay.offers.read import read

    agencies = _agencies(book)
    plans = {id_ for id_, rule in book.core["agencies"].items() if rule["pay_plan"] is not None}
    found: list[OfferTerms] = []
    home: Stated[str] | None = None
    if file is not None:
        name, data = _read(file)
        sheet = read(name, data, person, agencies, plans)
        found += sheet.offers
        home = sheet.home
    found += [read_text(text, number, person, agencies, plans) for number, text in enumerate(texts, 1)]
    if not found:
        msg = f"{file}: no offers in it"
        raise DataError(msg)
    return found, home


def _agencies(book: Rulebook) -> dict[str, str]:
    """Every name of an agency to its id."""
    return {
        name: id_
        for id_, rule in book.core["agencies"].items()
        for name in (id_, rule["name"], *rule["aliases"])
    }


def _read(file: str) -> tuple[str, bytes]:
    """A file's name for messages, and its bytes; InputError where it can't be read."""
    try:
        if file == STDIN:
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as source:
                data = source.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        msg = f"cannot read {shown(file)}: {getattr(error, 'strerror', None) or error}"
        raise InputError(msg) from error
    if len(data) > MOST_BYTES:
        msg = f"{shown(file)} is larger than {MOST_BYTES:,} bytes; that is no list of offers"
        raise DataError(msg)
    return file, data
