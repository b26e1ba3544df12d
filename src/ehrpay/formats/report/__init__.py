"""An answer to keep or hand on: one web page, one picture, or Markdown, each with how it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.formats.bars import Chart
    from ehrpay.formats.compare import SideBySide
    from ehrpay.formats.document import Document, Made
    from ehrpay.formats.estimate import Answer


class EstimateReport(NamedTuple):
    """One estimate."""

    answer: Answer
    made: Made

    def document(self) -> Document:
        """For Markdown: the answer with every formula."""
        return (*self.answer._replace(explain=True).document(), self.made)

    def page(self) -> Document:
        """For a web page."""
        from ehrpay.formats.report.estimate import page

        return (*page(self.answer), self.made)

    def charts(self) -> tuple[Chart, ...]:
        """For a picture: the range, and the steps to the middle."""
        from ehrpay.formats.report.estimate import charts

        return charts(self.answer)


class CompareReport(NamedTuple):
    """One comparison of offers."""

    view: SideBySide
    made: Made

    def document(self) -> Document:
        """For Markdown."""
        return (*self.view.document(), self.made)

    def page(self) -> Document:
        """For a web page."""
        return (*self.view.page(), self.made)

    def charts(self) -> tuple[Chart, ...]:
        """For a picture: the market with the bases, and the packages."""
        return self.view.charts()
