"""The library's verbs, each loaded when first used: a start of the command line pays for one of them only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ehrpay.api.backtests import backtest
    from ehrpay.api.comparisons import compare
    from ehrpay.api.estimates import estimate
    from ehrpay.api.ladders import ladder
    from ehrpay.api.offers import offer_mistakes, read_offers
    from ehrpay.api.rulebooks import load_rulebook, read_date
    from ehrpay.api.whatifs import whatif

__all__ = [
    "backtest",
    "compare",
    "estimate",
    "ladder",
    "load_rulebook",
    "offer_mistakes",
    "read_date",
    "read_offers",
    "whatif",
]

_HOMES = {
    "backtest": "backtests",
    "compare": "comparisons",
    "estimate": "estimates",
    "ladder": "ladders",
    "load_rulebook": "rulebooks",
    "offer_mistakes": "offers",
    "read_date": "rulebooks",
    "read_offers": "offers",
    "whatif": "whatifs",
}


def __getattr__(name: str) -> Any:
    """Import a verb from the module it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
