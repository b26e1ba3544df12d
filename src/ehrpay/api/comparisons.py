"""Offers side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.api.arguments import text, texts
from ehrpay.api.offers import NOBODY, Reader, parity, prices_of
from ehrpay.api.result import CitedResult
from ehrpay.api.rulebooks import rulebook
from ehrpay.domain.compare import comparison, result
from ehrpay.domain.compare.preparation import located, numbered, prepare, with_home
from ehrpay.domain.compare.ranking import Ranking, read_sort, read_weights
from ehrpay.domain.package.filling import benefits_in_force, read_filling
from ehrpay.domain.package.model import Settings
from ehrpay.domain.typed_numbers import read_whole
from ehrpay.errors import NoRuleError, UsageError
from ehrpay.offers.build import OfferFile
from ehrpay.places.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.package.model import Offer as ReadyOffer
    from ehrpay.domain.package.terms import OfferTerms
    from ehrpay.domain.profile import Profile

    Given = OfferTerms | Mapping[str, Any] | str
    """One offer in any form."""

MOST_YEARS = 40
"""The longest horizon of a comparison."""


class Comparison(CitedResult, result.Comparison):
    """Offers valued and ranked, the best first."""

    def _view(self) -> Any:
        from ehrpay.formats.compare import SideBySide

        return SideBySide(self, self._sources)

    def _summary(self) -> str:
        return self.headline.sentence


def compare(
    offers: OfferFile | Iterable[Given] | Given,
    book: Rulebook | None = None,
    *,
    person: Profile = NOBODY,
    home: str | None = None,
    sort: str | None = None,
    weights: str | None = None,
    years: int | str | None = None,
    assume: str | Iterable[str] = (),
) -> Comparison:
    """Offers valued and ranked side by side; amounts are whole dollars a year unless they say otherwise.

    An offer is what `read_offers` read, an `Offer` or a dictionary with its keys, or words as `--offer` takes them;
    `person` is who the offers are for where they don't say; packages are adjusted to the cost of living at `home`;
    `sort` is `base`, `package`, `adjusted`, `hourly`, `percent`, `percentile` or `name` (`adjusted` where home is
    known, else `package`); `weights` such as `package=3,leave=1` rank instead; `years` is a horizon of 1 to 40;
    `assume` replaces what fills in missing parts, as `health=0` or `none`. Raises UsageError (2) for wrong arguments,
    DataError (65) for a value of an offer that can't be used, naming its line.
    """
    if weights is not None and sort is not None:
        raise UsageError("--weights rank by points and conflict with --sort")
    horizon = None if years is None else read_whole(years, "number of years to come", "years", 1, MOST_YEARS)
    rules = rulebook(book)
    if isinstance(offers, OfferFile):
        home = offers.home.value if home is None and offers.home is not None else home
        offers = offers.offers
    here = prices_of(home)
    by = Ranking(
        read_sort(text(sort, "sort", "package" if here is None else "adjusted")),
        read_weights(text(weights, "weights")) if weights is not None else (),
    )
    terms = numbered(Reader(rules, person).each(offers))
    ready = [_ready(rules, one, home, horizon or 1) for one in terms]
    if not ready:
        raise UsageError("there is no offer to compare")
    filling = read_filling(texts(assume, "assume"), rules.rules.typical_benefits, rules.as_of)
    settings = Settings(benefits_in_force(rules.rules.benefits.values(), rules.as_of), filling, here, horizon)
    found = Comparison._make(comparison.compare(ready, settings, by, rules))
    return found.with_sources(rules.sources)


def _ready(book: Rulebook, terms: OfferTerms, home: str | None, years: int) -> ReadyOffer:
    """An offer ready to be valued; what it says wrongly is reported with its line."""
    try:
        terms = with_home(book, terms, home)
        location = terms.profile.location
        place = None if location is None else resolve(location)
        return prepare(book, terms, place, None if place is None else parity(place), years)
    except UsageError as error:
        raise located(terms, error) from error
    except NoRuleError as error:
        raise NoRuleError(f"{terms.where}: {error}") from error
