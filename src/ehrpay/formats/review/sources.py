"""Sources and what rests on them: JSON, plain text, and a table for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ehrpay.formats.glyphs import in_ascii, one_line

if TYPE_CHECKING:
    from ehrpay.domain.review.story import Bibliography, Citation

SCHEMA = "ehrpay/rules-sources/1"
MOST = 3


def as_json(found: Bibliography, version: str) -> str:
    """One object: every source with its references, the unused ones, what is wrong."""
    told = {
        "schema": SCHEMA,
        "rules_version": version or None,
        "sources": [_source(source) for source in found.sources],
        "uncited": [one._asdict() for one in found.uncited],
        "unknown": [{"source": use.of, "rule": use.by, "where": use.where} for use in found.unknown],
    }
    return json.dumps(told, indent=2, allow_nan=False) + "\n"


def _source(source: Citation) -> dict[str, Any]:
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "where": source.where,
        "count": len(source.uses),
        "used_by": [{"rule": use.by, "where": use.where} for use in source.uses],
    }


def problems(found: Bibliography) -> list[str]:
    """A line for each number without a source and each reference to a source that is not listed."""
    told = [
        f"{one.where}: {one.key} {one.number} of {one.rule} has no source: cite the publication, or say "
        f"`basis: assumption` and where the judgement is kept"
        for one in found.uncited
    ]
    return told + [
        f"{use.where}: {use.by} cites '{use.of.removeprefix('source.')}', which sources.yaml does not list"
        for use in found.unknown
    ]


def plain(found: Bibliography) -> str:
    """Source, references, publisher, published, title and place; then a line for each rule that rests on it."""
    rows: list[tuple[str, ...]] = []
    for source in found.sources:
        told = (
            source.id,
            str(len(source.uses)),
            source.publisher,
            source.published,
            source.title,
            source.where,
        )
        rows.append(("source", *told))
        rows += [("rule", source.id, use.by, use.where) for use in source.uses]
    rows += [("problem", text) for text in problems(found)]
    return "".join("\t".join(map(one_line, row)) + "\n" for row in rows)


def table(found: Bibliography, *, width: int, unicode: bool, color: str | None) -> str:
    """A source, its title, and the rules on it; the unused last."""
    from rich.text import Text

    from ehrpay.formats.grid import GAP
    from ehrpay.formats.pen import Pen

    pen = Pen(width, unicode=unicode, color=color)
    tidy = one_line if unicode else in_ascii
    used = [source for source in found.sources if source.uses]
    unused = [source for source in found.sources if not source.uses]
    pen.put(_heading(len(used), len(unused)))
    for source in used:
        pen.put()
        pen.put(Text.assemble((source.id, "bold"), f"  {tidy(source.title)}", overflow="fold"))
        pen.put(f"{tidy(source.publisher)}, {source.published}; {source.where}", style="dim", indent=GAP)
        pen.put(f"{_times(source)}: {_some(source)}", indent=GAP)
    if unused:
        pen.put()
        pen.put(f"Nothing rests on these ({len(unused)})", style="bold")
    for source in unused:
        pen.put(f"{source.id}: {tidy(source.title)} ({source.where})", indent=GAP)
    for text in problems(found):
        pen.put()
        pen.put(Text.assemble(("Wrong: ", "bold red"), tidy(text), overflow="fold"))
    return pen.drawn()


def _heading(used: int, unused: int) -> str:
    if not unused:
        return (
            f"{used} sources; something rests on each of them."
            if used
            else "Something rests on every source."
        )
    return f"{used + unused} sources; nothing rests on {unused} of them."


def _times(source: Citation) -> str:
    count = len(source.uses)
    return "1 place" if count == 1 else f"{count} places"


def _some(source: Citation) -> str:
    rules = source.rules
    more = f" and {len(rules) - MOST} more" if len(rules) > MOST + 1 else ""
    return ", ".join(rules[: MOST if more else MOST + 1]) + more
