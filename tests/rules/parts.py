"""All parts of compiled rules, to be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.compiled.rules import Rules

if TYPE_CHECKING:
    from ehrpay import Rulebook


def parts(book: Rulebook) -> dict[str, Any]:
    """Every part by its name."""
    return {name: getattr(book.rules, name) for name in Rules.__annotations__}
