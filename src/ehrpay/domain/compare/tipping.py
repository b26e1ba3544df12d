"""What would turn the first two offers round, and at which whole dollar: found by search on the ranking itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.compare.ranking import NAME, rank
from ehrpay.domain.package.terms import Said
from ehrpay.domain.package.valuation import value
from ehrpay.domain.profile import MOST_PAY
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ehrpay.domain.compare.ranking import Ranking
    from ehrpay.domain.package.model import Frame, Offer, Package

BASE, BONUS = "base", "bonus"
TRIED = "tried"


class Flip(NamedTuple):
    """The change that turns ranks 1 and 2 round: whose `field` becomes `value` whole dollars a year.

    `offer` is its name; `value` is None where nothing in range turns them, as the
    sentence says. One dollar short of it (below for a rise, above for a fall) the order is as it was.
    """

    field: str
    offer: str
    value: int | None
    sentence: str


class Field(NamedTuple):
    """The comparison a flip is looked for in."""

    offers: Sequence[Offer]
    frame: Frame
    by: Ranking
    packages: Sequence[Package]
    order: Sequence[int]

    def name(self, n: int) -> str:
        """An offer's name."""
        return self.offers[n].terms.name


def flip(field: Field) -> Flip | None:
    """What turns ranks 1 and 2 round; None where there is only one offer."""
    if len(field.order) < 2:  # noqa: PLR2004 - a pair
        return None
    first, second = field.order[:2]
    if field.by.sort == NAME and not field.by.weights:
        return Flip(BASE, field.name(second), None, "Sorted by name: no amount changes the order.")
    if not field.offers[second].plan:
        return _raised(field, second, first)
    if not field.offers[first].plan:
        return _lowered(field, first, second)
    return _given(field, second, first)


def _raised(field: Field, second: int, first: int) -> Flip:
    """The runner-up's base that takes the lead, up to twice today's."""
    name, base = field.name(second), field.packages[second].base_dollars
    most = min(2 * base, MOST_PAY)
    found = _least(base + 1, most, lambda amount: _turned(field, second, BASE, amount, first, second))
    if found is None:
        return Flip(BASE, name, None, f"No base of {name} up to {most:,} a year would take the lead.")
    words = f"{name} would take the lead at a base of {found:,} a year, {found - base:,} more than now."
    return Flip(BASE, name, found, words)


def _lowered(field: Field, first: int, second: int) -> Flip:
    """The leader's base at which it loses to an offer whose base a pay plan sets, down to half of today's."""
    name, other, base = field.name(first), field.name(second), field.packages[first].base_dollars
    least = (base + 1) // 2
    fall = _least(1, base - least, lambda down: _turned(field, first, BASE, base - down, first, second))
    if fall is None:
        words = f"{name} would keep the lead over {other} even at a base of {least:,} a year."
        return Flip(BASE, name, None, words)
    words = (
        f"{name} would lose the lead to {other} at a base of {base - fall:,} a year, {fall:,} less than now."
    )
    return Flip(BASE, name, base - fall, words)


def _given(field: Field, second: int, first: int) -> Flip:
    """The yearly bonus that takes the lead where pay plans set both bases, up to the base itself."""
    name, package = field.name(second), field.packages[second]
    now, most = package.money.bonus.value or 0, package.base_dollars
    found = _least(now + 1, most, lambda amount: _turned(field, second, BONUS, amount, first, second))
    if found is None:
        return Flip(
            BONUS,
            name,
            None,
            f"No yearly bonus of {name} up to {most:,} would take the lead; a pay plan sets its base.",
        )
    words = f"{name} would take the lead with a bonus of {found:,} a year; pay plans set both bases."
    return Flip(BONUS, name, found, words)


def with_amount(offer: Offer, field: str, amount: int) -> Offer:
    """The offer with another base or bonus, whole dollars a year."""
    told = Said(amount * 100, str(amount), TRIED)
    if field == BASE:
        return offer._replace(terms=offer.terms._replace(base=told), cells=())
    return offer._replace(terms=offer.terms._replace(bonus=told, bonus_share=None))


def _turned(field: Field, changed: int, what: str, amount: int, first: int, second: int) -> bool:
    packages = list(field.packages)
    packages[changed] = value(with_amount(field.offers[changed], what, amount), field.frame)
    order = rank([offer.terms.name for offer in field.offers], packages, field.by).order
    return order.index(second) < order.index(first)


def _least(low: int, high: int, holds: Callable[[int], bool]) -> int | None:
    """The least whole number from `low` to `high` that holds, for something that goes on holding above it."""
    if low > high or not holds(high):
        return None
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
