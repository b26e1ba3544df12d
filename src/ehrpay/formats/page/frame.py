"""The frame of a page: an HTML page or an SVG file around parts that are written already."""

from __future__ import annotations

import textwrap
from html import escape
from typing import TYPE_CHECKING

from ehrpay.formats.page.style import CHART, COLORS, PAGE
from ehrpay.formats.page.svg import LINE, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.formats.document import Made
    from ehrpay.formats.page.svg import Drawing

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What the page may load: its own style, nothing else, from nowhere."""

WIDTH, PAD = 720, 24
COMMAND_WIDTH = 90


def section(id_: str, title: str, *parts: str) -> str:
    """A landmark with its heading."""
    inner = "\n".join(part for part in parts if part)
    heading = f'<h2 id="{id_}-heading">{escape(title)}</h2>'
    return f'<section aria-labelledby="{id_}-heading">\n{heading}\n{inner}\n</section>'


def page(title: str, under: str, parts: Sequence[str], made: Made) -> str:
    """A whole page in ASCII: no script, nothing fetched, one h1."""
    body = "\n".join(part for part in parts if part)
    code = f"\n<p><code>{escape(made.command)}</code></p>" if made.command else ""
    return _ascii(f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="ehrpay {escape(made.version)}">
<title>{escape(title)}</title>
<style>
{COLORS}{PAGE}{CHART}</style>
</head>
<body>
<header>
<h1>{escape(title)}</h1>
<p class="quiet">{escape(under)}</p>
</header>
<main>
{body}
</main>
<footer>
<p>{escape(made.sentence)}</p>{code}
</footer>
</body>
</html>
""")


def picture(title: str, under: str, drawings: Sequence[Drawing], made: Made) -> str:
    """A whole SVG file in ASCII: the drawings one below the other, and how they were made."""
    marks = [text(title, 2 * PAD, x=0, kind="name"), text(under, 2 * PAD + LINE + 4, kind="tick")]
    y = 2 * PAD + 2 * LINE + PAD
    for drawing in drawings:
        marks.append(text(drawing.title, y, kind="amount"))
        marks.append(
            f'<svg y="{y + PAD}" width="100%" height="{drawing.height}" overflow="visible">\n{drawing.marks}\n</svg>'
        )
        y += PAD + drawing.height + 2 * PAD
    marks.append(text(made.sentence, y, kind="tick"))
    for part in textwrap.wrap(made.command, COMMAND_WIDTH, break_on_hyphens=False):
        y += LINE
        marks.append(text(part, y, kind="tick"))
    described = " ".join(f"{drawing.title}: {drawing.desc}" for drawing in drawings)
    return _ascii(f"""<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y + PAD}" role="img" \
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


def _ascii(whole: str) -> str:
    """Other characters as references, so that the bytes are the same in every encoding of standard output."""
    return whole.encode("ascii", "xmlcharrefreplace").decode("ascii")
