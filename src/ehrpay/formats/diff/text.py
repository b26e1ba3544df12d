"""A comparison of rules for pipes (one fact a line, tabs between) and as Markdown for a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats.estimate.text import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.formats.diff.view import Line, Row, Sheet

FOLDED = 10
"""A longer list is folded away behind its count."""
MOVES = ("profile", "before", "after", "low", "middle", "high", "percent")


def plain(sheet: Sheet) -> str:
    """A change is its name, values and places; what it rests on and its effect follow on lines of their own."""
    rows = [*sheet.sides]
    if sheet.note:
        rows.append(("note", sheet.note))
    rows += [("file", f"{file}\t{counts}") for file, counts in sheet.totals] or [("changed", "nothing")]
    for line in (*sheet.numbers, *sheet.words):
        rows.append(("change", "\t".join((line.id, line.values, " -> ".join(line.where)))))
        rows += [(name, text) for name, text in (("about", line.about), ("effect", line.effect)) if text]
    rows += [("more", f"{sheet.more}")] if sheet.more else []
    rows += [("left out by --only", f"{sheet.left_out}")] if sheet.left_out else []
    rows += [("move", "\t".join(_cells(row))) for row in sheet.moves]
    rows += [("more moves", f"{sheet.more_moves}")] if sheet.more_moves else []
    rows += [(group.title.lower(), "\t".join(row)) for group in sheet.answers for row in group.rows]
    rows += sheet.summary
    return "".join(f"{label}\t{text}\n" for label, text in rows)


def _cells(row: Row) -> tuple[str, ...]:
    return (*row[:-1], row.note) if row.note else row[:-1]


def markdown(sheet: Sheet) -> str:
    """The summary first, then tables of changes and moves; long lists are folded."""
    sides = "".join(f"- **{name}**: {escaped(text)}\n" for name, text in sheet.sides)
    note = f"{escaped(sheet.note)}\n" if sheet.note else ""
    summary = "".join(f"- {name}: {escaped(text)}\n" for name, text in sheet.summary)
    parts = [f"## {sheet.title}\n\n{sides}", note, f"{_headline(sheet)}\n", summary]
    if sheet.totals:
        files = [[escaped(file), counts] for file, counts in sheet.totals]
        parts.append(f"### Changed files\n\n{_table(('file', 'values'), files)}")
    for title, lines in (("Changed numbers", sheet.numbers), ("Changed words", sheet.words)):
        if lines:
            head = ("rule", "change", "where", "rests on", "effect")
            parts.append(_folded(title, len(lines), _table(head, map(_changed, lines))))
    if sheet.more:
        parts.append(f"And {sheet.more:,} more changes: `--top all`.\n")
    if sheet.left_out:
        parts.append(f"{sheet.left_out:,} changes are left out by `--only`.\n")
    parts += _who(sheet)
    return "\n".join(part for part in parts if part)


def _headline(sheet: Sheet) -> str:
    told = dict(sheet.summary)
    moved = [f"**{told['moved']} of {told['profiles']} profiles move**"]
    moved += [
        f"{count} {name}" for name, count in sheet.summary if name in ("gained an answer", "lost an answer")
    ]
    return (
        ", ".join(moved) + "." if sheet.totals else "Nothing changed in the rules; " + ", ".join(moved) + "."
    )


def _changed(line: Line) -> Sequence[str]:
    places = "<br>".join(f"`{place}`" for place in line.where)
    return (f"`{line.id}`", escaped(line.values), places, escaped(line.about), escaped(line.effect))


def _who(sheet: Sheet) -> Iterable[str]:
    if sheet.moves:
        rows = [[escaped(cell) for cell in row[:-1]] for row in sheet.moves]
        table = _table(MOVES, rows, "lrrrrrr")
        more = f"\nAnd {sheet.more_moves:,} more that move less: `--top all`.\n" if sheet.more_moves else ""
        yield _folded("Who moves, dollars a year", len(rows), table + more)
    for group in sheet.answers:
        lines = "".join(f"- {escaped(name)}: {escaped(why)}\n" for name, why in group.rows)
        rest = group.size - len(group.rows)
        more = f"\nAnd {rest:,} more: `--top all`.\n" if rest else ""
        yield _folded(group.title, group.size, lines + more)


def _folded(title: str, count: int, body: str) -> str:
    if count <= FOLDED:
        return f"### {title}\n\n{body}"
    return f"<details>\n<summary>{title} ({count:,})</summary>\n\n{body}\n</details>\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], align: str = "") -> str:
    sides = align or "l" * len(head)
    rule = "| " + " | ".join("---:" if side == "r" else "---" for side in sides) + " |"
    body = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(["| " + " | ".join(head) + " |", rule, *body]) + "\n"
