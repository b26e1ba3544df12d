"""The charts of a view as one SVG file."""

from __future__ import annotations

import textwrap
from html import escape
from typing import TYPE_CHECKING, Any

from ehrpay.formats.document import PAGE, Made, parts
from ehrpay.formats.glyphs import one_line
from ehrpay.formats.page.drawing import drawing
from ehrpay.formats.page.style import CHART, COLORS
from ehrpay.formats.page.svg import LINE, text
from ehrpay.formats.writers.html import head_line, heading, in_ascii, made_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.formats.page.svg import Drawing

NEEDS = "charts"
WIDTH, PAD = 720, 24
COMMAND_WIDTH = 90


def write(view: Any, _screen: object) -> str:
    """The charts, one below the other, under the document's first heading."""
    whole = parts(view.document(), PAGE)
    head = heading(whole)
    drawings = [drawing(chart, f"chart{n}") for n, chart in enumerate(view.charts())]
    return _picture(one_line(head.title), head_line(head), drawings, made_by(view, whole))


def _picture(title: str, under: str, drawings: Sequence[Drawing], made: Made) -> str:
    """A whole SVG file in ASCII: the drawings one below the other, and how they were made."""
    marks = [text(title, 2 * PAD, kind="name"), text(under, 2 * PAD + LINE + 4, kind="tick")]
    y = 2 * PAD + 2 * LINE + PAD
    for one in drawings:
        marks.append(text(one.title, y, kind="amount"))
        marks.append(
            f'<svg y="{y + PAD}" width="100%" height="{one.height}" overflow="visible">\n{one.marks}\n</svg>'
        )
        y += PAD + one.height + 2 * PAD
    marks.append(text(made.sentence, y, kind="tick"))
    for part in textwrap.wrap(made.command, COMMAND_WIDTH, break_on_hyphens=False):
        y += LINE
        marks.append(text(part, y, kind="tick"))
    described = " ".join(f"{one.title}: {one.desc}" for one in drawings)
    return in_ascii(f"""<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y + PAD}" role="img" \
aria-labelledby="title desc" lang="en">
<title id="title">{escape(title)}</title>
<desc id="desc">{escape(described)}</desc>
<style>
{COLORS}{CHART}</style>
<rect width="100%" height="100%" style="fill:var(--page)"/>
<svg x="{PAD}" width="{WIDTH - 2 * PAD}" height="{y + PAD}" overflow="visible">
{chr(10).join(marks)}
</svg>
</svg>
""")
