"""Offers compared: each valued, ranked, and what would turn the first two round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.compare.ranking import rank
from ehrpay.domain.compare.remarks import assumptions, warnings
from ehrpay.domain.compare.result import Comparison, Valued
from ehrpay.domain.compare.tipping import Field, flip
from ehrpay.domain.package.valuation import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.compare.ranking import Ranking
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.package.model import Frame, Offer


def compare(offers: Sequence[Offer], frame: Frame, by: Ranking, book: Rulebook) -> Comparison:
    """Value and rank offers in the order given; there is at least one."""
    packages = [value(offer, frame) for offer in offers]
    ranked = rank([offer.terms.name for offer in offers], packages, by)
    valued = tuple(
        Valued(offers[n], packages[n], place, ranked.points[n] if ranked.points else None)
        for place, n in enumerate(ranked.order, 1)
    )
    turning = flip(Field(offers, frame, by, packages, ranked.order))
    return Comparison(
        valued,
        by,
        frame,
        turning,
        tuple(warnings(valued, frame, by)),
        tuple(assumptions(valued, frame, book.as_of)),
        book.as_of,
        book.version,
        book.overlays,
    )
