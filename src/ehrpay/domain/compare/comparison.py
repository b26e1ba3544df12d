"""Value and rank offers, and find what would swap the top two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.compare.headline import Totals, headline
from ehrpay.domain.compare.ranking import rank
from ehrpay.domain.compare.remarks import assumptions, warnings
from ehrpay.domain.compare.result import Comparison, RankedOffer
from ehrpay.domain.compare.tipping import Contest, tipping
from ehrpay.domain.package.valuation import value_offer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.compare.ranking import Ranking
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.package.model import Offer, Settings


def compare(offers: Sequence[Offer], settings: Settings, by: Ranking, book: Rulebook) -> Comparison:
    """The comparison of offers in the order given; there is at least one."""
    names = [offer.terms.name for offer in offers]
    packages = [value_offer(offer, settings) for offer in offers]
    bare = settings._replace(filling=settings.filling._replace(nothing=True))
    stated = [value_offer(offer, bare) for offer in offers]
    places, stated_order = rank(names, packages, by), rank(names, stated, by).order
    ranked = tuple(
        RankedOffer(
            offer=offers[n],
            package=packages[n],
            stated=stated[n],
            rank=place,
            stated_rank=stated_order.index(n) + 1,
            points=places.points[n] if places.points else None,
        )
        for place, n in enumerate(places.order, 1)
    )
    return Comparison(
        offers=ranked,
        by=by,
        settings=settings,
        headline=headline(Totals(offers, settings, by, packages, stated, places.order, stated_order)),
        tipping=tipping(Contest(offers, settings, by, packages, places.order)),
        warnings=tuple(warnings(ranked, settings, by)),
        assumptions=tuple(assumptions(ranked, settings, book.as_of)),
        as_of=book.as_of,
        rules_version=book.version,
        overlays=book.rules.overlays,
    )
