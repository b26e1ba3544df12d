"""Find the whole dollar at which the top two offers swap, by searching the ranking function itself."""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from typing import TYPE_CHECKING

from ehrpay.domain.compare.ranking import NAME, rank
from ehrpay.domain.package.terms import Stated
from ehrpay.domain.package.valuation import value_offer
from ehrpay.domain.typed_numbers import MOST_PAY
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ehrpay.domain.compare.ranking import Places, Ranking
    from ehrpay.domain.package.model import Offer, Package, Settings

BASE, BONUS = "base", "bonus"
TRIED = "tried"


class Tipping(NamedTuple):
    """The change that swaps ranks 1 and 2: the `field` of an offer becomes `value` whole dollars a year.

    `offer` is its name; `value` is None where nothing in range swaps them, as the sentence says. One dollar short of
    it (below for a rise, above for a fall) the order is unchanged.
    """

    field: str
    offer: str
    value: int | None
    sentence: str


class Contest(NamedTuple):
    """Offers by one way of counting, with their packages and ranks; amounts can be tried in it."""

    offers: Sequence[Offer]
    settings: Settings
    by: Ranking
    packages: Sequence[Package]
    places: Places

    @classmethod
    def of(cls, offers: Sequence[Offer], settings: Settings, by: Ranking) -> Contest:
        """The offers valued and ranked."""
        packages = [value_offer(offer, settings) for offer in offers]
        return cls(offers, settings, by, packages, rank(offers, packages, by))

    @property
    def order(self) -> tuple[int, ...]:
        """The positions of the offers, best first."""
        return self.places.order

    def name(self, n: int) -> str:
        """The name of an offer."""
        return self.offers[n].terms.name

    def base(self, n: int) -> int:
        """The base of an offer in whole dollars."""
        return self.packages[n].base.counted

    def order_with(self, n: int, field: str, amount: int, settings: Settings) -> tuple[int, ...]:
        """The order if an offer had another amount, and were counted by these settings."""
        packages = list(self.packages)
        packages[n] = value_offer(with_amount(self.offers[n], field, amount), settings)
        return rank(self.offers, packages, self.by).order

    def swaps(self, n: int, field: str, amount: int) -> bool:
        """Whether another amount of an offer swaps ranks 1 and 2."""
        order = self.order_with(n, field, amount, self.settings)
        first, second = self.order[:2]
        return order.index(second) < order.index(first)


def tipping(contest: Contest) -> Tipping | None:
    """What swaps ranks 1 and 2; None where there is only one offer."""
    if len(contest.order) < 2:  # noqa: PLR2004 - a pair
        return None
    first, second = contest.order[:2]
    if contest.by.sort == NAME and not contest.by.weights:
        return Tipping(BASE, contest.name(second), None, "Sorted by name: no amount changes the order.")
    if not contest.offers[second].plan:
        return _raised_base(contest, second)
    if not contest.offers[first].plan:
        return _lowered_base(contest, first, second)
    return _raised_bonus(contest, second)


def _raised_base(contest: Contest, second: int) -> Tipping:
    """The base of the runner-up that takes the lead, up to twice today's."""
    name, base = contest.name(second), contest.base(second)
    most = min(2 * base, MOST_PAY)
    amount = first_of(range(base + 1, most + 1), partial(contest.swaps, second, BASE))
    sentence = f"{name} doesn't move ahead with any base up to ${most:,}."
    if amount is not None:
        sentence = f"{name} moves ahead with a base of ${amount:,} or more, ${amount - base:,} more than now."
    return Tipping(BASE, name, amount, sentence)


def _lowered_base(contest: Contest, first: int, second: int) -> Tipping:
    """The base at which the leader loses to an offer whose base a pay plan sets, down to half of today's."""
    name, other, base = contest.name(first), contest.name(second), contest.base(first)
    least = (base + 1) // 2
    amount = first_of(range(base - 1, least - 1, -1), partial(contest.swaps, first, BASE))
    sentence = f"{name} stays ahead of {other} even with a base of ${least:,}."
    if amount is not None:
        fall = f"falls to ${amount:,}, ${base - amount:,} less than now"
        sentence = f"{name} stays ahead of {other} unless its base {fall}."
    return Tipping(BASE, name, amount, sentence)


def _raised_bonus(contest: Contest, second: int) -> Tipping:
    """The yearly bonus that takes the lead where pay plans set both bases, up to the base itself."""
    name, most = contest.name(second), contest.base(second)
    now = contest.packages[second].cash.bonus.counted
    amount = first_of(range(now + 1, most + 1), partial(contest.swaps, second, BONUS))
    sentence = f"{name} doesn't move ahead with any yearly bonus up to ${most:,}; a pay plan sets its base."
    if amount is not None:
        sentence = f"{name} moves ahead with a bonus of ${amount:,} a year; pay plans set both bases."
    return Tipping(BONUS, name, amount, sentence)


def with_amount(offer: Offer, field: str, amount: int) -> Offer:
    """The offer with another base or bonus, whole dollars a year."""
    term = Stated(amount * 100, str(amount), TRIED)
    if field == BASE:
        return offer._replace(terms=offer.terms._replace(base=term), cells=())
    return offer._replace(terms=offer.terms._replace(bonus=term, bonus_share=None))


def first_of(amounts: range, swaps: Callable[[int], bool]) -> int | None:
    """The first amount that swaps, as all after it then do; None where the last doesn't."""
    if not amounts or not swaps(amounts[-1]):
        return None
    return amounts[bisect_left(amounts, True, key=swaps)]  # noqa: FBT003 - what is searched for
