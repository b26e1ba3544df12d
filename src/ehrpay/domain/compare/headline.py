"""The answer of a comparison in sentences: who leads, by which total, and whether that rests on what is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.compare.ranking import ADJUSTED, CRITERIA, PACKAGE
from ehrpay.domain.compare.tipping import BONUS, first_of
from ehrpay.domain.package.parts import FEDERAL
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.compare.tipping import Contest
    from ehrpay.domain.package.model import Settings

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


def headline(alike: Contest, stated: Contest) -> Headline:
    """The headline of one offer or more, ranked like for like and as stated."""
    first, stated_first = alike.order[0], stated.order[0]
    now, bare = _total(alike, first), _total(stated, first)
    names = (alike.name(first), alike.name(stated_first))
    if now is None or bare is None:
        return Headline(*names, _ranked(alike, stated))
    if len(alike.order) == 1:
        return Headline(
            *names, f"{names[0]} is worth {_yearly(alike, now)} like for like; as stated, ${bare:,}."
        )
    second = alike.order[1]
    other = _total(alike, second) or 0
    ahead = "as much as" if now == other else f"${now - other:,} more than"
    text = f"{names[0]} is worth most {counted(alike.settings)}: {_yearly(alike, now)},"
    text += f" {ahead} {alike.name(second)}."
    if alike.settings.filling.nothing:
        return Headline(*names, text, now - other)
    level = [stated.name(n) for n in stated.order if n != first and _total(stated, n) == bare]
    if level and _total(stated, stated_first) == bare:
        text += f" As stated, {level[0]} is worth as much: ${bare:,}."
        return Headline(names[0], names[0], text, now - other)
    if first == stated_first:
        text += f" It leads as stated too, with ${bare:,}.{_close(alike)}"
        return Headline(*names, text, now - other)
    filled = alike.packages[first].package.counted - stated.packages[first].package.counted
    least = _least(alike, stated, filled)
    leading = _total(stated, stated_first) or 0
    text += f" As stated, {names[1]} leads instead: ${leading:,} against ${bare:,}."
    if least is not None:
        text += (
            f" {names[0]} leads while what its offer leaves out is worth ${least:,} a year or more;"
            f" ${filled:,} is counted."
        )
    return Headline(*names, text, now - other, filled, least)


def _close(alike: Contest) -> str:
    """A sentence where what is filled in may turn the first two round; two federal offers are filled in alike."""
    two = alike.order[:2]
    if all(alike.offers[n].kind == FEDERAL for n in two):
        return ""
    leads, follows = (getattr(alike.packages[n], alike.by.sort) for n in two)
    if leads.least >= follows.most:
        return ""
    worth = [f"${total.least:,} to ${total.most:,}" for total in (leads, follows)]
    name, other = map(alike.name, two)
    return f" It is close: by what is filled in, {name} may be worth {worth[0]}, and {other} {worth[1]}."


def _total(contest: Contest, n: int) -> int | None:
    """The total that ranks an offer; None where points, an hour or the market rank instead."""
    by = contest.by
    return CRITERIA[by.sort](contest.packages[n]) if by.sort in TOTALS and not by.weights else None


def _ranked(alike: Contest, stated: Contest) -> str:
    """The sentence where no total ranks."""
    first, stated_first = alike.order[0], stated.order[0]
    if len(alike.order) == 1:
        return ""
    other = (
        "" if first == stated_first else f" Counting only what is stated, {alike.name(stated_first)} leads."
    )
    return f"{alike.name(first)} leads by {alike.by.words}.{other}"


def counted(settings: Settings) -> str:
    """How the totals count what no offer states."""
    return "as stated" if settings.filling.nothing else "like for like"


def _yearly(contest: Contest, dollars: int) -> str:
    home, years = contest.settings.home, contest.settings.years
    prices = f" at {home.place} prices" if home is not None and contest.by.sort == ADJUSTED else ""
    average = f", the average of {years} years" if years is not None and years > 1 else ""
    return f"${dollars:,} a year{prices}{average}"


def _least(alike: Contest, stated: Contest, filled: int) -> int | None:
    """The fewest dollars a year in place of what is filled in for the leader with which it leads."""
    if filled <= 0:
        return None
    leader = alike.order[0]
    bonus = stated.packages[leader].cash.bonus.counted

    def leads(amount: int) -> bool:
        return alike.order_with(leader, BONUS, bonus + amount, stated.settings)[0] == leader

    return first_of(range(filled + 1), leads)
