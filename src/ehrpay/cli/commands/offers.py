"""The offers that a command is given, in a file and in words, and the person its options describe."""

from typing import TYPE_CHECKING, Annotated, NamedTuple

from ehrpay.cli import options
from ehrpay.cli.grouping import group_of
from ehrpay.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.compare.result import Comparison
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.profile import Profile


class Ranking(NamedTuple):
    """How offers are compared, as typed: the place to live, what ranks them, the years to come, what is assumed."""

    home: str | None = options.text("PLACE", "Adjust offers for the cost of living in this place.")
    sort: str | None = options.text(
        "NAME",
        "Rank by base, package, adjusted, hourly, percent, percentile or name "
        "(adjusted with --home, else package).",
    )
    weights: str | None = options.text(
        "LIST", "Rank by points instead: package=3,percentile=1,leave=1. The best in each gets 100 points."
    )
    horizon: str | None = options.text("N", "Years of offers to total, 1 to 40.")
    years_to_total: str | None = options.text(
        "N", "Same as --horizon (your experience is --experience).", "--years"
    )
    assume: list[str] | None = options.text(
        "PART=VALUE",
        "Count this where an offer says nothing: health=0, health=family, leave=20; none: only what is "
        "stated (repeat).",
    )


_RANKING = group_of(Ranking)
RankingWanted = Annotated[Ranking, _RANKING]
RankingOfFile = Annotated[Ranking, _RANKING.without("years_to_total")]
"""The same where `--years` is the experience of a person."""


def comparison(
    file: str | None, texts: "Sequence[str]", person: "Profile", by: Ranking, book: "Rulebook"
) -> "Comparison":
    """The offers of a file, then those in words, compared for a person."""
    from ehrpay.api.comparisons import compare
    from ehrpay.api.offers import Reader
    from ehrpay.cli.input_file import read_input
    from ehrpay.domain.estimate.reading import read_profile
    from ehrpay.offers.build import OfferFile
    from ehrpay.offers.read import MOST_BYTES

    if by.horizon is not None and by.years_to_total is not None:
        raise UsageError(
            "--years is another name of --horizon here; give one of them", field="years_to_total"
        )
    # Read once alone, so that a wrong option is named and not an offer.
    read_profile(book, person)
    reader = Reader(book, person)
    found = OfferFile(()) if file is None else reader.file(file, read_input(file, MOST_BYTES, "offers"))
    words = (reader.words(text, number) for number, text in enumerate(texts, 1))
    try:
        return compare(
            found._replace(offers=(*found.offers, *words)),
            book,
            home=by.home,
            sort=by.sort,
            weights=by.weights,
            years=by.horizon if by.years_to_total is None else by.years_to_total,
            assume=by.assume or (),
        )
    except UsageError as error:
        if error.field == "years":
            typed = "horizon" if by.years_to_total is None else "years_to_total"
            raise UsageError(str(error), field=typed) from error
        raise
