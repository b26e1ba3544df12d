"""A rule's story for people: what it is, its values with their notes, who uses it. Narrow screens get lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from ehrpay.formats.glyphs import in_ascii, one_line
from ehrpay.formats.grid import GAP
from ehrpay.formats.pen import Pen, widest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.review.story import Amount, Group, Series, Story, Use, Value
    from ehrpay.formats.glyphs import Tidy

WITH_RULES = 100
HEAD = ("", "of", "in force from", "value", "low", "high", "basis", "sure", "where")
OF, AMOUNTS = 1, (3, 4, 5)
LEAST_TITLE = 12
MOST_IDS = 60
MARK = "*"
USES = 20
LONG = {"benefit": "Benefits", "note": "Notes"}
"""Facts that are paragraphs, shown last."""


def table(story: Story, as_of: str, *, width: int, unicode: bool, color: str | None) -> str:
    """The whole story, drawn on so many columns."""
    pen = Pen(width, unicode=unicode, color=color)
    tidy = one_line if unicode else in_ascii
    pen.put(Text.assemble((story.id, "bold"), f"  {tidy(story.name)}", overflow="fold"))
    pen.put(f"{story.kind}, {story.where}", style="dim")
    if story.aliases:
        pen.put(f"Also typed as: {tidy(', '.join(story.aliases))}")
    short = [fact for fact in story.facts if fact[0] not in LONG]
    if short:
        pen.put()
    _facts(short, pen, tidy)
    _values(story.series, as_of, pen, tidy)
    _uses(story.uses, pen)
    for label, title in LONG.items():
        if told := [fact for fact in story.facts if fact[0] == label]:
            _title(title, pen)
            for _, text in told:
                pen.put(f"- {tidy(text)}", indent=GAP)
    if story.cited:
        _title("Sources", pen)
        for id_, title, _ in story.cited:
            pen.put(f"{id_}: {tidy(title)}", indent=GAP)
    return pen.drawn()


def _facts(facts: Sequence[tuple[str, str]], pen: Pen, tidy: Tidy) -> None:
    for label, text in facts:
        pen.put(Text.assemble((f"{label}: ", "dim"), tidy(text), overflow="fold"))


def _title(text: str, pen: Pen) -> None:
    pen.put()
    pen.put(text, style="bold")


def _values(every: Sequence[Series], as_of: str, pen: Pen, tidy: Tidy) -> None:
    """One series with its notes; several as lines only, for there would be a page of notes."""
    if not every:
        return
    units = list(dict.fromkeys(value.amount.unit for series in every for value in series.values))
    unit = f", {units[0]}" if len(units) == 1 and units[0] else ""
    _title(f"Values{unit} ({MARK} in force on {as_of})", pen)
    placed = _lines([_line(tidy(series.title), value) for series in every for value in series.values], pen)
    if len(every) > 1:
        pen.put("Notes, sources and rows of each value: --json", style="dim")
        return
    newest = [value for value in every[0].values if value.state == "in force"] or every[0].values[-1:]
    for value in newest:
        _story(value, "" if placed else value.where, pen, tidy)


def _line(title: str, value: Value) -> tuple[str, ...]:
    mark = MARK if value.state == "in force" else ""
    amount = value.amount
    figures = (value.effective, amount.figure, amount.low, amount.high)
    return mark, title, *figures, value.basis, value.confidence, value.where


def _lines(rows: Sequence[tuple[str, ...]], pen: Pen) -> bool:
    """A line a value, or several on a narrow screen; whether its place was shown."""
    kept = [n for n, name in enumerate(HEAD) if any(row[n] for row in rows) and _has_room(name, pen)]
    lines = [[row[n] for n in kept] for row in (HEAD, *rows)]
    widths = [widest(column) for column in zip(*lines, strict=True)]
    over = sum(widths) + GAP * (len(widths) - 1) - pen.width
    # A long title may take several lines; an amount may not.
    if over > 0 and OF in kept and widths[kept.index(OF)] - over >= LEAST_TITLE:
        widths[kept.index(OF)] -= over
    elif over > 0:
        _stacked(rows, pen)
        return True
    right = [kept.index(n) for n in AMOUNTS if n in kept]
    pen.columns([[Text(cell, "dim") for cell in lines[0]]], widths, right=right)
    for row, cells in zip(rows, lines[1:], strict=True):
        pen.columns(
            [[Text(cell, "bold" if row[0] else "", overflow="fold") for cell in cells]], widths, right=right
        )
    return "where" in [HEAD[n] for n in kept]


def _has_room(name: str, pen: Pen) -> bool:
    return name != "where" or pen.width >= WITH_RULES


def _stacked(rows: Sequence[tuple[str, ...]], pen: Pen) -> None:
    for mark, title, effective, *cells, where in rows:
        head = ", ".join(part for part in (title, effective) if part)
        pen.put(f"{mark + ' ' if mark else ''}{head}", style="bold" if mark else "")
        for name, cell in zip(HEAD[3:-1], cells, strict=True):
            if cell:
                pen.put(f"{name}: {cell}", indent=GAP)
        pen.put(where, style="dim", indent=GAP)


def _story(value: Value, where: str, pen: Pen, tidy: Tidy) -> None:
    """Under the value in force: its rows, its note, what it rests on, when to look again, and where it stands."""
    _rows(value.amount, pen)
    told = (
        ("note", value.note),
        ("sources", ", ".join(value.sources)),
        ("review by", value.review_by),
        ("where", where),
    )
    for label, text in told:
        if text:
            pen.put(Text.assemble((f"{label}: ", "dim"), tidy(text), overflow="fold"), indent=GAP)


def _rows(amount: Amount, pen: Pen) -> None:
    if not amount.rows:
        return
    widths = [widest(column) for column in zip(*amount.rows, strict=True)]
    if sum(widths) + GAP * (len(widths) - 1) <= pen.width:
        every = range(len(widths))
        pen.columns([[Text(cell) for cell in row] for row in amount.rows], widths, right=every)
        return
    head, *body = amount.rows
    if len(body) > 1:
        for label, *cells in body:
            pen.put(f"{head[0]} {label}: {', '.join(cells)}", indent=GAP)
        return
    pairs = zip(head, body[0], strict=True)
    pen.put(", ".join(f"{name} {cell}" for name, cell in pairs), indent=GAP)


def _uses(uses: Sequence[Use], pen: Pen) -> None:
    """Who refers to it, once each, with all places."""
    if not uses:
        return
    grouped: dict[tuple[str, str], list[str]] = {}
    for use in uses:
        grouped.setdefault((use.by, use.how), []).append(use.where)
    _title(f"Used by ({len(grouped)})", pen)
    rows = [(by, how, places(where)) for (by, how), where in grouped.items()]
    widths = [widest(column) for column in zip(*rows, strict=True)]
    for by, how, where in rows[:USES]:
        if sum(widths) + 3 * GAP <= pen.width:
            pen.put(f"{by:<{widths[0]}}  {how:<{widths[1]}}  {where}", indent=GAP)
        else:
            pen.put(Text.assemble((by, "bold"), f" {how}", overflow="fold"), indent=GAP)
            pen.put(where, style="dim", indent=2 * GAP)
    if len(rows) > USES:
        pen.put(f"and {len(rows) - USES} more: --json has them all", style="dim", indent=GAP)


def places(where: Sequence[str]) -> str:
    """Places in few words: a file is named once, then its lines."""
    lines: dict[str, list[str]] = {}
    for place in where:
        file, _, line = place.rpartition(":")
        lines.setdefault(file, []).append(line)
    return ", ".join(f"{file}:{',:'.join(dict.fromkeys(found))}" for file, found in lines.items())


def kinds_table(groups: Sequence[Group], *, width: int, unicode: bool, color: str | None) -> str:
    """What can be shown: the ids of each kind, a few where there are hundreds."""
    pen = Pen(width, unicode=unicode, color=color)
    pen.put("Rules by kind; 'ehrpay rules show ID' shows one, and the end of an id will do.")
    for group in groups:
        _title(f"{group.kind} ({len(group.ids)})", pen)
        kept = group.ids if len(group.ids) <= MOST_IDS else group.ids[:6]
        rest = (
            "" if kept is group.ids else f" and {len(group.ids) - len(kept)} more (--format plain lists them)"
        )
        pen.put(f"{', '.join(kept)}{rest}", indent=GAP)
    return pen.drawn()
