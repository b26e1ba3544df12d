"""What the table and its stacked form share: heading, chart, a step's story, the facts, the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from rich.text import Text

from ehrpay.formats.estimate.chart import GUTTER, chart
from ehrpay.formats.pen import widest

if TYPE_CHECKING:
    from ehrpay.formats.estimate.view import Fact, Sheet
    from ehrpay.formats.pen import Pen

GAP = 2
FIGURE_STYLES = ("", "", "bold", "", "")
_BAR_STYLES = {"pay": "cyan", "band": "blue", "offer": "magenta", "": "dim"}


class Headed(Protocol):
    """What has a headline, and a unit with a date."""

    @property
    def headline(self) -> str: ...  # noqa: D102 - as it says

    @property
    def when(self) -> str: ...  # noqa: D102 - as it says


def headed(sheet: Headed, pen: Pen) -> None:
    """Who and where in bold, then unit and date: on the same line, or on the next where that keeps both whole."""
    room = pen.width - widest([sheet.headline])
    between = "\n" if 0 <= room < len(sheet.when) + GAP else "; "
    pen.put(Text.assemble((sheet.headline, "bold"), between + sheet.when, overflow="fold"))
    pen.put()


def bars(sheet: Sheet, pen: Pen) -> None:
    """The range, the band and the offer on one axis."""
    for bar in chart(sheet.marks, pen.width, pen.glyphs):
        pen.put(Text.assemble(f"{bar.name:<{GUTTER}}", (bar.drawn, _BAR_STYLES[bar.name]), no_wrap=True))
    pen.put()


def heading(sheet: Sheet) -> str:
    """The title over the steps."""
    return f"How the middle adds up, {sheet.method} method"


def told(pen: Pen, story: tuple[tuple[str, str], ...]) -> None:
    """What `--explain` puts under a step, indented, names dimmed."""
    for name, text in story:
        pen.put(Text.assemble((f"{name}: ", "dim"), text, overflow="fold"), indent=2 * GAP)


def style_of(fact: Fact) -> str:
    """A warning stands out by colour too; its word says it already."""
    return "bold yellow" if fact.label == "Warning" else "bold"


def ids(sheet: Sheet) -> str:
    """The ids of the sources, in order of use."""
    return ", ".join(source.id for source in sheet.sources)


def spelled_out(sheet: Sheet, pen: Pen) -> None:
    """The sources in full, each address on a line of its own."""
    pen.put()
    pen.put("Sources", style="bold")
    for source in sheet.sources:
        pen.put(f"{source.id}: {source.text}", indent=GAP)
        if source.url:
            pen.put(Text(source.url, "dim", overflow="fold"), indent=2 * GAP)
