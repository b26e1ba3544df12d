"""The steps of the market method, made of the rules in the order their plan names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.market.bounds import Cap, Order
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

    def adjustment(self, id_: str, level: Choice | None) -> PlanStep:
        """The adjustment of an id, by its sort; a curve counts less beside a level."""
        rule, left = self.rules.adjustments[id_], self.spread.left(id_)
        if rule.step == "curve":
            return Curve(rule, self.as_of, left, level)
        return Credentials(rule, self.as_of, left) if rule.step == "set" else self.choice(id_)


def market_steps(parts: Parts) -> list[PlanStep]:
    """The steps that the plan names: the method's own, and the adjustments."""
    plan, wages = parts.rules.plan["market"], parts.wages
    level = parts.choice(LEVEL) if LEVEL in plan else None
    role = parts.choice(ROLE)
    rural = RuralFallback(wages, parts.choice(RURAL))
    age = Age(wages, parts.ageing)
    own: dict[str, PlanStep] = {
        "base": Base(wages),
        "area": Area(wages, parts.spread.left("area").share),
        RURAL: rural,
        "ageing": age,
        ROLE: role,
        "order": Order(wages, age, rural, role, parts.rules.adjustments[ROLE].levels),
        "cap": Cap(wages, age, rural, role, level),
    }
    return [own.get(id_) or parts.adjustment(id_, level) for id_ in plan]
