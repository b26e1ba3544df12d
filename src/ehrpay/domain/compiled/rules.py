"""Everything the rules say, for any date; each part is decoded when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ehrpay.domain.compiled.adjustments import Adjustment
    from ehrpay.domain.compiled.employers import Agency, BenefitRule, TypicalBenefits
    from ehrpay.domain.compiled.federal import FederalRules
    from ehrpay.domain.compiled.wages import (
        AreaTables,
        MinimumWage,
        Occupation,
        OccupationRule,
        Spread,
        WageIndex,
    )
    from ehrpay.domain.facts import Fact, Overlay, Source


class Rules:
    """All parts; mappings are by the ids of the rule files.

    `names` has every name people type, folded, and its id, for `agency` and for the levels of each adjustment;
    `plan` the steps of each method, in order; `conflicts` says where two overlays differ.
    """

    version: str
    overlays: tuple[Overlay, ...]
    conflicts: tuple[str, ...]
    plan: Mapping[str, tuple[str, ...]]
    names: Mapping[str, Mapping[str, str]]
    agencies: Mapping[str, Agency]
    adjustments: Mapping[str, Adjustment]
    occupations: Mapping[str, Occupation]
    occupation_rules: Mapping[str, OccupationRule]
    areas: AreaTables
    ageing: WageIndex
    spread: tuple[Fact[Spread], ...]
    federal: FederalRules
    benefits: Mapping[str, BenefitRule]
    typical_benefits: TypicalBenefits
    minimum_wages: Mapping[str, MinimumWage]
    sources: Mapping[str, Source]

    def __init__(self, parts: Mapping[str, Callable[[], object]]) -> None:
        """Take what decodes each part, by its name."""
        self._parts = parts

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Decode a part; Python asks this only for what the object does not have yet."""
            make = self.__dict__.get("_parts", {}).get(name)
            if make is None:
                raise AttributeError(name)
            part = make()
            setattr(self, name, part)
            return part
