"""A comparison of rules written out: the one view that its table, plain text and Markdown show."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from ehrpay.domain.numerals import exact
from ehrpay.domain.review.changes import ADDED, CHANGED, REMOVED
from ehrpay.formats.amounts import signed
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ehrpay.domain.review.changes import Change, Difference, Shown
    from ehrpay.domain.review.moves import Move, Moves
    from ehrpay.formats.glyphs import Tidy

NOTHING = "none"
NO_EFFECT = "no reference profile changes"
LONGEST = 80
"""A word's value longer than this is cut; JSON has it whole."""
COUNTED = {CHANGED: "changed", ADDED: "added", REMOVED: "removed"}


class Line(NamedTuple):
    """One change: its name, old and new value with the unit, the places, what it rests on, and its effect."""

    id: str
    kind: str
    values: str
    where: tuple[str, ...]
    about: str
    effect: str


class Row(NamedTuple):
    """One profile that moves: who, the middle before and after, the changes of low, middle and high, percent."""

    name: str
    before: str
    after: str
    low: str
    mid: str
    high: str
    percent: str
    note: str = ""


class Group(NamedTuple):
    """Profiles with an answer on one side only, or on none: a title, how many, and names with reasons."""

    title: str
    size: int
    rows: tuple[tuple[str, str], ...]


class Sheet(NamedTuple):
    """A comparison written out.

    `totals` has a line a file; `more` counts the changes not shown, `left_out` those that --only leaves out,
    `more_moves` the profiles not shown.
    """

    title: str
    sides: tuple[tuple[str, str], ...]
    note: str
    totals: tuple[tuple[str, str], ...]
    numbers: tuple[Line, ...]
    words: tuple[Line, ...]
    more: int
    left_out: int
    moves: tuple[Row, ...]
    more_moves: int
    summary: tuple[tuple[str, str], ...]
    answers: tuple[Group, ...]


def matching(changes: Iterable[Change], only: Sequence[str]) -> list[Change]:
    """The changes whose name matches one of the patterns; all of them without any."""
    globs = [pattern.strip() for pattern in only]
    return [one for one in changes if not globs or any(fnmatchcase(one.id, glob) for glob in globs)]


def write_out(found: Difference, most: int | None, only: Sequence[str], tidy: Tidy) -> Sheet:
    """The sheet, with at most so many lines in each list; numbers come before words."""
    kept = matching(found.changes, only)
    numbers = [one for one in kept if one.numeric]
    words = [one for one in kept if not one.numeric]
    shown = numbers[:most]
    room = None if most is None else most - len(shown)
    told = words[:room]
    moves = found.moves
    listed = moves.moved[:most]
    before, after = found.before, found.after
    effect = _effect(found)
    return Sheet(
        "What changed in the rules, and who moves",
        tuple(
            (name, f"{tidy(end.name)}, priced as of {end.as_of}, rules {end.version}")
            for name, end in (("before", before), ("after", after))
        ),
        _note(found),
        tuple(_totals(kept)),
        tuple(_line(one, effect, tidy) for one in shown),
        tuple(_line(one, effect, tidy) for one in told),
        len(kept) - len(shown) - len(told),
        len(found.changes) - len(kept),
        tuple(_row(move, tidy) for move in listed),
        len(moves.moved) - len(listed),
        tuple(_summary(moves, tidy)),
        tuple(_answers(moves, most, tidy)),
    )


def _note(found: Difference) -> str:
    if found.dates:
        return (
            "The two sides price on different days: compared are the values in force on each, and everybody's "
            "wages are aged to the side's own day."
        )
    return ""


def _totals(changes: Sequence[Change]) -> Iterable[tuple[str, str]]:
    """A line for each file: how many values changed, came or went."""
    files = dict.fromkeys(change.file for change in changes)
    for file in files:
        kinds = [one.kind for one in changes if one.file == file]
        counts = [f"{kinds.count(kind):,} {word}" for kind, word in COUNTED.items() if kind in kinds]
        yield file, ", ".join(counts)


