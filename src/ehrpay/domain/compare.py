"""Offers compared: each valued, ranked, and what would turn the first two round."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ehrpay.domain.compare_flip import Field, flip
from ehrpay.domain.compare_rank import rank
from ehrpay.domain.compare_words import assumptions, warnings
from ehrpay.domain.package import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.compare_flip import Flip
    from ehrpay.domain.compare_rank import Ranking
    from ehrpay.domain.facts import Overlay
    from ehrpay.domain.package import Frame, Offer, Package
    from ehrpay.domain.rulebook import Rulebook


class Valued(NamedTuple):
    """One offer with its figures, rank and points (in 1/10,000 of the best a weight; None without weights)."""

    offer: Offer
    package: Package
    rank: int
    points: int | None

    @property
    def name(self) -> str:
        """The employer's name as said."""
        return self.offer.terms.name


class Comparison(NamedTuple):
    """All offers, best first; `flip` is None where there is only one."""

    valued: tuple[Valued, ...]
    by: Ranking
    frame: Frame
    flip: Flip | None
    warnings: tuple[str, ...]
    assumptions: tuple[str, ...]
    as_of: str
    rules_version: str
    overlays: tuple[Overlay, ...] = ()


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
