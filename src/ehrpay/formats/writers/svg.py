"""The charts of a view as one SVG file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ehrpay.formats.document import PAGE, Made, parts
from ehrpay.formats.glyphs import one_line
from ehrpay.formats.page.drawing import drawing
from ehrpay.formats.page.frame import picture
from ehrpay.formats.writers.html import Dated, head_line, heading, made_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.formats.bars import Chart
    from ehrpay.formats.writers import Screen

NEEDS = "charts"


class Charted(Dated, Protocol):
    """A view with charts."""

    def charts(self) -> Sequence[Chart]:
        """Bars on one axis, once or more."""
        ...


def write(view: Charted, screen: Screen) -> str:  # noqa: ARG001 - a writer's signature
    """The charts, one below the other, under the document's first heading."""
    whole = parts(view.document(), PAGE)
    head = heading(whole)
    made = next((part for part in whole if isinstance(part, Made)), None) or made_by(view)
    drawings = [drawing(chart, f"chart{n}") for n, chart in enumerate(view.charts())]
    return picture(one_line(head.title), head_line(head), drawings, made)
