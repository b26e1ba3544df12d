"""Benefits compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.compiled.benefits import BenefitRule

if TYPE_CHECKING:
    from collections.abc import Callable

    from ehrpay.domain.facts import Fact
    from ehrpay.rules.compiling.parts import Raw, Where

from ehrpay.rules.compiling.parts import each, fact, hundredths, tenths, texts


def benefits(data: Raw, where: Where) -> dict[str, BenefitRule]:
    """benefits.yaml: shares in 1/10,000, days in tenths, hours in hundredths."""

    def value(raw: Raw, where: Where) -> Fact[Any]:
        key = next(key for key in _BENEFIT_UNITS if raw.get(key) is not None)
        return fact(raw, _BENEFIT_UNITS[key](raw[key]), where(key))

    return {
        raw["id"]: BenefitRule(
            id=raw["id"],
            title=raw["title"],
            kind=raw["kind"],
            employers=texts(raw["employers"]),
            values=tuple(value(one, spot) for one, spot in each(raw["values"], at, "values")),
        )
        for raw, at in each(data["benefits"], where, "benefits")
    }


_BENEFIT_UNITS: dict[str, Callable[[Any], Any]] = {
    "percent": hundredths,
    "tiers": lambda rows: [[hundredths(rate), hundredths(of_pay)] for rate, of_pay in rows],
    "by_service": lambda rows: [[years, tenths(days)] for years, days in rows],
    "days": tenths,
    "hours": hundredths,
}
