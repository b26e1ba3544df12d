"""A web page that stands alone: tables, drawings and sources, no script, nothing fetched."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from ehrpay.formats import document as doc
from ehrpay.formats.bars import Chart
from ehrpay.formats.glyphs import one_line
from ehrpay.formats.page import tables
from ehrpay.formats.page.drawing import drawing
from ehrpay.formats.page.style import CHART, COLORS, PAGE
from ehrpay.formats.page.svg import inline
from ehrpay.formats.page.tables import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


NEEDS = "document"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What the page may load: its own style, nothing else, from nowhere."""


def write(view: Any, _screen: object) -> str:
    """The page of a view, which may have a document of its own for it; its first heading is the page's."""
    whole = _parts(view)
    head = heading(whole)
    blocks = [_block(part, f"part{n}") for n, part in enumerate(whole) if part is not head]
    return _page(one_line(head.title), head_line(head), blocks, made_by(view, whole))


def fragment(view: Any) -> str:
    """The page of a view without its frame, style and drawings: what a notebook shows in a style of its own."""
    blocks = (_block(part, f"part{n}") for n, part in enumerate(_undrawn(_parts(view))))
    return "\n".join(filter(None, blocks))


def _parts(view: Any) -> tuple[doc.Part, ...]:
    return doc.parts(getattr(view, "page", view.document)(), doc.PAGE)


def _undrawn(parts: Iterable[doc.Part]) -> Iterator[doc.Part]:
    for part in parts:
        if isinstance(part, doc.Grid):
            yield part._replace(chart=None)
        elif isinstance(part, doc.Section):
            yield part._replace(parts=tuple(_undrawn(doc.parts(part.parts, doc.PAGE))))
        elif not isinstance(part, Chart):
            yield part


def heading(whole: Sequence[doc.Part]) -> doc.Heading:
    """The first heading of a document."""
    return next((part for part in whole if isinstance(part, doc.Heading)), doc.Heading("ehrpay"))


def made_by(view: Any, whole: Sequence[doc.Part]) -> doc.Made:
    """How a document says it was made, else by which rules; a comparison of rules has two sides and names them."""
    from importlib.metadata import version

    if made := next((part for part in whole if isinstance(part, doc.Made)), None):
        return made
    record = view.record()
    return doc.Made(version("ehrpay"), record.get("rules_version") or "", record.get("as_of") or "")


def head_line(part: doc.Heading) -> str:
    """What stands under a title."""
    texts = (f"From {part.origin}" if part.origin else "", part.under)
    method = f", {part.method} method" if part.method else ""
    return one_line(". ".join(filter(None, texts)) + method)


def _page(title: str, under: str, parts: Sequence[str], made: doc.Made) -> str:
    """A whole page in ASCII: no script, nothing fetched, one h1."""
    body = "\n".join(part for part in parts if part)
    code = f"\n<p><code>{escape(made.command)}</code></p>" if made.command else ""
    return in_ascii(f"""<!doctype html>
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


def in_ascii(whole: str) -> str:
    """Other characters as references, so that the bytes are the same in every encoding of standard output."""
    return whole.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _section(id_: str, title: str, inner: str) -> str:
    """A landmark with its heading."""
    heading = f'<h2 id="{id_}-heading">{escape(title)}</h2>'
    return f'<section aria-labelledby="{id_}-heading">\n{heading}\n{inner}\n</section>'


def _block(part: doc.Part, id_: str) -> str:  # noqa: C901, PLR0911 - a case a part
    match part:
        case doc.Heading():
            return f'<h2>{safe(part.title)}</h2>\n<p class="quiet">{escape(head_line(part))}</p>'
        case doc.Prose():
            return f"<p><strong>{safe(part.text)}</strong></p>" if part.style else f"<p>{safe(part.text)}</p>"
        case doc.Figures():
            return tables.ends(list(zip(part.labels, part.values, strict=True)), part.strong)
        case Chart():
            return _figure(part, id_)
        case doc.Grid():
            return "\n".join(_grid(part, id_))
        case doc.Facts():
            return _facts(part)
        case doc.Items():
            return _section(id_, f"{part.title} ({part.size:,})", tables.items(part.texts))
        case doc.Notes():
            return _section(id_, part.title, tables.items(part.texts))
        case doc.More():
            return f"<p>And {part.size:,} more{safe(part.page)}.</p>"
        case doc.Sources():
            return _section(id_, "Sources", tables.sources(part.citations))
        case doc.Section():
            inside = (_block(one, f"{id_}-{n}") for n, one in enumerate(doc.parts(part.parts, doc.PAGE)))
            return _section(id_, one_line(part.head), "\n".join(inside))
        case doc.Lines() | doc.Made():
            return ""


def _facts(part: doc.Facts) -> str:
    """The facts; warnings in a box of their own."""
    warned = [fact.text for fact in part.facts if fact.label == "Warning"]
    other = [(fact.label, fact.text) for fact in part.facts if fact.label != "Warning"]
    title = f"<h3>{safe(part.title)}</h3>\n" if part.title else ""
    return title + tables.warnings(warned) + tables.facts(other)


def _figure(chart: Chart, id_: str) -> str:
    key = f"\n<figcaption>{escape(chart.key)}</figcaption>" if chart.key else ""
    return f"<figure>\n{inline(drawing(chart, id_))}{key}\n</figure>"


def _grid(part: doc.Grid, id_: str) -> Iterator[str]:
    """The drawing of a grid, then its table, then what stands under its rows, one by one."""
    if part.chart is not None:
        yield _figure(part.chart, id_)
    yield f'<div class="scroll" tabindex="0">\n{tables.grid(part)}\n</div>'
    for row in part.rows if not part.under else ():
        if row.under:
            yield f"<h3>{safe(row.cells[0])}</h3>"
            yield tables.facts((label, " ".join(texts)) for label, *texts in row.under)
