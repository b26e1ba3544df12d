"""The answer of a comparison in sentences: who leads, by which total, and whether that rests on what is filled in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ehrpay.domain.compare.ranking import ADJUSTED, CRITERIA, PACKAGE, rank
from ehrpay.domain.compare.tipping import BONUS, first_of, with_amount
from ehrpay.domain.package.valuation import value_offer
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.compare.ranking import Ranking
    from ehrpay.domain.package.model import Offer, Package, Settings

TOTALS = (PACKAGE, ADJUSTED)
"""What ranks by a total, which may rest on what is filled in."""


class Headline(NamedTuple):
    """Who leads like for like and who as stated, and the sentence that says so.

    `lead` is dollars a year ahead of the next like for like; `filled` what is filled in for the leader, and `least`
    the least of that with which it leads; None where the question doesn't arise.
    """

    leader: str
    stated_leader: str
    sentence: str
    lead: int | None = None
    filled: int | None = None
    least: int | None = None

    @property
    def changes(self) -> bool:
        """Whether another offer leads as stated."""
        return self.leader != self.stated_leader


class Totals(NamedTuple):
    """The offers with both of their totals, and their order by each, best first."""

    offers: Sequence[Offer]
    settings: Settings
    by: Ranking
    packages: Sequence[Package]
    stated: Sequence[Package]
    order: Sequence[int]
    stated_order: Sequence[int]

    def name(self, n: int) -> str:
        """The name of an offer."""
        return self.offers[n].terms.name

    def total(self, packages: Sequence[Package], n: int) -> int | None:
        """The total that ranks; None where points, an hour or the market rank instead."""
        return CRITERIA[self.by.sort](packages[n]) if self.by.sort in TOTALS and not self.by.weights else None


def headline(totals: Totals) -> Headline:
    """The headline of one offer or more."""
    first, stated_first = totals.order[0], totals.stated_order[0]
    now, bare = totals.total(totals.packages, first), totals.total(totals.stated, first)
    names = (totals.name(first), totals.name(stated_first))
    if now is None or bare is None:
        return Headline(*names, _ranked(totals))
    if len(totals.order) == 1:
        return Headline(
            *names, f"{names[0]} is worth {_yearly(totals, now)} like for like; as stated, ${bare:,}."
        )
    second = totals.order[1]
    other = totals.total(totals.packages, second) or 0
    ahead = "as much as" if now == other else f"${now - other:,} more than"
    text = f"{names[0]} is worth most {counted(totals.settings)}: {_yearly(totals, now)},"
    text += f" {ahead} {totals.name(second)}."
    if totals.settings.filling.nothing:
        return Headline(*names, text, now - other)
    if first == stated_first:
        return Headline(*names, f"{text} It leads as stated too, with ${bare:,}.", now - other)
    filled = totals.packages[first].package.counted - totals.stated[first].package.counted
    least = _least(totals, first, filled)
    leading = totals.total(totals.stated, stated_first) or 0
    text += f" As stated, {names[1]} leads instead: ${leading:,} against ${bare:,}."
    if least is not None:
        text += (
            f" {names[0]} leads while what its offer leaves out is worth ${least:,} a year or more;"
            f" ${filled:,} is counted."
        )
    return Headline(*names, text, now - other, filled, least)


def _ranked(totals: Totals) -> str:
    """The sentence where no total ranks."""
    first = totals.name(totals.order[0])
    if len(totals.order) == 1:
        return ""
    same = totals.order[0] == totals.stated_order[0]
    other = "" if same else f" Counting only what is stated, {totals.name(totals.stated_order[0])} leads."
    return f"{first} leads by {totals.by.words}.{other}"


def counted(settings: Settings) -> str:
    """How the totals count what no offer states."""
    return "as stated" if settings.filling.nothing else "like for like"


def _yearly(totals: Totals, dollars: int) -> str:
    home, years = totals.settings.home, totals.settings.years
    prices = f" at {home.place} prices" if home is not None and totals.by.sort == ADJUSTED else ""
    average = f", the average of {years} years" if years is not None and years > 1 else ""
    return f"${dollars:,} a year{prices}{average}"


def _least(totals: Totals, first: int, filled: int) -> int | None:
    """The fewest dollars a year in place of what is filled in for an offer with which it leads."""
    if filled <= 0:
        return None
    return first_of(range(filled + 1), partial(_leads, totals, first))


def _leads(totals: Totals, n: int, amount: int) -> bool:
    """Whether an offer leads with so many dollars a year in place of what is filled in for it."""
    bare = totals.settings._replace(filling=totals.settings.filling._replace(nothing=True))
    bonus = totals.stated[n].cash.bonus.counted + amount
    packages = list(totals.packages)
    packages[n] = value_offer(with_amount(totals.offers[n], BONUS, bonus), bare)
    return rank([offer.terms.name for offer in totals.offers], packages, totals.by).order[0] == n
