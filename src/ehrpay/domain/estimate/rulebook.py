"""The rulebook: all rules for one date."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ehrpay.domain.federal.qualification import pick
from ehrpay.domain.market.ageing import Ageing
from ehrpay.domain.market.choice import Choice
from ehrpay.domain.market.credentials import Credentials
from ehrpay.domain.market.curve import Curve
from ehrpay.domain.market.wages import REFERENCE, Wages
from ehrpay.domain.names import Names
from ehrpay.domain.profile import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ehrpay.domain.compiled.adjustments import Adjustment, Level
    from ehrpay.domain.compiled.agencies import Agency
    from ehrpay.domain.compiled.federal import QualificationLadder
    from ehrpay.domain.compiled.rules import Rules
    from ehrpay.domain.estimate.plan import Asked
    from ehrpay.domain.facts import Source
    from ehrpay.domain.outcome import AnyStep

KINDS: dict[str, Callable[[Adjustment, str], AnyStep]] = {
    "curve": Curve,
    "choice": Choice,
    "set": Credentials,
}


class Rulebook:
    """All rules in force on one date."""

    def __init__(self, rules: Rules, as_of: str) -> None:
        """Take the compiled rules and an ISO date."""
        self.rules, self.as_of = rules, as_of
        self.wages = Wages(rules, as_of)
        self.plan: list[Asked] | None = None
        self._names: dict[str, Names] = {}

    @property
    def version(self) -> str:
        """A short fingerprint of the rules' bytes."""
        return self.rules.version

    @property
    def sources(self) -> Mapping[str, Source]:
        """Every citation by id."""
        return self.rules.sources

    @cached_property
    def ageing(self) -> Ageing:
        """The wage index."""
        return Ageing(self.rules.ageing)

    def agency(self, id_: str | None) -> Agency | None:
        """One employer's rules."""
        return None if id_ is None else self.rules.agencies[id_]

    def adjustment(self, id_: str) -> AnyStep:
        """One adjustment as a step."""
        rule = self.rules.adjustments[id_]
        return KINDS[rule.step](rule, self.as_of)

    def levels(self, field: str) -> Mapping[str, Level]:
        """The levels a profile field can take (`role`, `degree`, `certs`, ...), by id."""
        return self.rules.adjustments[FIELDS[field].adjustment].levels

    def names(self, field: str) -> Names:
        """The names of a field's values (`agency`, `role`, `degree`, `certs`, ...)."""
        if field not in self._names:
            known = FIELDS[field]
            ids = self.rules.names[known.adjustment or field]
            self._names[field] = Names(field, known.noun, known.plural, ids)
        return self._names[field]

    def ladder(self, agency: str | None, role: str | None) -> QualificationLadder | None:
        """The qualification ladder for a role at an agency, if the rules have one."""
        if agency is None:
            return None
        return pick(self.rules.federal.ladders.values(), agency, role, self.as_of)

    def occupation(self, role: str | None) -> str:
        """The occupation whose wages a role starts from."""
        level = None if role is None else self.levels("role").get(role)
        return REFERENCE if level is None else level.occupation or REFERENCE

    def series(self, role: str | None) -> str | None:
        """The federal job series a role belongs to, where the rules name one."""
        level = None if role is None else self.levels("role").get(role)
        return None if level is None else level.series
