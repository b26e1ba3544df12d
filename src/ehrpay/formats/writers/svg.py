"""The charts of a view as one SVG file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.formats.document import PAGE, parts
from ehrpay.formats.glyphs import one_line
from ehrpay.formats.page.drawing import drawing
from ehrpay.formats.page.frame import picture
from ehrpay.formats.writers.html import head_line, heading, made_by

if TYPE_CHECKING:
    from ehrpay.formats.writers import Screen

NEEDS = "charts"


def write(view: Any, screen: Screen) -> str:  # noqa: ARG001 - a writer's signature
    """The charts, one below the other, under the document's first heading."""
    whole = parts(view.document(), PAGE)
    head = heading(whole)
    drawings = [drawing(chart, f"chart{n}") for n, chart in enumerate(view.charts())]
    return picture(one_line(head.title), head_line(head), drawings, made_by(view, whole))
