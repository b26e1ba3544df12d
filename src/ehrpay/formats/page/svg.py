"""The marks that drawings are made of, as SVG text. Heights are pixels, widths percentages (see `scale`)."""

from __future__ import annotations

import textwrap
from html import escape
from typing import TYPE_CHECKING

from ehrpay.formats.axis import percent
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.formats.axis import Scale

LINE = 18
"""Pixels from one line of text to the next."""

LABEL_WIDTH, ROW_WIDTH = 36, 39
"""Characters of a label on one line, alone and with its amount: what the narrowest screen holds."""

WORD_WIDTH = 18
"""Characters of the longest word that is not broken."""

ASCENT = 13
"""Pixels from the top of a line of text to its baseline."""

EDGE = 500
"""A tick's label so near an edge, in hundredths of a percent, grows inwards from its line."""

SWATCH = 12
"""Pixels of a colored square in a key."""


class Drawing(NamedTuple):
    """A picture: what it is called, what it says in words, its marks, its height in pixels."""

    id: str
    title: str
    desc: str
    marks: str
    height: int


def text(content: str, y: int, *, x: int = 0, anchor: str = "start", kind: str) -> str:
    """A line of text with its baseline at `y`."""
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{kind}" x="{percent(x)}" y="{y}"{side}>{escape(content)}</text>'


def label(content: str, amount: str, y: int, *, kind: str) -> tuple[str, int]:
    """A label wrapped onto as many lines as it needs, its amount on the right, and the y below them."""
    room = max(WORD_WIDTH, min(LABEL_WIDTH, ROW_WIDTH - len(amount)))
    lines = textwrap.wrap(content, room, break_on_hyphens=False)
    label = "".join(text(part, y + ASCENT + LINE * n, kind=kind) for n, part in enumerate(lines))
    label += text(amount, y + ASCENT, x=10_000, anchor="end", kind="amount")
    return label, y + LINE * len(lines)


def bar(start: int, end: int, y: int, height: int, kind: str) -> str:
    """A bar between two places; nothing where they are the same."""
    if start == end:
        return ""
    low, wide = min(start, end), abs(end - start)
    return (
        f'<rect class="{kind}" x="{percent(low)}" y="{y}" width="{percent(wide)}" height="{height}" rx="2"/>'
    )


def line(x1: int, y1: int, x2: int, y2: int, kind: str) -> str:
    """A straight line."""
    ends = f'x1="{percent(x1)}" y1="{y1}" x2="{percent(x2)}" y2="{y2}"'
    return f'<line class="{kind}" {ends}/>'


def diamond(x: int, y: int, kind: str = "middle") -> str:
    """The mark of a middle."""
    return _shape(x, y, "M0-9 8 0 0 9-8 0z", kind)


def arrow(x: int, y: int, *, right: bool) -> str:
    """The mark of an amount that lies outside, on the edge towards it."""
    return _shape(x, y, "M-6-7 6 0-6 7z" if right else "M6-7-6 0 6 7z", "offer")


def dot(x: int, y: int) -> str:
    """The mark of one amount."""
    return f'<circle class="offer" cx="{percent(x)}" cy="{y}" r="6"/>'


def ruler(scale: Scale, bottom: int) -> tuple[str, str]:
    """The lines behind the marks, and the axis with its labels below them."""
    behind = "".join(line(x, 0, x, bottom, "grid") for x, _ in scale.ticks())
    axis = line(0, bottom, 10_000, bottom, "axis")
    return behind, axis + "".join(_tick(x, name, bottom + LINE) for x, name in scale.ticks())


def _tick(x: int, name: str, y: int) -> str:
    anchor = "start" if x < EDGE else "end" if x > 10_000 - EDGE else "middle"
    return text(name, y, x=x, anchor=anchor, kind="tick")


def broken(x: int, y: int, height: int, kind: str) -> str:
    """Two slanted strokes across a bar or an axis, which say that a stretch of it is left out."""
    rise = height + 6
    return _shape(x, y + height + 3, f"M0 0l6-{rise}M7 0l6-{rise}", kind)


def swatches(names: Sequence[str], y: int) -> tuple[str, int]:
    """The key of the parts of stacked bars, two on a line, and the y below it."""
    marks = ""
    for n, name in enumerate(names):
        x, top = 5_000 * (n % 2), y + LINE * (n // 2)
        square = f'<rect class="part{n + 1}" x="{percent(x)}" y="{top}" width="{SWATCH}" height="{SWATCH}"/>'
        words = f'<text class="tick" x="{percent(x)}" dx="{SWATCH + 6}" y="{top + SWATCH - 1}">{escape(name)}</text>'
        marks += square + words
    return marks, y + LINE * (-(-len(names) // 2))


def _shape(x: int, y: int, path: str, kind: str) -> str:
    return f'<svg x="{percent(x)}" y="{y}" overflow="visible"><path class="{kind}" d="{path}"/></svg>'


def inline(drawing: Drawing) -> str:
    """A drawing inside a page, named and described for those who don't see it."""
    name = drawing.id
    return (
        f'<svg class="chart" role="img" aria-labelledby="{name}-title {name}-desc" '
        f'width="100%" height="{drawing.height}">\n'
        f'<title id="{name}-title">{escape(drawing.title)}</title>\n'
        f'<desc id="{name}-desc">{escape(drawing.desc)}</desc>\n'
        f"{drawing.marks}\n</svg>"
    )
