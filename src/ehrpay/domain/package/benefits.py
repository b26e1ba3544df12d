"""Benefits by kind of employer in force on a day: the only things an offer may be filled in with."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    def value(self) -> int:
        """A share in 1/10,000, days in tenths, hours a week in hundredths; of days by service, a new employee's."""
        return self.fact.value if isinstance(self.fact.value, int) else self.rows[0][1]

    @property
    def rows(self) -> list[list[int]]:
        """The tiers of a match, or days by years of service; none where it is a number."""
        return self.fact.value if isinstance(self.fact.value, list) else []


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
