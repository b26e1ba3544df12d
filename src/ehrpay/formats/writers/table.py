"""The table for people at a terminal: one screen at 60 columns and more where it can be, down to 20 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from ehrpay.formats import chart, grid
from ehrpay.formats import document as doc
from ehrpay.formats.bars import Chart
from ehrpay.formats.glyphs import in_ascii, one_line
from ehrpay.formats.grid import GAP, STACKED_BELOW
from ehrpay.formats.pen import Pen, widest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.formats.writers import Screen

NEEDS = "document"
FIGURE_WIDTH = 16
LONGEST_WORD, BEGINNING = 240, 60
"""A word longer than the address of any source fills a screen and says nothing: it is cut to its beginning."""


def write(view: Any, screen: Screen) -> str:
    """Every part with a blank line before it, unless it belongs to the one above."""
    table = Table(screen)
    for n, part in enumerate(doc.parts(view.document(), doc.SCREEN)):
        if n and not (isinstance(part, (Chart, doc.More)) or getattr(part, "tight", False)):
            table.pen.put()
        table.part(part)
    return table.pen.drawn()


class Table:
    """Draws parts with a pen, each text made safe for the screen."""

    def __init__(self, screen: Screen) -> None:
        """Take the screen that is drawn on."""
        self.pen = Pen(screen.width, unicode=screen.unicode, color="standard" if screen.color else None)
        self._line = one_line if screen.unicode else in_ascii

    def part(self, part: doc.Part) -> None:  # noqa: C901, PLR0912 - a case a part
        """Draw one part."""
        match part:
            case doc.Heading():
                self._heading(part)
            case doc.Prose():
                self._put(part.text, style=part.style)
            case doc.Figures():
                self._figures(part)
            case Chart():
                chart.draw(part, self.pen, self._tidy)
            case doc.Grid():
                grid.draw(part, self.pen, self._tidy)
            case doc.Facts():
                self._facts(part)
            case doc.Items():
                self._listed(f"{part.title} ({part.size:,})", part.texts)
            case doc.Notes():
                self._listed(part.title, part.texts)
            case doc.More():
                self._put(f"and {part.size:,} more: {part.screen}", style="dim")
            case doc.Sources():
                self._sources(part)
            case doc.Section():
                self._put(part.head, style="bold")
                for one in doc.parts(part.parts, doc.SCREEN):
                    self.part(one)
            case doc.Lines() | doc.Made():
                pass

    def _tidy(self, text: str) -> str:
        line = self._line(text)
        if len(line) <= LONGEST_WORD:
            return line
        cut = self.pen.glyphs.ellipsis
        return " ".join(
            word if len(word) <= LONGEST_WORD else word[:BEGINNING] + cut for word in line.split(" ")
        )

    def _put(self, text: str, *, style: str = "", indent: int = 0) -> None:
        self.pen.put(self._tidy(text), style=style, indent=indent)

    def _heading(self, part: doc.Heading) -> None:
        """Title in bold, then unit and date: on one line, or on the next where that keeps both whole."""
        title, under = self._tidy(part.title), self._tidy(part.under)
        if part.origin:
            self.pen.put(Text.assemble("From  ", (self._tidy(part.origin), "bold"), overflow="fold"))
            self.pen.put(Text.assemble("to    ", (title, "bold"), overflow="fold"))
            self.pen.put(under)
            return
        room = self.pen.width - widest([title])
        between = "\n" if 0 <= room < widest([under]) + GAP else "; "
        after = f"{between}{under}" if under else ""
        self.pen.put(Text.assemble((title, "bold"), after, overflow="fold"))

    def _figures(self, part: doc.Figures) -> None:
        """Spread evenly where the width allows, the strong one bold; stacked on a narrow screen."""
        styles = ["bold" if n == part.strong else "" for n in range(len(part.values))]
        values = [Text(text, style) for text, style in zip(part.values, styles, strict=True)]
        if self.pen.width < STACKED_BELOW:
            self._stacked_figures(part, values)
            return
        widths = [widest(pair) for pair in zip(part.labels, part.values, strict=True)]
        even = min((self.pen.width - GAP * (len(widths) - 1)) // len(widths), FIGURE_WIDTH)
        labels = [Text(label, "dim") for label in part.labels]
        sizes = [even] * len(widths) if max(widths) <= even else widths
        self.pen.columns([labels, values], sizes, right=range(len(widths)))

    def _stacked_figures(self, part: doc.Figures, values: Sequence[Text]) -> None:
        """Label and amount side by side, or one under the other where they do not fit."""
        widths = (widest(part.labels), widest(part.values))
        if sum(widths) + GAP <= self.pen.width:
            rows = [[Text(label), value] for label, value in zip(part.labels, values, strict=True)]
            self.pen.columns(rows, widths, right=(1,))
            return
        for label, value in zip(part.labels, values, strict=True):
            self.pen.put(label)
            self.pen.put(value, indent=GAP)

    def _facts(self, part: doc.Facts) -> None:
        """Labels and sentences in two columns; on a narrow screen in one, whole."""
        label = widest(fact.label for fact in part.facts)
        room = self.pen.width - label - GAP
        texts = [self._tidy(fact.text) for fact in part.facts]
        if self.pen.width < STACKED_BELOW:
            for fact, text in zip(part.facts, texts, strict=True):
                self.pen.put(Text.assemble((f"{fact.label}: ", fact.style), text, overflow="fold"))
            return
        self.pen.columns(
            [
                [Text(fact.label, fact.style), self.pen.wrapped(text, room, fact.most, clauses=fact.clauses)]
                for fact, text in zip(part.facts, texts, strict=True)
            ],
            [label, room],
        )

    def _listed(self, title: str, texts: Sequence[str]) -> None:
        self.pen.put(title, style="bold")
        for text in texts:
            self._put(text, indent=GAP)

    def _sources(self, part: doc.Sources) -> None:
        """Each source in full, its address on a line of its own."""
        self.pen.put("Sources", style="bold")
        for source in part.citations:
            self._put(f"{source.id}: {source.text}", indent=GAP)
            if source.url:
                self._put(source.url, style="dim", indent=2 * GAP)
