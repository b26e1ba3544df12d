"""A picture of a chart as one SVG file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ehrpay.formats.document import PAGE, Heading, parts
from ehrpay.formats.glyphs import one_line
from ehrpay.formats.page.drawing import drawing
from ehrpay.formats.page.frame import picture
from ehrpay.formats.writers.html import Dated, head_line, made

if TYPE_CHECKING:
    from ehrpay.formats.document import Chart
    from ehrpay.formats.writers import Screen

NEEDS = "chart"


class Charted(Dated, Protocol):
    """A view with a chart."""

    def chart(self) -> Chart:
        """Bars on one axis."""
        ...


def write(view: Charted, screen: Screen) -> str:  # noqa: ARG001 - a writer's signature
    """The chart under the document's first heading."""
    chart = view.chart()
    found = (part for part in parts(view.document(), PAGE) if isinstance(part, Heading))
    head = next(found, Heading(chart.title))
    return picture(one_line(head.title), head_line(head), [drawing(chart)], made(view))
