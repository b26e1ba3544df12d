"""Plain text for pipes and screen readers: a label, a tab and its cells on each line, nothing cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.formats import document as doc
from ehrpay.formats.bars import Chart
from ehrpay.formats.glyphs import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable


NEEDS = "document"


def write(view: Any, _screen: object) -> str:
    """Every line of every part."""
    found = (line for part in doc.parts(view.document(), doc.LINES) for line in _lines(part))
    return "".join("\t".join(map(one_line, line)) + "\n" for line in found)


def _lines(part: doc.Part) -> Iterable[doc.Line]:  # noqa: C901, PLR0911 - a case a part
    match part:
        case doc.Heading():
            return _heading(part)
        case doc.Prose():
            return [(part.label, part.text)] if part.label else []
        case doc.Figures():
            return zip(part.lines, part.values, strict=True)
        case Chart() | doc.Made():
            return []
        case doc.Grid():
            return _grid(part)
        case doc.Facts():
            return [(fact.label.lower(), fact.text) for fact in part.facts]
        case doc.Items():
            return part.lines
        case doc.Notes():
            return [(part.label, text) for text in part.texts]
        case doc.More():
            return [(part.label, f"{part.size}")]
        case doc.Sources():
            return [("source", *citation) for citation in part.citations]
        case doc.Section():
            return [line for one in doc.parts(part.parts, doc.LINES) for line in _lines(one)]
        case doc.Lines():
            return part.lines


def _heading(part: doc.Heading) -> Iterable[doc.Line]:
    if part.origin:
        yield "from", part.origin
    yield "to" if part.origin else part.label, part.title
    if part.under:
        yield "unit", part.under
    if part.method:
        yield "method", part.method


def _grid(part: doc.Grid) -> Iterable[doc.Line]:
    if part.headed:
        yield tuple(column.line or column.head for column in part.columns)
    for row in part.rows:
        label = (part.label,) if part.label else ()
        yield from row.lines or ((*label, *row.cells), *row.under)
