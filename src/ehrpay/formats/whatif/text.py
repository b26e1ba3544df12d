"""A what-if for pipes and screen readers (one fact a line, tabs between) and as Markdown. Nothing is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats.estimate.text import escaped
from ehrpay.formats.whatif.view import ENDS, Group, about

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.formats.whatif.view import Route, Sheet


def plain(sheet: Sheet) -> str:
    """A change is rank, what it is, gain on low, middle and high, wait, confidence, basis; its facts follow."""
    rows = [("who", sheet.headline), ("unit", sheet.when), ("method", sheet.method)]
    rows.append(("now", "\t".join(sheet.now)))
    for row in sheet.rows:
        rows.append(("change", "\t".join(row.cells)))
        rows += row.about
    if sheet.more:
        rows.append(("more", str(sheet.more)))
    rows += [("no difference", label) for label in sheet.same]
    rows += [("no pay evidence", text) for text in _told(sheet.silent)]
    rows += [("not possible", text) for text in _told(sheet.refused)]
    rows += [("note", note) for note in sheet.notes]
    return "".join(f"{label}\t{text}\n" for label, text in rows)


def _told(groups: Sequence[Group]) -> list[str]:
    return [f"{label}\t{group.reason}" for group in groups for label in group.labels]


def plain_route(route: Route) -> str:
    """Both ends with low, middle and high, then the legs of the middle."""
    rows = [("from", route.headlines[0]), ("to", route.headlines[1]), ("unit", route.when)]
    rows += [(name, "\t".join(cells)) for name, *cells in route.values]
    rows += [("step", "\t".join(leg)) for leg in route.legs]
    rows += [("note", note) for note in route.notes]
    return "".join(f"{label}\t{text}\n" for label, text in rows)


def markdown(sheet: Sheet) -> str:
    """A table of the ranking, lists for the rest."""
    now = [["", *ENDS], ["now", *sheet.now]]
    ranked = [["#", "change", "low", "middle", "high", "wait", "sure", "basis", "fee, needs, notes"]]
    ranked += [[escaped(cell) for cell in (*row.cells, about(row))] for row in sheet.rows]
    parts = [
        f"## {escaped(sheet.headline)}\n\n{escaped(sheet.when)}, {sheet.method} method.\n",
        _rows(now, "lrrr"),
        _rows(ranked, "rlrrrllll"),
        f"And {sheet.more} more with a smaller gain or a loss.\n" if sheet.more else "",
        _list("No difference", [Group("pays the same", sheet.same)] if sheet.same else []),
        _list("No pay evidence, so no number", sheet.silent),
        _list("Not possible now", sheet.refused),
        "".join(f"- {escaped(note)}\n" for note in sheet.notes),
    ]
    return "\n".join(part for part in parts if part)


def _list(title: str, groups: Sequence[Group]) -> str:
    if not groups:
        return ""
    lines = [f"- {escaped(group.names)}: {escaped(group.reason)}\n" for group in groups]
    return f"### {title}\n\n{''.join(lines)}"


def markdown_route(route: Route) -> str:
    """Two tables: both ends, and the legs."""
    legs = [["The middle, from here to there", "change", "total"], *map(list, route.legs)]
    parts = [
        f"## {escaped(route.headlines[1])}\n\nFrom {escaped(route.headlines[0])}. {escaped(route.when)}.\n",
        _rows([["", *ENDS], *map(list, route.values)], "lrrr"),
        _rows([[escaped(cell) for cell in leg] for leg in legs], "lrr"),
        "".join(f"- {escaped(note)}\n" for note in route.notes),
    ]
    return "\n".join(parts)


def _rows(rows: list[list[str]], align: str) -> str:
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    rule = "| " + " | ".join("---:" if side == "r" else "---" for side in align) + " |"
    return "\n".join([head, rule, *body]) + "\n"
