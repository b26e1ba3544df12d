"""A Rich console that writes to a string: the only module that names Rich's console, with its magic off."""

from __future__ import annotations

from io import StringIO
from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ehrpay.formats.glyphs import ASCII, UNICODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import RenderableType

GAP = "  "
"""What stands between two columns."""
WIDEST = 120
"""Wider screens get no wider lines: they are harder to read, and nothing needs them."""


class Pen:
    """Draws styled text and columns, `width` cells wide, without reading markup, emoji or the environment."""

    def __init__(self, width: int, *, unicode: bool, color: str | None) -> None:
        """Take the screen: its width in cells, whether line drawing can be shown, and a Rich colour system."""
        self.width = min(width, WIDEST)
        self.glyphs = UNICODE if unicode else ASCII
        self._out = StringIO()
        self._console = Console(
            file=self._out,
            width=self.width,
            height=25,
            color_system=color,  # type: ignore[arg-type]
            force_terminal=color is not None,
            force_jupyter=False,
            no_color=color is None,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
        )

    def put(self, text: RenderableType = "", *, style: str = "", indent: int = 0) -> None:
        """A paragraph, wrapped at words; a word longer than the line is folded."""
        body = Text(text, style, overflow="fold") if isinstance(text, str) else text
        self._console.print(Padding(body, (0, 0, 0, indent)) if indent else body)

    def columns(
        self, rows: Iterable[Sequence[Text]], widths: Sequence[int], right: Sequence[int] = ()
    ) -> None:
        """Rows of cells in columns of fixed widths, two apart; those named in `right` hold amounts."""
        # Rich's own table measures every cell first, and to import it costs more than to draw most screens.
        lines = [line for row in rows for line in self._lines(row, widths, right)]
        if lines:
            self._console.print(Text("\n").join(lines), no_wrap=True, overflow="ignore", crop=False)

    def _lines(self, row: Sequence[Text], widths: Sequence[int], right: Sequence[int]) -> Iterator[Text]:
        """A row's lines, as many as its longest cell takes."""
        cells = [
            cell.wrap(self._console, width, justify="right" if n in right else "left", overflow="fold")
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        blanks = [Text(" " * width) for width in widths]
        for parts in zip_longest(*cells):
            yield Text(GAP).join([part or blank for part, blank in zip(parts, blanks, strict=True)])

    def wrapped(self, text: str, width: int, most: int | None, *, clauses: bool = False) -> Text:
        """Text in lines of a width; past `most` lines it is cut with an ellipsis.

        Of `clauses` the last ones are left out instead, as long as two fit.
        """
        body = Text(text, overflow="fold")
        lines = body.wrap(self._console, width)
        if most is None or len(lines) <= most:
            return body
        if clauses and text.count("; ") > 1:
            return self.wrapped(text.rpartition("; ")[0], width, most, clauses=True)
        kept = [line.plain.rstrip() for line in lines[:most]]
        kept[-1] = self.cut(f"{kept[-1]} {lines[most].plain}", width)
        return Text("\n".join(kept))

    def cut(self, text: str, width: int) -> str:
        """Text of at most so many cells, its last words replaced by an ellipsis.

        A word is cut only where it is the first, and never inside a number.
        """
        if cell_len(text) <= width:
            return text
        room = width - len(self.glyphs.ellipsis)
        kept = chop_cells(text, room)[0] if room > 1 else ""
        if not text[len(kept) :].startswith(" ") and (" " in kept or any(map(str.isdigit, kept))):
            kept = kept.rpartition(" ")[0]
        return kept.rstrip(" ,;:") + self.glyphs.ellipsis

    def drawn(self) -> str:
        """Everything put so far, without blanks at line ends."""
        return "\n".join(line.rstrip() for line in self._out.getvalue().splitlines()) + "\n"


def widest(texts: Iterable[str]) -> int:
    """The most cells any of the texts takes."""
    return max(map(cell_len, texts), default=0)
