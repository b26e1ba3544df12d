"""A rule as a document: what it is, its values with their notes, who uses it; and the list of what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats.document import (
    LINES,
    PAGE,
    SCREEN,
    Column,
    Fact,
    Facts,
    For,
    Grid,
    Heading,
    Items,
    Lines,
    More,
    Notes,
    Prose,
    Row,
    Section,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.domain.review.story import Amount, Group, Series, Story, Use, Value
    from ehrpay.formats.document import Document, Line, Part

MARK = "*"
MOST_IDS, SOME = 60, 6
USES = 20
LONG = {"benefit": "Benefits", "note": "Notes"}
"""Facts that are paragraphs, shown last."""
VALUES = (
    Column("of", wraps=True),
    Column("in force from"),
    *(Column(head, right=True) for head in ("value", "low", "high")),
    Column("basis"),
    Column("sure"),
    Column("where", style="dim", gives_way=1, joins=True),
)
USED = (
    Column("rule", wraps=True),
    Column("how", wraps=True),
    Column("where", style="dim", gives_way=1, joins=True),
)


def page(story: Story, as_of: str) -> Document:
    """The whole rule."""
    short = tuple(Fact(label, text, "dim") for label, text in story.facts if label not in LONG)
    aliases = f"Also typed as: {', '.join(story.aliases)}" if story.aliases else ""
    cited = tuple(f"{id_}: {title}" for id_, title, _ in story.cited)
    found: list[Part | For] = [
        Heading(f"{story.id}: {story.name}"),
        Prose(f"{story.kind}, {story.where}", style="dim", tight=True),
        Prose(aliases, tight=True),
        Facts(short),
        *_values(story.series, as_of),
        *_used_by(story.uses),
        *(part for label, title in LONG.items() for part in _paragraphs(story, label, title)),
        Notes("Sources", cited),
    ]
    return (
        For((LINES,), Lines(tuple(_lines(story)))),
        *(one if isinstance(one, For) else For((SCREEN, PAGE), one) for one in found),
    )


def _paragraphs(story: Story, label: str, title: str) -> Iterator[For]:
    texts = tuple(text for name, text in story.facts if name == label)
    yield For((SCREEN,), Items(title, tuple(f"- {text}" for text in texts), len(texts), ()))
    yield For((PAGE,), Items(title, texts, len(texts), ()))


def _values(every: Sequence[Series], as_of: str) -> Iterator[Part | For]:
    """One series with its notes; several as lines only, for there would be a page of notes."""
    if not every:
        return
    units = list(dict.fromkeys(value.amount.unit for series in every for value in series.values))
    unit = f", {units[0]}" if len(units) == 1 and units[0] else ""
    title = f"Values{unit} ({MARK} in force on {as_of})"
    if len(every) > 1:
        rows = tuple(Row(_cells(series.title, value)) for series in every for value in series.values)
        columns = (*VALUES[:-1], VALUES[-1]._replace(joins=False))
        yield Section(title, (Grid(columns, rows),))
        yield For((SCREEN,), Prose("Notes, sources and rows of each value: --json", style="dim", tight=True))
        return
    [series] = every
    newest = [value for value in series.values if value.state == "in force"] or series.values[-1:]
    rows = tuple(
        Row(_cells(series.title, value), _story(value) if value in newest else ()) for value in series.values
    )
    yield Section(title, (Grid(VALUES, rows), *(_table(value.amount) for value in newest)))


def _cells(title: str, value: Value) -> Line:
    amount = value.amount
    since = f"{value.effective} {MARK}" if value.state == "in force" else value.effective
    figures = (amount.figure, amount.low, amount.high)
    return (title, since, *figures, value.basis, value.confidence, value.where)


def _story(value: Value) -> tuple[Line, ...]:
    """Under the value in force: its note, what it rests on, when to look again."""
    texts = (("note", value.note), ("sources", ", ".join(value.sources)), ("review by", value.review_by))
    return tuple((label, text) for label, text in texts if text)


def _table(amount: Amount) -> Grid:
    head, rows = (amount.rows[0], amount.rows[1:]) if amount.rows else ((), ())
    return Grid(tuple(Column(name, right=True) for name in head), tuple(map(Row, rows)), tight=True)


def _used_by(uses: Sequence[Use]) -> Iterator[Part | For]:
    """Who refers to it, once each, with all places."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for use in uses:
        grouped.setdefault((use.by, use.how), []).append(use.where)
    rows = tuple(Row((by, how, places(where))) for (by, how), where in grouped.items())
    more = More(len(rows) - USES, "--json has them all", "") if len(rows) > USES else More(0, "", "")
    yield For((SCREEN,), Section("Used by", (Grid(USED, rows[:USES]), more), len(rows)))
    yield For((PAGE,), Section("Used by", (Grid(USED, rows),), len(rows)))


def places(where: Sequence[str]) -> str:
    """Places in few words: a file is named once, then its lines."""
    lines: dict[str, list[str]] = {}
    for place in where:
        file, _, line = place.rpartition(":")
        lines.setdefault(file, []).append(line)
    return ", ".join(f"{file}:{',:'.join(dict.fromkeys(found))}" for file, found in lines.items())


def _lines(story: Story) -> Iterator[Line]:
    """A value is series, date, figure, low, high, unit, state, basis, confidence, sources, review, place, note."""
    yield "rule", story.id, story.kind, story.name, story.where
    yield from (("alias", alias) for alias in story.aliases)
    yield from (("fact", label, text) for label, text in story.facts)
    for series in story.series:
        for value in series.values:
            amount = value.amount
            figures = (value.effective, amount.figure, amount.low, amount.high, amount.unit, value.state)
            proof = (value.basis, value.confidence, ",".join(value.sources), value.review_by)
            yield ("value", series.title, *figures, *proof, value.where, value.note)
            yield from (("row", *row) for row in amount.rows if value.state == "in force")
    yield from (("used by", use.by, use.how, use.where) for use in story.uses)
    yield from (("source", *cited) for cited in story.cited)


def listing(groups: Sequence[Group]) -> Document:
    """What can be shown: the ids of each kind, on a screen a few where there are hundreds."""
    every = tuple((group.kind, id_) for group in groups for id_ in group.ids)
    lead = "Rules by kind; 'ehrpay rules show ID' shows one, and the end of an id will do."
    return (
        For((LINES,), Lines(every)),
        For((SCREEN, PAGE), Prose(lead)),
        *(For((SCREEN,), Section(one.kind, (Prose(_some(one)),), len(one.ids))) for one in groups),
        *(For((PAGE,), Section(one.kind, (Prose(", ".join(one.ids)),), len(one.ids))) for one in groups),
    )


def _some(group: Group) -> str:
    if len(group.ids) <= MOST_IDS:
        return ", ".join(group.ids)
    more = len(group.ids) - SOME
    return f"{', '.join(group.ids[:SOME])} and {more} more (--format plain lists them)"
