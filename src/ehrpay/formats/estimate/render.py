"""How a result without a view is shown; goes when the last one has a view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.formats.glyphs import Tidy
    from ehrpay.formats.pen import Pen


class Options(NamedTuple):
    """Width, characters and color matter to a table only; `color` is a Rich color system or None."""

    width: int = 80
    unicode: bool = True
    color: str | None = None

    def tidy(self, name: str) -> Tidy:
        """How a text is made fit for a format: one line, and in a table no character it can't show."""
        from ehrpay.formats.glyphs import in_ascii, one_line

        return one_line if self.unicode or name != "table" else in_ascii

    def pen(self) -> Pen:
        """What draws on the screen of these options."""
        from ehrpay.formats.pen import Pen

        return Pen(self.width, unicode=self.unicode, color=self.color)
