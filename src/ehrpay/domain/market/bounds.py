"""The steps that hold the middle between bounds: another role's pay, and the area's own percentiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.market.wages import REFERENCE
from ehrpay.domain.money import UNIT, clip, times
from ehrpay.domain.numerals import decimal
from ehrpay.domain.running import MOST, Term
from ehrpay.domain.story import Story, Trust, cited
from ehrpay.errors import NoRuleError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.compiled.adjustments import Level
    from ehrpay.domain.compiled.adjustments import Order as OrderRule
    from ehrpay.domain.market.choice import Choice
    from ehrpay.domain.market.steps import Age, RuralFallback
    from ehrpay.domain.market.wages import Wages
    from ehrpay.domain.place import Place, WagePlace


class RoleMedian:
    """What moves an area's median wage to what the median worker of a role has there on the date."""

    def __init__(self, wages: Wages, age: Age, fallback: RuralFallback, role: Choice) -> None:
        """Take the wages, and the steps that move them."""
        self.wages, self._age, self._fallback, self._role = wages, age, fallback, role
        self._aged: dict[tuple[str, WagePlace | None], int] = {}
        self._factors: dict[tuple[str | None, str], int | None] = {}

    def cents(self, occupation: str, place: WagePlace | None, role: str | None) -> int:
        """The median in cents a year."""
        total = self._aged.get((occupation, place))
        if total is None:
            total = self._aged[occupation, place] = self._of_area(occupation, place)
        if (role, occupation) not in self._factors:
            self._factors[role, occupation] = self._role.term(role, role, occupation).factor
        factor = self._factors[role, occupation]
        return total if factor is None else times(total, factor)

    def _of_area(self, occupation: str, place: WagePlace | None) -> int:
        total = self.wages.at(occupation, place).median * 100
        for move in (self._fallback.term(occupation, place), self._age.term(occupation)):
            total = total if move.factor is None else times(total, move.factor)
        return total


class Order:
    """A role keeps its place beside another in every area, whose figures of small occupations are noisy."""

    id, inputs = "order", ("place", "role")

    def __init__(self, median: RoleMedian, levels: Mapping[str, Level]) -> None:
        """Take what a role's median worker has, and the roles."""
        self._median, self._levels = median, levels

    def narrowed(self, place: Place | None, role: str | None) -> tuple[WagePlace | None, OrderRule | None]:
        """What of the place decides its wages, and the role's place beside another."""
        return None if place is None else place.wage_place, self.of(role)

    def alike(self, role: str | None, occupation: str) -> OrderRule | None:  # noqa: ARG002 - the role's alone
        """What of a role matters, wherever it is."""
        return self.of(role)

    def of(self, role: str | None) -> OrderRule | None:
        """The place a role keeps; None for most."""
        level = None if role is None else self._levels.get(role)
        return None if level is None else level.order

    def term(self, place: WagePlace | None, order: OrderRule | None) -> Term:
        """The bounds in cents, from what the other role's median worker has in the same place."""
        other = self._other(place, order)
        if order is None or other is None:
            return Term(low=0, high=MOST)
        least, most = order.share.value
        return Term(
            low=0 if least is None else times(other, least), high=MOST if most is None else times(other, most)
        )

    def _other(self, place: WagePlace | None, order: OrderRule | None) -> int | None:
        """What the median worker of the other role has; None where no rule covers it."""
        if order is None:
            return None
        try:
            return self._median.cents(self._levels[order.role].occupation or REFERENCE, place, order.role)
        except NoRuleError:
            return None

    def story(self, place: WagePlace | None, order: OrderRule | None) -> Story:
        """Beside whom."""
        if order is None or self._other(place, order) is None:
            return Story("No order of roles", said=False)
        least, most = order.share.value
        ends = [f"at least {decimal(least)}"] if least else []
        ends += [f"at most {decimal(most)}"] if most else []
        name = self._levels[order.role].name
        return cited(f"Kept {' and '.join(ends)} times {name} here", order.share)


class Cap:
    """What is known of a person may not carry the middle out of the area's P10 to P90, moved as the job moves it.

    A manager is held to the P10 to P90 of managers: the bounds are around the median of the role and level there.
    """

    id, inputs = "cap", ("occupation", "place", "role", "level")

    def __init__(self, median: RoleMedian, order: Order, level: Choice | None) -> None:
        """Take what a role's median worker has, the bounds on it, and the step of the levels."""
        self._median, self._order, self._level = median, order, level

    def narrowed(
        self, occupation: str, place: Place | None, role: str | None, level: str | None
    ) -> tuple[str, WagePlace | None, str | None, str | None]:
        """The occupation, what of the place decides its wages, the role and the level."""
        return occupation, None if place is None else place.wage_place, role, level

    def term(self, occupation: str, place: WagePlace | None, role: str | None, level: str | None) -> Term:
        """The bounds in cents."""
        low, high = self._median.wages.ends(occupation, place)
        bounds = self._order.term(place, self._order.of(role)).bounds
        middle = clip(self._median.cents(occupation, place, role), *bounds)
        middle = times(middle, self._of_level(occupation, role, level))
        return Term(low=times(middle, low), high=times(middle, high))

    def _of_level(self, occupation: str, role: str | None, level: str | None) -> int:
        factor = None if self._level is None else self._level.term(level, role, occupation).factor
        return UNIT if factor is None else int(factor)

    def trust(self, occupation: str, place: WagePlace | None, *_: str | None) -> Trust:
        """How sure its story is."""
        return Trust(basis=self._median.wages.at(occupation, place).fact.basis)

    def story(self, occupation: str, place: WagePlace | None, role: str | None, level: str | None) -> Story:
        """Whose percentiles bound the middle."""
        wage = self._median.wages.at(occupation, place)
        story = cited(f"Cap at P10 to P90 of {wage.name}", wage.fact)
        known = role is not None or self._of_level(occupation, role, level) != UNIT
        return story._replace(note="around the median of the role and level") if known else story
