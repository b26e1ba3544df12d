"""An answer to keep or hand on: one web page, one picture, or Markdown, each with how it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.formats.bars import Chart
    from ehrpay.formats.compare import SideBySide
    from ehrpay.formats.document import Document, Made
    from ehrpay.formats.estimate import Answer


class Report(NamedTuple):
    """An estimate, or a comparison of offers, and how it was made."""

    view: Answer | SideBySide
    made: Made

    def document(self) -> Document:
        """For Markdown."""
        return (*self.view.document(), self.made)

    def page(self) -> Document:
        """For a web page."""
        return (*self.view.page(), self.made)

    def charts(self) -> tuple[Chart, ...]:
        """For a picture."""
        return self.view.charts()
