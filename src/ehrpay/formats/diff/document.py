"""A comparison of rules as a document: each change with its effect, then who moves."""

from __future__ import annotations

from itertools import starmap
from typing import TYPE_CHECKING

from ehrpay.domain.numerals import exact
from ehrpay.domain.review.changes import ADDED, CHANGED, REMOVED
from ehrpay.formats import document as doc
from ehrpay.formats.amounts import gained, signed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.domain.review.changes import Change, Difference, Shown
    from ehrpay.domain.review.moves import Move, Moves

NOTHING = "none"
LONGEST = 80
"""A word's value longer than this is cut; JSON has it whole."""
COUNTED = {CHANGED: "changed", ADDED: "added", REMOVED: "removed"}
ALL = "--top all"
NOTE = (
    "The two sides price on different days: this compares the values in force on each day, and "
    "projects wages to each side's own day."
)
CHANGES = (
    doc.Column("rule", wraps=True, least=20),
    doc.Column("change", wraps=True, style="bold"),
    *map(doc.Column, ("where", "rests on", "effect")),
)
MOVES = (
    doc.Column("profile", wraps=True),
    *(doc.Column(head, right=True, gives_way=1) for head in ("before", "after")),
    *doc.amounts("low"),
    doc.Column("middle", right=True, style="bold"),
    *doc.amounts("high", "percent"),
)


def document(result: Difference, most: int | None, only: Sequence[str]) -> doc.Document:
    """The sides, what changed in which file, numbers before words, who moves, and the counts."""
    kept = result.matching(only)
    summary = doc.Facts(tuple(starmap(doc.Fact, _summary(result.moves))))
    sides = (("before", result.before), ("after", result.after))
    return (
        doc.for_people(doc.Heading("What changed in the rules, and whose pay changes")),
        doc.Facts(
            tuple(
                doc.Fact(name, f"{end.name}, priced as of {end.as_of}, rules {end.version}", "dim")
                for name, end in sides
            )
        ),
        doc.Prose(NOTE if result.dates else "", label="note"),
        doc.on_page(doc.Prose(_headline(result), style="bold")),
        doc.on_page(summary),
        *_changed(result, kept, most),
        *who(result.moves, most),
        doc.on_screen(doc.Section(f"All {result.priced.several}", (summary,))),
        doc.in_lines(summary),
    )


def _headline(result: Difference) -> str:
    moves = result.moves
    parts = [f"{len(moves.moved):,} of {moves.total:,} {result.priced.several} change"]
    parts += [f"{len(group):,} {name}" for name, group in _one_sided(moves) if group]
    return ("" if result.changes else "Nothing changed in the rules; ") + ", ".join(parts) + "."


def _one_sided(moves: Moves) -> tuple[tuple[str, tuple[Move, ...]], ...]:
    return ("gained an answer", moves.gained), ("lost an answer", moves.lost)


def _changed(result: Difference, kept: Sequence[Change], most: int | None) -> Iterator[doc.Part | doc.For]:
    numbers = [one for one in kept if one.numeric][:most]
    words = [one for one in kept if not one.numeric][: None if most is None else most - len(numbers)]
    left_out = len(result.changes) - len(kept)
    if not kept:
        yield doc.in_lines(doc.Lines((("changed", "nothing"),)))
        nothing = "No change matches --only." if left_out else "Nothing changed in the rules."
        yield doc.for_people(doc.Prose(nothing))
    totals = doc.Grid((doc.Column("file", wraps=True), doc.Column("values")), tuple(_totals(kept)), "file")
    yield doc.Section("Changed, by file", (totals,))
    effect = _effect(result)
    for title, changes in (("Changed numbers", numbers), ("Changed words", words)):
        rows = tuple(_change(one, effect) for one in changes)
        page = tuple(doc.Row((*row.cells, *(text for _, text in row.under))) for row in rows)
        brief = tuple(row._replace(under=tuple(fact for fact in row.under if fact[1])) for row in rows)
        yield doc.off_page(doc.Section(title, (doc.Grid(CHANGES[:2], brief),), len(rows)))
        yield doc.on_page(doc.Section(title, (doc.Grid(CHANGES, page),), len(rows)))
    hint = f"{ALL}, or --only 'GLOB' of the names"
    yield doc.More(len(kept) - len(numbers) - len(words), hint, " changes: `--top all`")
    if left_out:
        yield doc.in_lines(doc.Lines((("left out by --only", f"{left_out}"),)))
        yield doc.for_people(doc.Prose(f"{left_out:,} changes hidden by --only", style="dim", tight=True))


def _totals(changes: Sequence[Change]) -> Iterator[doc.Row]:
    """A row for each file: how many values changed, came or went."""
    for file in dict.fromkeys(change.file for change in changes):
        kinds = [one.kind for one in changes if one.file == file]
        counts = (f"{kinds.count(kind):,} {word}" for kind, word in COUNTED.items() if kind in kinds)
        yield doc.Row((file, ", ".join(counts)))


def _change(change: Change, effect: str) -> doc.Row:
    where = " -> ".join(side.where for side in (change.old, change.new) if side.where)
    about, values = _about(change), _values(change)
    facts = (("where", where), ("rests on", about), ("effect", effect))
    lines: list[doc.Line] = [("change", change.id, values, where)]
    lines += [(name, text) for name, text in (("about", about), ("effect", effect)) if text]
    return doc.Row((change.id, values), facts, tuple(lines))