def _line(change: Change, effect: str, tidy: Tidy) -> Line:
    places = tuple(tidy(side.where) for side in (change.old, change.new) if side.where)
    return Line(
        tidy(change.id),
        change.kind,
        tidy(_values(change)),
        places,
        tidy(_about(change)),
        tidy(effect),
    )


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
        said = list(dict.fromkeys(text for text in texts if text))
        if said:
            parts.append(f"{name} {' -> '.join(said)}")
    return "; ".join(parts)


def _effect(found: Difference) -> str:
    """Whom the only change moves and by how much; that none moves anybody; nothing where several do."""
    if not found.moves.any:
        return NO_EFFECT
    return "" if found.effect is None else _moved(found.effect)


def _moved(move: Move) -> str:
    who = move.person.name
    if not move.compared:
        return f"{who}: {_ends(move)}"
    low, mid, high = move.changes
    if mid:
        return f"{who}: {move.before.mid:,} -> {move.after.mid:,} ({gained(mid)}, {percent(move.percent)})"
    old, new = move.before, move.after
    ends = [("low", old.low, new.low), ("high", old.high, new.high)]
    # Who falls outside the middle half is told only where nothing nearer moves.
    ends += [] if low or high else [("P10", old.p10, new.p10), ("P90", old.p90, new.p90)]
    moved = [f"{name} {a:,} -> {b:,} ({gained(b - a)})" for name, a, b in ends if a != b]
    return f"{who}: {', '.join(moved)}; the middle stays {new.mid:,}"


def _ends(move: Move) -> str:
    if move.before.error:
        return f"no answer -> {move.after.mid:,}"
    return f"{move.before.mid:,} -> no answer: {move.after.error}"


def gained(amount: int) -> str:
    """A change in whole dollars with its sign."""
    return signed(f"{amount:,}")


def percent(size: int) -> str:
    """Hundredths of a percent with sign: `+1.94 %`."""
    return f"{signed(exact(size))} %"


def _row(move: Move, tidy: Tidy) -> Row:
    low, mid, high = map(gained, move.changes)
    note = ""
    if not any(move.changes):
        p10, p90 = map(gained, move.tails)
        note = f"only P10 {p10} and P90 {p90}"
    if move.before.method != move.after.method:
        note = f"{move.before.method} method -> {move.after.method} method"
    before, after = f"{move.before.mid:,}", f"{move.after.mid:,}"
    return Row(tidy(move.person.name), before, after, low, mid, high, percent(move.percent), note)


def _summary(moves: Moves, tidy: Tidy) -> Iterable[tuple[str, str]]:
    yield "profiles", f"{moves.total:,}"
    yield "moved", f"{len(moves.moved):,}"
    yield "unmoved", f"{len(moves.stayed):,}"
    for name, group in (("gained an answer", moves.gained), ("lost an answer", moves.lost)):
        if group:
            yield name, f"{len(group):,}"
    if moves.silent:
        yield "no answer on either side", f"{len(moves.silent):,}"
    if moves.moved:
        yield "mean change", f"{gained(moves.mean)} ({percent(moves.mean_percent)}), unmoved ones counted"
    for name, move in (("largest gain", moves.largest_gain), ("largest loss", moves.largest_loss)):
        if move is not None:
            yield name, f"{gained(move.changes[1])} ({percent(move.percent)}), {tidy(move.person.name)}"


def _answers(moves: Moves, most: int | None, tidy: Tidy) -> Iterable[Group]:
    groups: tuple[tuple[str, tuple[Move, ...], Callable[[Move], str]], ...] = (
        ("Now with an answer", moves.gained, lambda one: f"{one.after.mid:,}; before: {one.before.error}"),
        ("No answer any more", moves.lost, lambda one: f"was {one.before.mid:,}; {one.after.error}"),
        ("No answer on either side", moves.silent, lambda one: one.after.error),
    )
    for title, group, say in groups:
        if group:
            rows = tuple((tidy(one.person.name), tidy(say(one))) for one in group[:most])
            yield Group(title, len(group), rows)
