"""The steps of the market method, made of the rules in the order their plan names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.market.bounds import Cap, Order, RoleMedian
from ehrpay.domain.market.choice import Choice
from ehrpay.domain.market.credentials import Credentials
from ehrpay.domain.market.curve import Curve
from ehrpay.domain.market.steps import Age, Area, Base, RuralFallback
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.compiled.rules import Rules
    from ehrpay.domain.compiled.wages import Spread
    from ehrpay.domain.market.ageing import Ageing
    from ehrpay.domain.market.wages import Wages
    from ehrpay.domain.story import PlanStep

ADJUSTMENTS: dict[str, type[Curve | Choice | Credentials]] = {
    "curve": Curve,
    "choice": Choice,
    "set": Credentials,
}
LEVEL, ROLE, RURAL = "level", "responsibility", "location"


class Parts(NamedTuple):
    """What the steps are made of: the rules, their date, and what is in force on it."""

    rules: Rules
    as_of: str
    wages: Wages
    ageing: Ageing
    spread: Spread

    def choice(self, id_: str) -> Choice:
        """The adjustment of an id, which is a choice."""
        return Choice(self.rules.adjustments[id_], self.as_of, self.spread.left(id_))

    def adjustment(self, id_: str) -> PlanStep:
        """The adjustment of an id, by its sort."""
        rule = self.rules.adjustments[id_]
        return ADJUSTMENTS[rule.step](rule, self.as_of, self.spread.left(id_))


def market_steps(parts: Parts) -> list[PlanStep]:
    """The steps that the plan names: the method's own, and the adjustments."""
    plan, wages = parts.rules.plan["market"], parts.wages
    level = parts.choice(LEVEL) if LEVEL in plan else None
    role = parts.choice(ROLE)
    rural = RuralFallback(wages, parts.choice(RURAL))
    age = Age(wages, parts.ageing)
    median = RoleMedian(wages, age, rural, role)
    order = Order(median, parts.rules.adjustments[ROLE].levels)
    own: dict[str, PlanStep] = {
        "base": Base(wages),
        "area": Area(wages, parts.spread.left("area").share),
        RURAL: rural,
        "ageing": age,
        ROLE: role,
        "order": order,
        "cap": Cap(median, order, level),
    }
    return [own.get(id_) or parts.adjustment(id_) for id_ in plan]