def _values(change: Change) -> str:
    unit = f" {change.unit}" if change.unit else ""
    if change.kind == ADDED:
        return f"added: {_value(change.new.value)}{unit}"
    if change.kind == REMOVED:
        return f"removed: {_value(change.old.value)}{unit}"
    return f"{_value(change.old.value)} -> {_value(change.new.value)}{unit}"


def _value(value: Shown) -> str:
    if value is None:
        return NOTHING
    text = f"{value:,}" if isinstance(value, int) else ", ".join(value) if isinstance(value, list) else value
    return text if len(text) <= LONGEST else text[: LONGEST - 3].rstrip() + "..."


def _about(change: Change) -> str:
    """What a number rests on: its date, basis and sources; both where they differ."""
    if not change.numeric:
        return ""
    sides = [side for side in (change.old, change.new) if side.where]
    parts = []
    for name, texts in (
        ("in force from", [side.effective for side in sides]),
        ("basis", [side.basis for side in sides]),
        ("sources", [", ".join(side.sources) for side in sides]),
    ):
        different = list(dict.fromkeys(filter(None, texts)))
        if different:
            parts.append(f"{name} {' -> '.join(different)}")
    return "; ".join(parts)


def _effect(result: Difference) -> str:
    """Whom the only change moves and by how much; that none moves anybody; nothing where several do."""
    if not result.moves.any:
        return result.priced.no_effect
    return "" if result.effect is None else _moved(result.effect)


def _moved(move: Move) -> str:
    who, old, new = move.person.name, move.before, move.after
    if old.error:
        return f"{who}: no answer -> {new.mid:,}"
    if new.error:
        return f"{who}: {old.mid:,} -> no answer: {new.error}"
    low, mid, high = move.changes
    if mid:
        return f"{who}: {old.mid:,} -> {new.mid:,} ({gained(mid)}, {percent(move.percent)})"
    ends = [("low", old.low, new.low), ("high", old.high, new.high)]
    # Who falls outside the middle half is named only where nothing nearer moves.
    ends += [] if low or high else [("P10", old.p10, new.p10), ("P90", old.p90, new.p90)]
    moved = [f"{name} {a:,} -> {b:,} ({gained(b - a)})" for name, a, b in ends if a != b]
    return f"{who}: {', '.join(moved)}; the middle stays {new.mid:,}"


def percent(size: int) -> str:
    """Hundredths of a percent with sign: `+1.94 %`."""
    return f"{signed(exact(size))} %"


def who(moves: Moves, most: int | None) -> Iterator[doc.Part | doc.For]:
    """Whose pay changes, and who has an answer on one side only, or on none."""
    rows = tuple(map(_move, moves.moved[:most]))
    more = doc.More(len(moves.moved) - len(rows), ALL, " with smaller changes: `--top all`", "more moves")
    title = "Whose pay changes, in dollars a year, largest change of the middle first"
    yield doc.Section(title, (doc.Grid(MOVES, rows, "move"), more), len(moves.moved))
    now = [f"{one.after.mid:,}; before: {one.before.error}" for one in moves.gained]
    yield from _answers("Now with an answer", moves.gained, now, most)
    was = [f"was {one.before.mid:,}; {one.after.error}" for one in moves.lost]
    yield from _answers("No answer anymore", moves.lost, was, most)
    why = [one.after.error for one in moves.silent]
    yield from _answers("No answer on either side", moves.silent, why, most)


def _move(move: Move) -> doc.Row:
    low, mid, high = map(gained, move.changes)
    note = ""
    if not any(move.changes):
        tails = [f"{name} {gained(by)}" for name, by in zip(("P10", "P90"), move.tails, strict=True) if by]
        note = f"moves only {' and '.join(tails)}" if tails else ""
    if move.before.method != move.after.method:
        note = f"{move.before.method} method -> {move.after.method} method"
    ends = f"{move.before.mid:,}", f"{move.after.mid:,}"
    cells = (move.person.name, *ends, low, mid, high, percent(move.percent))
    if not note:
        return doc.Row(cells)
    return doc.Row(cells, (("note", note),), (("move", *cells, note),))


def _answers(
    title: str, group: Sequence[Move], why: Sequence[str], most: int | None
) -> Iterator[doc.Part | doc.For]:
    """People with an answer on one side only, or on none."""
    found = [(one.person.name, text) for one, text in zip(group, why, strict=True)][:most]
    texts = tuple(f"{name}: {text}" for name, text in found)
    yield doc.Items(title, texts, len(group), tuple((title.lower(), *one) for one in found))
    yield doc.for_people(doc.More(len(group) - len(found), ALL, f": `{ALL}`"))


def _summary(moves: Moves) -> Iterator[tuple[str, str]]:
    yield "profiles", f"{moves.total:,}"
    yield "moved", f"{len(moves.moved):,}"
    yield "unmoved", f"{len(moves.stayed):,}"
    yield from ((name, f"{len(group):,}") for name, group in _one_sided(moves) if group)
    if moves.silent:
        yield "no answer on either side", f"{len(moves.silent):,}"
    if moves.moved:
        yield (
            "mean change",
            f"{gained(moves.mean)} ({percent(moves.mean_percent)}), including those unchanged",
        )
        yield "all middles", f"{gained(moves.total_change)} dollars a year together"
    if moves.paid:
        for point, name in (("low", "low"), ("mid", "the middle")):
            before, after = moves.raising(point)
            yield (
                f"raising all to {name}",
                f"{before:,} -> {after:,} dollars a year ({gained(after - before)})",
            )
    for name, move in (("largest gain", moves.largest_gain), ("largest loss", moves.largest_loss)):
        if move is not None:
            yield name, f"{gained(move.changes[1])} ({percent(move.percent)}), {move.person.name}"
