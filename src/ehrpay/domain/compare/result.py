"""Offers compared: each with its figures and rank, and the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.compare.ranking import Ranking
    from ehrpay.domain.compare.tipping import Flip
    from ehrpay.domain.facts import Overlay
    from ehrpay.domain.package.model import Frame, Offer, Package


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
