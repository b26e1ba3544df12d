"""A comparison for pipes and screen readers (one fact a line, tabs between) and as Markdown. Nothing is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats.compare.rows import SUM
from ehrpay.formats.estimate.text import escaped

if TYPE_CHECKING:
    from ehrpay.formats.compare.rows import Row
    from ehrpay.formats.compare.view import Sheet


def plain(sheet: Sheet) -> str:
    """A line is a label and a cell for each offer, in the order of the line `offer`."""
    rows = [("what", sheet.title), ("unit", sheet.when), ("offer", "\t".join(sheet.names))]
    rows += [(_label(row), "\t".join(row.cells)) for group in sheet.groups for row in group]
    rows += [("flip", sheet.flip)] if sheet.flip else []
    rows += [("warning", text) for text in sheet.warnings]
    rows += [("note", text) for text in sheet.notes]
    rows += [("source", id_) for id_ in sheet.sources]
    return "".join(f"{label}\t{text}\n" for label, text in rows)


def _label(row: Row) -> str:
    return row.label.removeprefix("= ")


def markdown(sheet: Sheet) -> str:
    """One table of all offers, the sums in bold, then what would turn them round, warnings and notes."""
    rows = [["", *map(escaped, sheet.names)]]
    for row in (row for group in sheet.groups for row in group):
        cells = [escaped(text) for text in (row.label, *row.cells)]
        rows.append([f"**{text}**" for text in cells] if row.kind == SUM else cells)
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    rule = "| --- |" + " ---: |" * len(sheet.names)
    parts = [
        f"## {escaped(sheet.title)}\n\n{escaped(sheet.when)}.\n",
        "\n".join([head, rule, *body]) + "\n",
        f"**{escaped(sheet.flip)}**\n" if sheet.flip else "",
        "".join(f"- **Warning**: {escaped(text)}\n" for text in sheet.warnings),
        "".join(f"- {escaped(text)}\n" for text in sheet.notes),
        f"Sources: {escaped(', '.join(sheet.sources))}\n" if sheet.sources else "",
    ]
    return "\n".join(part for part in parts if part)
