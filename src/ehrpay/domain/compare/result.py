"""The result of a comparison: each offer with its figures and rank, and the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.compare.headline import Headline
    from ehrpay.domain.compare.ranking import Ranking
    from ehrpay.domain.compare.tipping import Tipping
    from ehrpay.domain.facts import Overlay
    from ehrpay.domain.package.model import Offer, Package, Settings


class RankedOffer(NamedTuple):
    """One offer with its figures, rank and points (in 1/10,000 of the best a weight; None without weights).

    `package` is like for like: missing parts are filled in; `stated` counts only what the offer states, and
    `stated_rank` is the rank by that.
    """

    offer: Offer
    package: Package
    stated: Package
    rank: int
    stated_rank: int
    points: int | None

    @property
    def name(self) -> str:
        """The employer's name as written."""
        return self.offer.terms.name


class Comparison(NamedTuple):
    """All offers, best first by what is like for like; `tipping` is None where there is only one."""

    offers: tuple[RankedOffer, ...]
    by: Ranking
    settings: Settings
    headline: Headline
    tipping: Tipping | None
    warnings: tuple[str, ...]
    assumptions: tuple[str, ...]
    as_of: str
    rules_version: str
    overlays: tuple[Overlay, ...]
