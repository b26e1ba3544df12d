"""A backtest as people and programs read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.formats.backtest.shown import ShownBacktest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.formats.bars import Chart
    from ehrpay.formats.document import Document


class Accuracy(ShownBacktest):
    """A backtest in every form."""

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.backtest.document import document

        return document(self)

    def charts(self) -> tuple[Chart, ...]:
        """For a picture."""
        from ehrpay.formats.backtest.document import reliability

        return (reliability(self.result.reached),)

    def record(self) -> dict[str, Any]:
        """For JSON."""
        from ehrpay.formats.backtest.record import record

        return record(self)

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row of the file each."""
        from ehrpay.formats.backtest.record import rows

        return rows(self.result)
