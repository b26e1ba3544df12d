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

    from ehrpay.api import compare, estimate, ladder, load_rulebook
    from ehrpay.domain.compare.result import Comparison
    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.ladder.result import Ladder
    from ehrpay.domain.profile import Profile
    from ehrpay.errors import EhrpayError

__all__ = [
    "Comparison",
    "EhrpayError",
    "Estimate",
    "Ladder",
    "Profile",
    "Rulebook",
    "compare",
    "estimate",
    "ladder",
    "load_rulebook",
]

__version__ = "0.1.0"

_HOMES = {
    "Comparison": "ehrpay.domain.compare.result",
    "EhrpayError": "ehrpay.errors",
    "Estimate": "ehrpay.domain.estimate.result",
    "Ladder": "ehrpay.domain.ladder.result",
    "Profile": "ehrpay.domain.profile",
    "Rulebook": "ehrpay.domain.estimate.rulebook",
    "compare": "ehrpay.api",
    "estimate": "ehrpay.api",
    "ladder": "ehrpay.api",
    "load_rulebook": "ehrpay.api",
}


def __getattr__(name: str) -> Any:
    """Import a public name from where it lives."""
    if name not in _HOMES:
        msg = f"module 'ehrpay' has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
