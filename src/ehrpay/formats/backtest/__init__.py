"""A backtest as people and programs read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.domain.backtest.limits import Limits
    from ehrpay.domain.backtest.result import Backtest
    from ehrpay.formats.document import Chart, Document


class Accuracy(NamedTuple):
    """How well estimates met the pay observed in a file: so many of the worst rows are explained."""

    result: Backtest
    file: str
    worst: int
    limits: Limits
    unread: tuple[str, ...] = ()

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.backtest.document import document

        return document(self)

    def chart(self) -> Chart:
        """For a picture."""
        from ehrpay.formats.backtest.document import reliability

        return reliability(self.result.reached)

    def record(self) -> dict[str, Any]:
        """For JSON."""
        from ehrpay.formats.backtest.record import record

        return record(self)

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row of the file each."""
        from ehrpay.formats.backtest.record import rows

        return rows(self.result)
