"""A web page that stands alone: tables, drawings and sources, no script, nothing fetched."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Protocol

from ehrpay.formats.document import (
    PAGE,
    Chart,
    Citation,
    Facts,
    Figures,
    Grid,
    Heading,
    Items,
    Lines,
    More,
    Notes,
    Prose,
    Section,
    Sources,
    parts,
    sentence,
)
from ehrpay.formats.glyphs import one_line
from ehrpay.formats.page import tables
from ehrpay.formats.page.drawing import drawing
from ehrpay.formats.page.frame import Made, page, section
from ehrpay.formats.page.svg import inline
from ehrpay.formats.page.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ehrpay.formats.document import Document, Part, Row
    from ehrpay.formats.writers import Screen

NEEDS = "document"


class Dated(Protocol):
    """A view whose record says by which rules and as of which day."""

    def document(self) -> Document:
        """The parts, in the order people read them."""
        ...

    def record(self) -> Mapping[str, Any]:
        """The whole result as plain data."""
        ...


def write(view: Dated, screen: Screen) -> str:  # noqa: ARG001 - a writer's signature
    """The page; its heading is the first one of the document."""
    head, blocks = None, []
    for n, part in enumerate(parts(view.document(), PAGE)):
        if head is None and isinstance(part, Heading):
            head = part
        else:
            blocks.append(block(part, f"part{n}"))
    head = head or Heading("ehrpay")
    return page(one_line(head.title), head_line(head), blocks, made(view))


def made(view: Dated) -> Made:
    """By what a view was made; a comparison of rules has two sides and says so itself."""
    from importlib.metadata import version

    record = view.record()
    return Made(version("ehrpay"), record.get("rules_version") or "", record.get("as_of") or "")


def head_line(part: Heading) -> str:
    """What stands under a title."""
    texts = (f"From {part.origin}" if part.origin else "", part.under)
    method = f", {part.method} method" if part.method else ""
    return one_line(". ".join(filter(None, texts)) + method)


def block(part: Part, id_: str = "") -> str:  # noqa: C901, PLR0911 - a case a part
    """A part as HTML."""
    match part:
        case Heading():
            return f'<h2>{_safe(part.title)}</h2>\n<p class="quiet">{escape(head_line(part))}</p>'
        case Prose():
            text = _safe(part.text)
            return f"<p><strong>{text}</strong></p>" if part.style else f"<p>{text}</p>"
        case Figures():
            return tables.ends(list(zip(part.labels, part.values, strict=True)), part.strong)
        case Chart():
            return _figure(part, id_)
        case Grid():
            return _grid(part, id_)
        case Facts():
            warned = [one_line(fact.text) for fact in part.facts if fact.label == "Warning"]
            other = [(fact.label, one_line(fact.text)) for fact in part.facts if fact.label != "Warning"]
            return tables.warnings(warned) + tables.facts(other)
        case Items():
            return section(id_, f"{part.title} ({part.size:,})", tables.items(map(one_line, part.texts)))
        case Notes():
            return section(id_, part.title, tables.items(map(one_line, part.texts)))
        case More():
            return f"<p>And {part.size:,} more{_safe(part.page)}.</p>"
        case Sources():
            return section(
                id_ or "sources",
                "Sources",
                tables.sources(Citation(*map(one_line, one)) for one in part.citations),
            )
        case Section():
            inside = (block(one, f"{id_}-{n}") for n, one in enumerate(parts(part.parts, PAGE)))
            size = "" if part.size is None else f" ({part.size:,})"
            return section(id_, f"{one_line(part.title)}{size}", "\n".join(inside))
        case Lines():
            return ""


def _safe(text: str) -> str:
    return escape(one_line(text))


def _figure(chart: Chart, id_: str) -> str:
    key = f"\n<figcaption>{escape(chart.key)}</figcaption>" if chart.key else ""
    return f"<figure>\n{inline(drawing(chart, id_ or 'range'))}{key}\n</figure>"


def _grid(part: Grid, id_: str) -> str:
    """The drawing of a grid, then its table, sums at the foot, then what stands under its rows, one by one."""
    heads = [column.head for column in part.columns] + ([part.under] if part.under else [])
    body = [(row, _cells(part, row)) for row in part.rows]
    table = Table(
        caption=part.caption or heads[0],
        heads=heads,
        rows=[cells for row, cells in body if not row.strong],
        numbers=[n for n, column in enumerate(part.columns) if column.right],
        totals=[cells for row, cells in body if row.strong],
    )
    drawn = _figure(part.chart, id_) if part.chart is not None else ""
    shown = f'<div class="scroll">\n{tables.table(table)}\n</div>'
    return "\n".join(filter(None, (drawn, shown, *_stories(part))))


def _cells(part: Grid, row: Row) -> list[str]:
    cells = [one_line(cell) for cell in row.cells]
    return [*cells, one_line(sentence(row.under))] if part.under else cells


def _stories(part: Grid) -> Iterator[str]:
    """The rows that have facts under them, each with its facts."""
    told = [row for row in part.rows if row.under and not part.under]
    if not told:
        return
    items = (
        f"<li>\n<h3>{_safe(row.cells[0])}</h3>\n"
        f"{tables.facts((label, one_line(' '.join(texts))) for label, *texts in row.under)}\n</li>"
        for row in told
    )
    yield '<ol class="worked">'
    yield from items
    yield "</ol>"
