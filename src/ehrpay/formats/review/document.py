"""What rule keepers read, as documents: a rule with its values, the rules there are, the sources, a run of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats import document as doc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.domain.review.story import (
        Amount,
        Bibliography,
        CaseResult,
        Citation,
        Group,
        Series,
        Story,
        Use,
        Value,
    )

MARK = "*"
MOST_IDS, SOME = 60, 6
USES = 20
SPELLED = {"licence": "license"}
"""Keys of rule files that are spelled otherwise for people."""
LONG = {"benefit": "Benefits", "note": "Notes"}
"""Facts that are paragraphs, shown last."""
WHERE = doc.Column("where", style="dim", gives_way=1, joins=True)
VALUES = (
    doc.Column("of", wraps=True),
    doc.Column("in force from"),
    *doc.amounts("value", "low", "high"),
    doc.Column("basis"),
    doc.Column("confidence"),
    WHERE,
)
USED = (doc.Column("rule", wraps=True), doc.Column("how", wraps=True), WHERE)
MOST_RULES = 3
SOURCES = (
    doc.Column("source", wraps=True, style="bold"),
    doc.Column("title", wraps=True, least=20),
    *map(doc.Column, ("published by", "where", "used by")),
)
FAILED = (
    doc.Column("failed case", wraps=True, least=20, style="bold"),
    doc.Column("where", style="dim", gives_way=1),
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


def sources(found: Bibliography) -> doc.Document:
    """A source, its title, and the rules on it; the unused last."""
    used = [source for source in found.sources if source.uses]
    unused = [source for source in found.sources if not source.uses]
    short = tuple(f"{source.id}: {source.title} ({source.where})" for source in unused)
    return (
        doc.in_lines(doc.Lines(tuple(_source_lines(found)))),
        doc.for_people(doc.Prose(_counted(len(used), len(unused)))),
        doc.on_screen(doc.Grid(SOURCES[:2], tuple(map(_source, used)))),
        doc.on_page(doc.Grid(SOURCES, tuple(map(_whole, used)))),
        doc.for_people(doc.Items("Not cited", short, len(unused), ())),
        doc.Notes("Wrong", tuple(problems(found)), label="problem", style="bold"),
    )


def _source_lines(found: Bibliography) -> Iterator[doc.Line]:
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


def _source(source: Citation) -> doc.Row:
    count = len(source.uses)
    times = "1 place" if count == 1 else f"{count} places"
    proof = f"{source.publisher}, {source.published}; {source.where}"
    return doc.Row(
        (source.id, source.title), (("published by", proof), ("used in", f"{times}: {_rules_on(source)}"))
    )


def _whole(source: Citation) -> doc.Row:
    proof = f"{source.publisher}, {source.published}"
    return doc.Row((source.id, source.title, proof, source.where, ", ".join(source.rules)))


def _counted(used: int, unused: int) -> str:
    if unused:
        return f"{used + unused} sources; {unused} of them aren't cited."
    return f"{used} sources, all cited." if used else "Every source is cited."


def _rules_on(source: Citation) -> str:
    rules = source.rules
    more = f" and {len(rules) - MOST_RULES} more" if len(rules) > MOST_RULES + 1 else ""
    return ", ".join(rules[: MOST_RULES if more else MOST_RULES + 1]) + more


def cases(outcomes: Sequence[CaseResult]) -> doc.Document:
    """Each failing case by its sentence, what is wrong with it and where, then the counts."""
    failed = [one for one in outcomes if one.missed]
    counts = summary(len(outcomes), len(failed))
    return (
        doc.Grid(FAILED, tuple(map(_case, failed))),
        doc.for_people(doc.Prose(counts, style="bold red" if failed else "bold")),
        doc.in_lines(doc.Lines(((counts,),))),
    )


def _case(one: CaseResult) -> doc.Row:
    under = tuple(("wrong", f"{missed.sentence} ({missed.where})") for missed in one.missed)
    lines = tuple(("failed", missed.where, one.name, missed.sentence) for missed in one.missed)
    return doc.Row((one.name, one.where), under, lines)


def summary(count: int, failed: int) -> str:
    """How many passed, in a sentence."""
    many = "1 case" if count == 1 else f"{count} cases"
    return f"{many}: {count - failed} passed, {failed} failed" if failed else f"{many}: all passed"
