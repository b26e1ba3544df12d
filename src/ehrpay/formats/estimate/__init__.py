"""An estimate as people and programs read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.formats.estimate.shown import ShownEstimate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.formats.bars import Chart
    from ehrpay.formats.document import Document


class Answer(ShownEstimate):
    """An estimate in every form."""

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.estimate.document import document

        return document(self)

    def page(self) -> Document:
        """For a web page."""
        from ehrpay.formats.estimate.page import page

        return page(self)

    def charts(self) -> tuple[Chart, ...]:
        """For a picture: the range, and the steps to the middle."""
        from ehrpay.formats.estimate.page import charts

        return charts(self)

    def record(self) -> dict[str, Any]:
        """For JSON."""
        from ehrpay.formats.estimate.record import record

        return record(self)

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a header and one row."""
        from ehrpay.formats.estimate.record import rows

        return rows(self.record())

    def brief(self) -> str:
        """In one line."""
        from ehrpay.formats.estimate.sentences import brief

        return brief(self)
