"""Citations, and the names people type, compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.facts import Source
from ehrpay.domain.names import index

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ehrpay.domain.compiled.adjustments import Adjustment
    from ehrpay.domain.compiled.agencies import Agency
    from ehrpay.rules.compiling.parts import Raw, Where


def sources(data: Raw, where: Where) -> dict[str, Source]:  # noqa: ARG001 - the compilers' common form
    """sources.yaml."""
    return {raw["id"]: Source(**({"note": ""} | raw)) for raw in data["sources"]}


def names(agencies: Iterable[Agency], adjustments: Iterable[Adjustment]) -> dict[str, dict[str, str]]:
    """Every name people type, folded, to its id: of agencies, and of the levels of each adjustment."""
    levels = {
        rule.id: index((one.id, one.name, (*one.aliases, *one.titles)) for one in rule.levels.values())
        for rule in adjustments
    }
    return levels | {"agency": index((one.id, one.name, one.aliases) for one in agencies)}
