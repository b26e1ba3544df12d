"""The grade method through the years: every cell the person may hold today, followed by OPM's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.grade import placed, quantiles
from ehrpay.domain.federal.placement import MIDDLE, cell_at, in_order
from ehrpay.domain.federal.progression import PROMOTION, STEP, Move, Served, moves, served
from ehrpay.domain.federal.qualification import YEAR
from ehrpay.domain.federal.schedule import WEEKS
from ehrpay.domain.ladder.promotions import way_up
from ehrpay.domain.ladder.result import Event, Priced, Rung

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.federal.schedule import PaySchedule, Rate
    from ehrpay.domain.ladder.promotions import Way
    from ehrpay.domain.ladder.terms import Terms
    from ehrpay.domain.profile import ResolvedProfile


def follow(book: Rulebook, now: Estimate, terms: Terms) -> tuple[list[Priced], tuple[str, ...], int]:
    """A row a year in today's dollars, notes, and the highest grade of the ladder (0 without one)."""
    known = now.profile
    table, reached, cells = placed(book, known)
    way = way_up(book, known, reached, terms.to_grade)
    up = way.openings if terms.promotions else {}
    was = _served(table, known)
    tracks = [list(moves(table, cell, was, up, terms.horizon * WEEKS)) for cell in cells]
    rows = [_priced(table, way, cells, tracks, year) for year in range(terms.horizon + 1)]
    return rows, _notes(known, way, terms, rows, len(cells)), way.last


def _served(table: PaySchedule, known: ResolvedProfile) -> Served:
    """What has been waited already, where years in the grade say it."""
    if known.years_in_grade is None:
        return Served()
    return served(table, known.years_in_grade * WEEKS // YEAR)


def _priced(
    table: PaySchedule, way: Way, cells: Sequence[Rate], tracks: list[list[Move]], year: int
) -> Priced:
    held = in_order([_held(cell, track, year) for cell, track in zip(cells, tracks, strict=True)])
    points, middle = quantiles(held), cell_at(held, MIDDLE)
    grades = (min(rate.grade for rate in held), max(rate.grade for rate in held))
    steps = (min(rate.step for rate in held), max(rate.step for rate in held))
    this_year = [
        [move for move in track if (year - 1) * WEEKS < move.week <= year * WEEKS] for track in tracks
    ]
    return Priced(
        points.p25,
        points.p50,
        points.p75,
        Rung(middle, grades, steps),
        _events(table, way, this_year),
        capped=middle.capped,
    )


def _held(cell: Rate, track: list[Move], year: int) -> Rate:
    """What a placement has become when a year is over."""
    return next((move.after for move in reversed(track) if move.week <= year * WEEKS), cell)


def _events(table: PaySchedule, way: Way, tracks: list[list[Move]]) -> tuple[Event, ...]:
    """What happened: in full where there is one placement, counted by kind and grade where there are several."""
    if len(tracks) == 1:
        return tuple(_event(table, way, move, _label(move), (1, 1)) for move in tracks[0])
    groups: dict[str, list[Move]] = {}
    for track in tracks:
        # A placement that rises two steps in a year counts once.
        for move in {_kind(move): move for move in track}.values():
            groups.setdefault(_kind(move), []).append(move)
    return tuple(
        _event(table, way, found[0], label, (len(found), len(tracks)))
        for label, found in sorted(groups.items(), reverse=True)
    )


def _kind(move: Move) -> str:
    return "within-grade increase" if move.kind == STEP else f"promotion to GS-{move.after.grade}"


def _label(move: Move) -> str:
    cap = f", held at the cap {move.after.annual:,}" if move.after.capped else ""
    if move.kind == STEP:
        return f"within-grade increase to step {move.after.step}{cap}"
    return f"promotion {_short(move.before)} to {_short(move.after)}{cap}"


def _short(rate: Rate) -> str:
    return f"GS-{rate.grade}/{rate.step}"


def _event(table: PaySchedule, way: Way, move: Move, label: str, share: tuple[int, int]) -> Event:
    week = move.week if share == (1, 1) else None
    if move.kind == PROMOTION:
        by = way.openings[move.before.grade]
        rule = f"{by.rule}; step by the two-step rule, 5 U.S.C. 5334(b)"
        return Event(PROMOTION, label, week, *share, rule, by.basis, by.sources, way.where)
    waiting = table.waiting
    weeks = f"{table.wait(move.before.step)} weeks at step {move.before.step}"
    if share != (1, 1):
        weeks = "52, 104 or 156 weeks by step"
    rule = f"waiting period, {weeks} (5 CFR 531.405)"
    return Event(STEP, label, week, *share, rule, waiting.basis, waiting.sources, waiting.where)


def _notes(known: ResolvedProfile, way: Way, terms: Terms, rows: list[Priced], count: int) -> tuple[str, ...]:
    """How the years were counted, and what was taken for granted."""
    told = []
    if count > 1:
        told.append(f"every placement possible today ({count} of them) is followed and counts alike")
    ask = "" if known.grade is None else " (--years-in-grade)"
    waited = f", no time waited yet{ask}" if known.years_in_grade is None else ""
    told.append(f"acceptable work, 52-week years{waited}")
    if len(rows) > 1:
        told.append(_on_promotions(way, terms, rows))
    return tuple(told)


def _on_promotions(way: Way, terms: Terms, rows: list[Priced]) -> str:
    """Which promotions are counted, or why none is."""
    found = next((event for row in rows for event in row.events if event.kind == PROMOTION), None)
    if not terms.promotions:
        return "promotions are left out, as asked"
    if found is not None:
        end = "" if terms.to_grade is None else f", up to GS-{terms.to_grade} as asked"
        return (
            f"a promotion is counted on the first day the rules allow{end}, but none is owed: {way.title}"
            f" ({found.basis})"
        )
    if not way.last:
        return "no promotion: no qualification ladder of the rules covers this role here"
    held = rows[0].rung.grades
    if terms.to_grade is not None and held is not None and held[1] >= terms.to_grade:
        return f"no promotion: the grade is at or above GS-{terms.to_grade} already"
    if held is not None and held[1] >= way.last:
        return f"no promotion: the qualification ladder of this role ends at GS-{way.last}"
    return (
        "no promotion: what was said does not meet what the next grade of the ladder asks for in these years"
    )
