"""The offers that a command is given, in a file and in words, and the person its options describe."""

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ehrpay.cli.grouping import group_of
from ehrpay.errors import DataError, UsageError, shown

if TYPE_CHECKING:
    from ehrpay.domain.compare.result import Comparison
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.package.terms import OfferTerms, Stated
    from ehrpay.domain.profile import Profile

STDIN = "-"
MOST_BYTES = 1_000_000


class Offers(NamedTuple):
    """The offers given: a file's name, and texts of `--offer`."""

    file: str | None
    texts: tuple[str, ...] = ()


class Ranking(NamedTuple):
    """How offers are compared, as typed: the place to live, what ranks them, the years to come, what is assumed."""

    home: Annotated[
        str | None, typer.Option(metavar="PLACE", help="Adjust offers for the cost of living in this place.")
    ] = None
    sort: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Rank by base, package, adjusted, hourly, percent, percentile or name "
            "(adjusted with --home, else package).",
        ),
    ] = None
    weights: Annotated[
        str | None,
        typer.Option(
            metavar="LIST",
            help="Rank by points instead: package=3,percentile=1,leave=1. The best in each gets 100 points.",
        ),
    ] = None
    horizon: Annotated[
        str | None,
        typer.Option(
            "--years", metavar="N", help="Years to total, 1 to 40 (your experience is --experience)."
        ),
    ] = None
    assume: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PART=VALUE",
            help="Count this where an offer says nothing: health=0, health=family, leave=20; none: only what is "
            "stated (repeat).",
        ),
    ] = None


_RANKING = group_of(Ranking)
_YEARS_OF_FILE = typer.Option(metavar="N", help="Years of offers to total, 1 to 40.")
RankingWanted = Annotated[Ranking, _RANKING]
RankingOfFile = Annotated[Ranking, _RANKING.replacing("horizon", Annotated[str | None, _YEARS_OF_FILE])]
"""The same where `--years` is the experience of a person, and the years to come are `--horizon`."""


def comparison(offers: Offers, person: "Profile", by: Ranking, book: "Rulebook") -> "Comparison":
    """The offers compared, for a person."""
    from ehrpay.api import compare
    from ehrpay.domain.estimate.reading import read_profile

    # Read once alone, so that a wrong option is named and not an offer.
    read_profile(book, person)
    terms, at = _offers(offers, person, book)
    home = by.home if by.home is not None or at is None else at.value
    try:
        return compare(
            terms,
            book,
            home=home,
            sort=by.sort,
            weights=by.weights,
            years=by.horizon,
            assume=by.assume or (),
        )
    except UsageError as error:
        if error.field == "years":
            raise UsageError(str(error), field="horizon") from error
        raise


def _offers(
    given: Offers, person: "Profile", book: "Rulebook"
) -> "tuple[list[OfferTerms], Stated[str] | None]":
    """The offers of the file, then those of --offer, and the file's home."""
    from ehrpay.api.offers import Reader

    reader = Reader(book, person)
    terms: list[OfferTerms] = []
    home: Stated[str] | None = None
    if given.file is not None:
        sheet = reader.file(*_read(given.file))
        terms += sheet.offers
        home = sheet.home
    terms += [reader.words(text, number) for number, text in enumerate(given.texts, 1)]
    if not terms:
        msg = f"{given.file}: no offers in it"
        raise DataError(msg)
    return terms, home


def _read(file: str) -> tuple[str, bytes]:
    """A file's name for messages, and its bytes; InputError where it can't be read."""
    from ehrpay.cli.input_file import read_input

    data = read_input(file, MOST_BYTES, "offers")
    if len(data) > MOST_BYTES:
        msg = f"{shown(file)} is larger than {MOST_BYTES:,} bytes, too large for a file of offers"
        raise DataError(msg)
    return file, data
