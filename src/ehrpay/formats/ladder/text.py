"""A ladder for pipes and screen readers (one fact a line, tabs between) and as Markdown. Nothing is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats.estimate.text import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ehrpay.formats.ladder.view import Pair, Sheet

    Line = tuple[str, ...]

HEAD = ("low", "middle", "high", "change", "sum so far")


def plain(sheet: Sheet) -> str:
    """A year is its number, grade and step or years, low, middle, high, change, middle so far; events follow."""
    return _joined([("who", sheet.headline), *_years(sheet), *_facts(sheet.warnings, sheet.notes)])


def plain_pair(pair: Pair) -> str:
    """Each ladder under its letter, then B less A by year, the verdict, and what both rest on."""
    rows: list[Line] = []
    for letter, name, sheet in zip("AB", pair.names, (pair.a, pair.b), strict=True):
        rows += [("ladder", letter, name), ("who", sheet.headline), *_years(sheet)]
    rows += [("B less A", row.year, by) for row, by in zip(pair.a.rows, pair.differences, strict=True)]
    rows.append(("B less A in all", pair.a.span, pair.total))
    rows += [("verdict", text) for text in pair.verdict]
    return _joined([*rows, *_facts(pair.warnings, pair.notes)])


def _years(sheet: Sheet) -> list[Line]:
    rows: list[Line] = [("unit", sheet.when), ("method", sheet.method)]
    for row in sheet.rows:
        rows.append(("year", row.year, row.place, row.low, row.mid, row.high, row.change, row.total))
        rows += [("event", event.label, event.rule, event.basis, event.where) for event in row.events]
    return [*rows, ("sum", sheet.span, *sheet.sums)]


def _facts(warnings: Iterable[str], notes: Iterable[str]) -> list[Line]:
    return [*(("warning", text) for text in warnings), *(("note", text) for text in notes)]


def _joined(rows: Iterable[Line]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)


def markdown(sheet: Sheet) -> str:
    """A table of the years, the rules behind the events, what a reader must know."""
    return "\n".join(part for part in (*_parts(sheet), _list(sheet.warnings, sheet.notes)) if part)


def markdown_pair(pair: Pair) -> str:
    """The verdict and the difference by year, then each ladder."""
    rows = [["year", f"A: {pair.names[0]}", f"B: {pair.names[1]}", "B less A"]]
    for a, b, by in zip(pair.a.rows, pair.b.rows, pair.differences, strict=True):
        rows.append([a.year, a.mid, b.mid, by])
    rows.append([f"**sum {pair.a.span}**", pair.a.sums[1], pair.b.sums[1], pair.total])
    parts = [
        "## Two ladders\n",
        "".join(f"- **{escaped(text)}.**\n" for text in pair.verdict),
        _table([[_bold(cell) for cell in row] for row in rows], "rrrr"),
        *_parts(pair.a),
        *_parts(pair.b),
        _list(pair.warnings, pair.notes),
    ]
    return "\n".join(part for part in parts if part)


def _bold(cell: str) -> str:
    return cell if cell.startswith("**") else escaped(cell)


def _parts(sheet: Sheet) -> list[str]:
    rows = [["year", sheet.place, *HEAD, "event"]]
    for row in sheet.rows:
        cells = [row.year, row.place, row.low, row.mid, row.high, row.change, row.total]
        rows.append([*cells, escaped(row.long)])
    low, mid, high = sheet.sums
    rows.append([f"**{sheet.span}**", "**sum**", low, mid, high, "", "", ""])
    rules = {(event.rule, event.basis, event.where) for row in sheet.rows for event in row.events}
    return [
        f"## {escaped(sheet.headline)}\n\n{escaped(sheet.when)}, {sheet.method} method.\n",
        _table(rows, "rlrrrrrl"),
        "".join(f"- {escaped('; '.join(rule))}\n" for rule in sorted(rules)),
    ]


def _list(warnings: Iterable[str], notes: Iterable[str]) -> str:
    told = [f"- **Warning**: {escaped(text)}\n" for text in warnings]
    return "".join([*told, *(f"- {escaped(text)}\n" for text in notes)])


def _table(rows: list[list[str]], align: str) -> str:
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    rule = "| " + " | ".join("---:" if side == "r" else "---" for side in align) + " |"
    return "\n".join([head, rule, *body]) + "\n"
