"""Rosters: the same rules for ten million rows as for one person, to the dollar.

`price` takes a frame of Polars, Arrow or pandas; it needs the extra `ehrpay[batch]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ehrpay.batch.frame import PricedFrame, price

__all__ = ["PricedFrame", "price"]


def __getattr__(name: str) -> Any:
    """Import the frames' engine when it is first asked for: Polars and numpy take a tenth of a second."""
    if name in __all__:
        from ehrpay.batch import frame

        return getattr(frame, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
