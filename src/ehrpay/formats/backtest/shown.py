"""What is shown of a backtest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.backtest.measures import Limits
    from ehrpay.domain.backtest.result import Backtest


class ShownBacktest(NamedTuple):
    """How well estimates met the pay observed in a file: so many of the worst rows are explained."""

    result: Backtest
    file: str
    worst: int
    limits: Limits
    unread: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
