"""A comparison of offers as people and programs read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ehrpay.domain.compare.result import Comparison
    from ehrpay.domain.facts import Source
    from ehrpay.formats.bars import Chart
    from ehrpay.formats.document import Document


class SideBySide(NamedTuple):
    """Offers side by side, best first; a screen shows the assumptions and the market with `explain`."""

    result: Comparison
    sources: Mapping[str, Source]
    explain: bool = False

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.compare.document import document

        return document(self.result, explain=self.explain)

    def page(self) -> Document:
        """For a web page."""
        from ehrpay.formats.compare.page import page

        return page(self.result, self.sources)

    def charts(self) -> tuple[Chart, ...]:
        """For a picture: the market with the bases, and the packages."""
        from ehrpay.formats.compare.page import charts

        return charts(self.result)

    def record(self) -> dict[str, Any]:
        """For JSON."""
        from ehrpay.formats.compare.record import record

        return record(self.result, self.sources)

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row an offer."""
        from ehrpay.formats.compare.record import rows

        return rows(self.result)
