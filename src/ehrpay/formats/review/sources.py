"""Sources and what rests on them, as a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats import document as doc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.domain.review.story import Bibliography, Citation

MOST = 3
COLUMNS = (
    doc.Column("source", wraps=True, style="bold"),
    doc.Column("title", wraps=True, least=20),
    *map(doc.Column, ("published by", "where", "used by")),
)


def document(found: Bibliography) -> doc.Document:
    """A source, its title, and the rules on it; the unused last."""
    used = [source for source in found.sources if source.uses]
    unused = [source for source in found.sources if not source.uses]
    short = tuple(f"{source.id}: {source.title} ({source.where})" for source in unused)
    return (
        doc.in_lines(doc.Lines(tuple(_lines(found)))),
        doc.for_people(doc.Prose(_heading(len(used), len(unused)))),
        doc.on_screen(doc.Grid(COLUMNS[:2], tuple(map(_row, used)))),
        doc.on_page(doc.Grid(COLUMNS, tuple(map(_whole, used)))),
        doc.for_people(doc.Items("Not cited", short, len(unused), ())),
        doc.Notes("Wrong", tuple(problems(found)), label="problem", style="bold"),
    )


def _lines(found: Bibliography) -> Iterator[doc.Line]:
    """Source, references, publisher, published, title and place; then a line for each rule that rests on it."""
    for source in found.sources:
        proof = (source.publisher, source.published, source.title, source.where)
        yield ("source", source.id, f"{len(source.uses)}", *proof)
        yield from (("rule", source.id, use.by, use.where) for use in source.uses)


def problems(found: Bibliography) -> Iterator[str]:
    """A line for each number without a source and each reference to a source that is not listed."""
    for one in found.uncited:
        what = f"{one.where}: {one.key} {one.number} of {one.rule} has no source"
        yield f"{what}: cite the publication, or use `basis: assumption` and cite where the judgment is explained"
    for use in found.unknown:
        yield f"{use.where}: {use.by} cites '{use.of.removeprefix('source.')}', which sources.yaml does not list"


def _row(source: Citation) -> doc.Row:
    count = len(source.uses)
    times = "1 place" if count == 1 else f"{count} places"
    proof = f"{source.publisher}, {source.published}; {source.where}"
    return doc.Row(
        (source.id, source.title), (("published by", proof), ("used in", f"{times}: {_some(source)}"))
    )


def _whole(source: Citation) -> doc.Row:
    proof = f"{source.publisher}, {source.published}"
    return doc.Row((source.id, source.title, proof, source.where, ", ".join(source.rules)))


def _heading(used: int, unused: int) -> str:
    if unused:
        return f"{used + unused} sources; {unused} of them aren't cited."
    return f"{used} sources, all cited." if used else "Every source is cited."


def _some(source: Citation) -> str:
    rules = source.rules
    more = f" and {len(rules) - MOST} more" if len(rules) > MOST + 1 else ""
    return ", ".join(rules[: MOST if more else MOST + 1]) + more
