"""Plain text for pipes and screen readers: a label, a tab and its cells on each line, nothing cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ehrpay.formats.document import (
    LINES,
    Chart,
    Facts,
    Figures,
    Grid,
    Heading,
    Items,
    Lines,
    Made,
    More,
    Notes,
    Prose,
    Section,
    Sources,
    parts,
)
from ehrpay.formats.glyphs import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ehrpay.formats.document import Document, Line, Part
    from ehrpay.formats.writers import Screen

NEEDS = "document"


class Documented(Protocol):
    """A view with a document."""

    def document(self) -> Document:
        """The parts, in the order people read them."""
        ...


def write(view: Documented, screen: Screen) -> str:  # noqa: ARG001 - a writer's signature
    """Every line of every part."""
    found = (line for part in parts(view.document(), LINES) for line in _lines(part))
    return "".join("\t".join(map(one_line, line)) + "\n" for line in found)


def _lines(part: Part) -> Iterable[Line]:  # noqa: C901, PLR0911 - a case a part
    match part:
        case Heading():
            return _heading(part)
        case Prose():
            return [(part.label, part.text)] if part.label else []
        case Figures():
            return zip(part.lines, part.values, strict=True)
        case Chart() | Made():
            return []
        case Grid():
            return _grid(part)
        case Facts():
            return [(fact.label.lower(), fact.text) for fact in part.facts]
        case Items():
            return part.lines
        case Notes():
            return [(part.label, text) for text in part.texts]
        case More():
            return [(part.label, f"{part.size}")]
        case Sources():
            return [("source", *citation) for citation in part.citations]
        case Section():
            return [line for one in parts(part.parts, LINES) for line in _lines(one)]
        case Lines():
            return part.lines


def _heading(part: Heading) -> Iterable[Line]:
    if part.origin:
        yield "from", part.origin
    yield "to" if part.origin else part.label, part.title
    if part.under:
        yield "unit", part.under
    if part.method:
        yield "method", part.method


def _grid(part: Grid) -> Iterable[Line]:
    if part.headed:
        yield tuple(column.line or column.head for column in part.columns)
    for row in part.rows:
        label = (part.label,) if part.label else ()
        yield from row.lines or ((*label, *row.cells), *row.under)
