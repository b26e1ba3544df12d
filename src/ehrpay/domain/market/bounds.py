"""The steps that hold the middle between bounds: another role's pay, and the area's own percentiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.market.wages import REFERENCE
from ehrpay.domain.money import UNIT, times
from ehrpay.domain.numerals import decimal
from ehrpay.domain.running import MOST, Term
from ehrpay.domain.story import Story, cited
from ehrpay.errors import NoRuleError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.compiled.adjustments import Level
    from ehrpay.domain.compiled.adjustments import Order as OrderRule
    from ehrpay.domain.market.choice import Choice
    from ehrpay.domain.market.steps import Age, RuralFallback
    from ehrpay.domain.market.wages import Wages
    from ehrpay.domain.place import Place, WagePlace


class Order:
    """A role keeps its place beside another in every area, whose figures of small occupations are noisy."""

    id, inputs = "order", ("place", "role")

    def __init__(
        self, wages: Wages, age: Age, fallback: RuralFallback, role: Choice, levels: Mapping[str, Level]
    ) -> None:
        """Take the wages, the steps that move them, and the roles."""
        self._wages, self._age, self._fallback, self._role, self._levels = wages, age, fallback, role, levels

    def narrowed(self, place: Place | None, role: str | None) -> tuple[WagePlace | None, OrderRule | None]:
        """What of the place decides its wages, and the role's place beside another."""
        level = self._levels.get(role) if role is not None else None
        return None if place is None else place.wage_place, None if level is None else level.order

    def term(self, place: WagePlace | None, order: OrderRule | None) -> Term:
        """The bounds in cents, from what the other role's median worker has in the same place."""
        other = None if order is None else self._median(place, order.role)
        if order is None or other is None:
            return Term()
        least, most = order.share.value
        return Term(
            low=0 if least is None else times(other, least), high=MOST if most is None else times(other, most)
        )

    def _median(self, place: WagePlace | None, role: str) -> int | None:
        """What the median worker of a role has in a place, in cents; None where no rule covers it."""
        occupation = self._levels[role].occupation or REFERENCE
        try:
            total = self._wages.at(occupation, place).median * 100
        except NoRuleError:
            return None
        moves = (
            self._fallback.term(occupation, place),
            self._age.term(occupation),
            self._role.term(role, role, occupation),
        )
        for move in moves:
            total = times(total, UNIT if move.factor is None else move.factor)
        return total

    def story(self, place: WagePlace | None, order: OrderRule | None) -> Story:
        """Beside whom."""
        if order is None or self._median(place, order.role) is None:
            return Story("No order of roles to keep", said=False)
        least, most = order.share.value
        told = [f"at least {decimal(least)}"] if least else []
        told += [f"at most {decimal(most)}"] if most else []
        name = self._levels[order.role].name
        return cited(f"Kept {' and '.join(told)} times {name} here", order.share)


class Cap:
    """What is known of a person may not carry the middle out of the area's P10 to P90, moved as the job moves it.

    A manager is held to the P10 to P90 of managers: the bounds are those of the occupation, times what fall-back,
    ageing, role and level are.
    """

    id, inputs = "cap", ("occupation", "place", "role", "level")

    def __init__(
        self, wages: Wages, age: Age, fallback: RuralFallback, role: Choice, level: Choice | None
    ) -> None:
        """Take the wages, and the steps that move the area's percentiles as they move its median."""
        self._wages, self._age, self._fallback, self._role, self._level = wages, age, fallback, role, level

    def narrowed(
        self, occupation: str, place: Place | None, role: str | None, level: str | None
    ) -> tuple[str, WagePlace | None, str | None, str | None]:
        """The occupation, what of the place decides its wages, the role and the level."""
        return occupation, None if place is None else place.wage_place, role, level

    def term(self, occupation: str, place: WagePlace | None, role: str | None, level: str | None) -> Term:
        """The bounds in cents."""
        wage = self._wages.at(occupation, place)
        moves = [self._fallback.term(occupation, place), self._age.term(occupation)]
        moves += self._of_job(occupation, role, level)
        low, high = (times(wage.median * 100, ratio) for ratio in (wage.shape.p10, wage.shape.p90))
        for factor in (UNIT if move.factor is None else move.factor for move in moves):
            low, high = times(low, factor), times(high, factor)
        return Term(low=low, high=high)

    def _of_job(self, occupation: str, role: str | None, level: str | None) -> list[Term]:
        moves = [self._role.term(role, role, occupation)]
        return moves if self._level is None else [*moves, self._level.term(level, role, occupation)]

    def story(self, occupation: str, place: WagePlace | None, role: str | None, level: str | None) -> Story:
        """Whose percentiles bound the middle."""
        wage = self._wages.at(occupation, place)
        story = cited(f"Cap at P10 to P90 of {wage.name}", wage.fact)
        moved = any(move.factor not in (None, UNIT) for move in self._of_job(occupation, role, level))
        return story._replace(note="times what the role and the level are") if moved else story
