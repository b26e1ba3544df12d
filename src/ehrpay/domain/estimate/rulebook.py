"""The rulebook: all rules for one date."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from ehrpay.domain.facts import Overlay, Source
from ehrpay.domain.market.choice import Choice
from ehrpay.domain.market.credentials import Credentials
from ehrpay.domain.market.curve import Curve
from ehrpay.domain.market.wages import REFERENCE, Ageing, Wages
from ehrpay.domain.names import Names
from ehrpay.domain.profile import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ehrpay.domain.estimate.plan import Asked
    from ehrpay.domain.outcome import AnyStep

KINDS: dict[str, Callable[[dict[str, Any], str], AnyStep]] = {
    "curve": Curve,
    "choice": Choice,
    "set": Credentials,
}


class Rulebook:
    """All rules in force on one date. `core` is the compiled form; `areas` loads the wage tables when asked."""

    def __init__(self, core: dict[str, Any], areas: Callable[[], dict[str, Any]], as_of: str) -> None:
        """Take the compiled rules and an ISO date."""
        self.core, self.as_of, self.version = core, as_of, str(core["version"])
        self.wages = Wages(core, areas, as_of)
        self.plan: list[Asked] | None = None
        self.overlays = tuple(Overlay(*row) for row in core.get("overlays", ()))
        self.fights: tuple[str, ...] = tuple(core.get("fights", ()))
        self._names: dict[str, Names] = {}

    @cached_property
    def ageing(self) -> Ageing:
        """The wage index."""
        return Ageing(self.core["ageing"])

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every citation by id."""
        return {id_: Source(*row) for id_, row in self.core["sources"].items()}

    @cached_property
    def agencies(self) -> Names:
        """The names of employers."""
        ids = {id_: rule["aliases"] for id_, rule in self.core["agencies"].items()}
        return Names("agency", "agency", "agencies", ids)

    def agency(self, id_: str | None) -> dict[str, Any] | None:
        """One employer's compiled rule."""
        return None if id_ is None else self.core["agencies"][id_]

    def adjustment(self, id_: str) -> AnyStep:
        """One adjustment as a step."""
        rule = self.core["adjustments"][id_]
        return KINDS[rule["step"]](rule, self.as_of)

    def levels(self, field: str) -> list[dict[str, Any]]:
        """The levels that a profile field can take, in the rules' own order."""
        found: list[dict[str, Any]] = self.core["adjustments"][FIELDS[field].adjustment]["levels"]
        return found

    def names(self, field: str) -> Names:
        """The names of the levels a profile field can take (`role`, `degree`, `certs`, ...)."""
        if field not in self._names:
            ids = {level["id"]: level["aliases"] for level in self.levels(field)}
            self._names[field] = Names(field, FIELDS[field].noun, FIELDS[field].plural, ids)
        return self._names[field]

    def _role(self, role: str | None) -> dict[str, Any]:
        return next((level for level in self.levels("role") if level["id"] == role), {})

    def occupation(self, role: str | None) -> str:
        """The occupation whose wages a role starts from."""
        return str(self._role(role).get("occupation") or REFERENCE)

    def series(self, role: str | None) -> str | None:
        """The federal job series a role belongs to, where the rules name one."""
        return self._role(role).get("series")
