"""benefits.yaml to its compiled form: shares in 1/10,000, days in tenths, hours in hundredths."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ehrpay.rules.compiling.rules import fact

if TYPE_CHECKING:
    from collections.abc import Callable

    from ehrpay.rules.compiling.rules import Where


def benefits(data: dict[str, Any], where: Where) -> list[dict[str, Any]]:
    """Each rule with its dated values as rows of facts."""
    return [
        {
            "id": raw["id"],
            "title": raw["title"],
            "kind": raw["kind"],
            "employers": raw["employers"],
            "values": [
                _value(value, where, "benefits", i, "values", j) for j, value in enumerate(raw["values"])
            ],
        }
        for i, raw in enumerate(data["benefits"])
    ]


def _value(raw: dict[str, Any], where: Where, *path: Any) -> list[Any]:
    key = next(key for key in _UNITS if raw.get(key) is not None)
    return fact(raw, _UNITS[key](raw[key]), where(*path, key))


def _scaled(value: Any, unit: int) -> int:
    return int(Decimal(value) * unit)


_UNITS: dict[str, Callable[[Any], Any]] = {
    "percent": lambda value: _scaled(value, 100),
    "tiers": lambda rows: [[_scaled(rate, 100), _scaled(of_pay, 100)] for rate, of_pay in rows],
    "by_service": lambda rows: [[years, _scaled(days, 10)] for years, days in rows],
    "days": lambda value: _scaled(value, 10),
    "hours": lambda value: _scaled(value, 100),
}
