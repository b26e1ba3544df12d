"""A rule as a document: what it is, its values with their notes, who uses it; and the list of what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats import document as doc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.domain.review.story import Amount, Group, Series, Story, Use, Value

MARK = "*"
MOST_IDS, SOME = 60, 6
USES = 20
SPELLED = {"licence": "license"}
"""Keys of rule files that are spelled otherwise for people."""
LONG = {"benefit": "Benefits", "note": "Notes"}
"""Facts that are paragraphs, shown last."""
VALUES = (
    doc.Column("of", wraps=True),
    doc.Column("in force from"),
    *doc.amounts("value", "low", "high"),
    doc.Column("basis"),
    doc.Column("confidence"),
    doc.Column("where", style="dim", gives_way=1, joins=True),
)
USED = (
    doc.Column("rule", wraps=True),
    doc.Column("how", wraps=True),
    doc.Column("where", style="dim", gives_way=1, joins=True),
)


def page(story: Story, as_of: str) -> doc.Document:
    """The whole rule."""
    short = tuple(
        doc.Fact(SPELLED.get(label, label), text, "dim") for label, text in story.facts if label not in LONG
    )
    aliases = f"Also called: {', '.join(story.aliases)}" if story.aliases else ""
    cited = tuple(f"{id_}: {title}" for id_, title, _ in story.cited)
    found: list[doc.Part | doc.For] = [
        doc.Heading(f"{story.id}: {story.name}"),
        doc.Prose(f"{story.kind}, {story.where}", style="dim", tight=True),
        doc.Prose(aliases, tight=True),
        doc.Facts(short),
        *_values(story.series, as_of),
        *_used_by(story.uses),
        *(part for label, title in LONG.items() for part in _paragraphs(story, label, title)),
        doc.Notes("Sources", cited),
    ]
    return (
        doc.in_lines(doc.Lines(tuple(_lines(story)))),
        *(one if isinstance(one, doc.For) else doc.for_people(one) for one in found),
    )


def _paragraphs(story: Story, label: str, title: str) -> Iterator[doc.For]:
    texts = tuple(text for name, text in story.facts if name == label)
    yield doc.on_screen(doc.Items(title, tuple(f"- {text}" for text in texts), len(texts), ()))
    yield doc.on_page(doc.Items(title, texts, len(texts), ()))


def _values(every: Sequence[Series], as_of: str) -> Iterator[doc.Part | doc.For]:
    """One series with its notes; several as lines only, for there would be a page of notes."""
    if not every:
        return
    units = list(dict.fromkeys(value.amount.unit for series in every for value in series.values))
    unit = f", {units[0]}" if len(units) == 1 and units[0] else ""
    title = f"Values{unit} ({MARK} in force on {as_of})"
    if len(every) > 1:
        rows = tuple(doc.Row(_cells(series.title, value)) for series in every for value in series.values)
        columns = (*VALUES[:-1], VALUES[-1]._replace(joins=False))
        yield doc.Section(title, (doc.Grid(columns, rows),))
        yield doc.on_screen(
            doc.Prose("--json has each value's notes, sources and rows", style="dim", tight=True)
        )
        return
    [series] = every
    newest = [value for value in series.values if value.state == "in force"] or series.values[-1:]
    rows = tuple(
        doc.Row(_cells(series.title, value), _story(value) if value in newest else ())
        for value in series.values
    )
    yield doc.Section(title, (doc.Grid(VALUES, rows), *(_table(value.amount) for value in newest)))


def _cells(title: str, value: Value) -> doc.Line:
    amount = value.amount
    since = f"{value.effective} {MARK}" if value.state == "in force" else value.effective
    figures = (amount.figure, amount.low, amount.high)
    return (title, since, *figures, value.basis, value.confidence, value.where)


def _story(value: Value) -> tuple[doc.Line, ...]:
    """Under the value in force: its note, what it rests on, when to look again."""
    texts = (("note", value.note), ("sources", ", ".join(value.sources)), ("review by", value.review_by))
    return tuple((label, text) for label, text in texts if text)


def _table(amount: Amount) -> doc.Grid:
    head, rows = (amount.rows[0], amount.rows[1:]) if amount.rows else ((), ())
    return doc.Grid(doc.amounts(*head), tuple(map(doc.Row, rows)), tight=True)


def _used_by(uses: Sequence[Use]) -> Iterator[doc.Part | doc.For]:
    """Who refers to it, once each, with all places."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for use in uses:
        grouped.setdefault((use.by, use.how), []).append(use.where)
    rows = tuple(doc.Row((by, how, places(where))) for (by, how), where in grouped.items())
    more = doc.More(max(0, len(rows) - USES), "--json lists them all", "")
    yield doc.on_screen(doc.Section("Used by", (doc.Grid(USED, rows[:USES]), more), len(rows)))
    yield doc.on_page(doc.Section("Used by", (doc.Grid(USED, rows),), len(rows)))


def places(where: Sequence[str]) -> str:
    """Places in few words: a file is named once, then its lines."""
    lines: dict[str, list[str]] = {}
    for place in where:
        file, _, line = place.rpartition(":")
        lines.setdefault(file, []).append(line)
    return ", ".join(f"{file}:{',:'.join(dict.fromkeys(found))}" for file, found in lines.items())


def _lines(story: Story) -> Iterator[doc.Line]:
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


def listing(groups: Sequence[Group]) -> doc.Document:
    """What can be shown: the ids of each kind, on a screen a few where there are hundreds."""
    every = tuple((group.kind, id_) for group in groups for id_ in group.ids)
    lead = "Rules by kind; 'ehrpay rules show ID' shows one, and the last part of an id is enough."
    return (
        doc.in_lines(doc.Lines(every)),
        doc.for_people(doc.Prose(lead)),
        *(doc.on_screen(doc.Section(one.kind, (doc.Prose(_some(one)),), len(one.ids))) for one in groups),
        *(
            doc.on_page(doc.Section(one.kind, (doc.Prose(", ".join(one.ids)),), len(one.ids)))
            for one in groups
        ),
    )


def _some(group: Group) -> str:
    if len(group.ids) <= MOST_IDS:
        return ", ".join(group.ids)
    more = len(group.ids) - SOME
    return f"{', '.join(group.ids[:SOME])} and {more} more (--format plain lists them)"
