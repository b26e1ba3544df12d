"""Value and rank offers, and find what would swap the top two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.compare.headline import headline
from ehrpay.domain.compare.remarks import assumptions, warnings
from ehrpay.domain.compare.result import Comparison, RankedOffer
from ehrpay.domain.compare.tipping import Contest, tipping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.compare.ranking import Ranking
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.package.model import Offer, Settings


def compare(offers: Sequence[Offer], settings: Settings, by: Ranking, book: Rulebook) -> Comparison:
    """The comparison of offers in the order given; there is at least one."""
    bare = settings._replace(filling=settings.filling._replace(nothing=True))
    alike, stated = Contest.of(offers, settings, by), Contest.of(offers, bare, by)
    points = alike.places.points
    ranked = tuple(
        RankedOffer(
            offer=offers[n],
            package=alike.packages[n],
            stated=stated.packages[n],
            rank=place,
            stated_rank=stated.order.index(n) + 1,
            points=points[n] if points else None,
        )
        for place, n in enumerate(alike.order, 1)
    )
    return Comparison(
        offers=ranked,
        by=by,
        settings=settings,
        headline=headline(alike, stated),
        tipping=tipping(alike),
        warnings=tuple(warnings(ranked, settings, by)),
        assumptions=tuple(assumptions(ranked, settings, book.as_of)),
        as_of=book.as_of,
        rules_version=book.version,
        overlays=book.rules.overlays,
    )
