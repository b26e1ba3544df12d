"""Benefits by kind of employer in force on a day: the only things an offer may be filled in with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.facts import in_force
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ehrpay.domain.compiled.employers import BenefitRule
    from ehrpay.domain.facts import Fact

OTHERS = "private"
"""The kind of an employer without a rule file."""


class Benefit(NamedTuple):
    """One benefit in force: the rule's id and title, and the dated fact."""

    id: str
    title: str
    fact: Fact[object]

    @property
    def value(self) -> Any:
        """Shares are in 1/10,000, days in tenths, hours a week in hundredths; tiers and leave are rows."""
        return self.fact.value


class Benefits:
    """The benefits of all kinds of employer in force on a date."""

    def __init__(self, rules: Iterable[BenefitRule], as_of: str) -> None:
        """Take the compiled rules and an ISO date, the assumed day of appointment."""
        self._in_force: dict[tuple[str, str], Benefit] = {}
        for rule in rules:
            fact = in_force(rule.values, as_of)
            if fact is None:
                continue
            for employer in rule.employers:
                self._in_force[employer, rule.kind] = Benefit(rule.id, rule.title, fact)

    def get(self, employer: str, kind: str) -> Benefit | None:
        """The benefit of a kind of employer; None without a rule in force."""
        return self._in_force.get((employer, kind))
