"""What is typical of kinds of employer, compiled."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ehrpay.domain.compiled.typical import EmployerKind, TypicalBenefit, TypicalBenefits
from ehrpay.domain.names import folded
from ehrpay.rules.compiling.parts import each, fact, hundredths, scaled, tenths, texts
from ehrpay.rules.shape.typical import DAYS, DOLLARS, PERCENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from ehrpay.domain.facts import Fact
    from ehrpay.rules.compiling.parts import Raw, Where

UNITS: dict[str, Callable[[Any], int]] = {DOLLARS: partial(scaled, unit=1), PERCENT: hundredths, DAYS: tenths}


def typical_benefits(data: Raw, where: Where) -> TypicalBenefits:
    """typical-benefits.yaml: whole dollars, shares in 1/10,000, days in tenths."""
    return TypicalBenefits(
        employers=tuple(map(_employer, data["employers"])),
        benefits=tuple(_benefit(raw, at) for raw, at in each(data["benefits"], where, "benefits")),
    )


def _employer(raw: Raw) -> EmployerKind:
    names = tuple(map(folded, texts(raw.get("names"))))
    return EmployerKind(raw["id"], raw["title"], texts(raw.get("settings")), names, raw.get("note") or "")


def _benefit(raw: Raw, where: Where) -> TypicalBenefit:
    def value(one: Raw, at: Where) -> Fact[tuple[int, int, int, str]]:
        number = UNITS[raw["unit"]]
        amounts = (number(one["value"]), number(one["low"]), number(one["high"]))
        return fact(one, (*amounts, one.get("range_basis") or one["basis"]), at("value"))

    values = tuple(value(one, at) for one, at in each(raw["values"], where, "values"))
    return TypicalBenefit(raw["id"], raw["title"], raw["employer"], raw["part"], values)
