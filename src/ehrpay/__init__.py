"""The public Python API, loaded when first used: an explained pay range from dated, cited rules.

>>> from ehrpay import Profile, load_rulebook, estimate
>>> answer = estimate(Profile(years=5, certs=("rhit",)), load_rulebook(as_of="2026-11-23"))
>>> answer.low < answer.mid < answer.high
True
"""

from __future__ import annotations

# Type checkers take it for true. Importing `typing` here would keep the command from taking care of Ctrl-C.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ehrpay.api.comparisons import Comparison, compare
    from ehrpay.api.estimates import Estimate, estimate
    from ehrpay.api.ladders import Ladder, ladder
    from ehrpay.api.offers import Offer, read_offers
    from ehrpay.api.rulebooks import load_rulebook
    from ehrpay.api.whatifs import WhatIf, whatif
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.package.terms import OfferTerms
    from ehrpay.domain.profile import Profile
    from ehrpay.errors import (
        DataError,
        EhrpayError,
        InputError,
        NoRuleError,
        OutputError,
        RulesError,
        UnavailableError,
        UsageError,
    )
    from ehrpay.offers.build import OfferFile

__all__ = [
    "Comparison",
    "DataError",
    "EhrpayError",
    "Estimate",
    "InputError",
    "Ladder",
    "NoRuleError",
    "Offer",
    "OfferFile",
    "OfferTerms",
    "OutputError",
    "Profile",
    "Rulebook",
    "RulesError",
    "UnavailableError",
    "UsageError",
    "WhatIf",
    "batch",
    "compare",
    "estimate",
    "ladder",
    "load_rulebook",
    "read_offers",
    "whatif",
]

__version__ = "0.1.0"

_HOMES = {
    "Comparison": "ehrpay.api.comparisons",
    "DataError": "ehrpay.errors",
    "EhrpayError": "ehrpay.errors",
    "Estimate": "ehrpay.api.estimates",
    "InputError": "ehrpay.errors",
    "Ladder": "ehrpay.api.ladders",
    "NoRuleError": "ehrpay.errors",
    "Offer": "ehrpay.api.offers",
    "OfferFile": "ehrpay.offers.build",
    "OfferTerms": "ehrpay.domain.package.terms",
    "OutputError": "ehrpay.errors",
    "Profile": "ehrpay.domain.profile",
    "Rulebook": "ehrpay.domain.estimate.rulebook",
    "RulesError": "ehrpay.errors",
    "UnavailableError": "ehrpay.errors",
    "UsageError": "ehrpay.errors",
    "WhatIf": "ehrpay.api.whatifs",
    "batch": "ehrpay.batch",
    "compare": "ehrpay.api.comparisons",
    "estimate": "ehrpay.api.estimates",
    "ladder": "ehrpay.api.ladders",
    "load_rulebook": "ehrpay.api.rulebooks",
    "read_offers": "ehrpay.api.offers",
    "whatif": "ehrpay.api.whatifs",
}


def __getattr__(name: str) -> Any:
    """Import a public name from where it lives."""
    if name not in _HOMES:
        raise AttributeError(f"module 'ehrpay' has no attribute {name!r}")
    from importlib import import_module

    home = import_module(_HOMES[name])
    return home if home.__name__ == f"{__name__}.{name}" else getattr(home, name)


def __dir__() -> list[str]:
    """The public names, those not loaded yet too."""
    return [*__all__, "__version__"]
