"""The grade method through the years: every cell the person may hold today, followed by OPM's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.grade import placed, quantiles
from ehrpay.domain.federal.placement import MIDDLE, Cell, cell_at, in_order
from ehrpay.domain.federal.progression import PROMOTION, STEP, Move, Served, moves, served
from ehrpay.domain.federal.qualification import YEAR
from ehrpay.domain.federal.schedule import WEEKS
from ehrpay.domain.ladder.promotions import promotion_path
from ehrpay.domain.ladder.result import Event, PricedYear, Rung

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.federal.schedule import PaySchedule
    from ehrpay.domain.ladder.options import LadderOptions
    from ehrpay.domain.ladder.promotions import PromotionPath
    from ehrpay.domain.profile import ResolvedProfile

    Track = list[Move]
    """What happens to one cell over the years."""


def follow(
    book: Rulebook, now: Estimate, options: LadderOptions
) -> tuple[list[PricedYear], tuple[str, ...], int]:
    """A row a year in today's dollars, notes, and the highest grade of the ladder (0 without one)."""
    profile = now.profile
    placement = placed(book, profile)
    table, cells = placement.table, placement.cells
    path = promotion_path(book, profile, placement, options.to_grade)
    openings = path.openings if options.promotions else {}
    waited, last = _served(table, profile), options.horizon * WEEKS
    tracks = [list(moves(table, cell.rate, waited, openings, last)) for cell in cells]
    rows = [_priced(table, path, cells, tracks, year) for year in range(options.horizon + 1)]
    return rows, _notes(profile, path, options, rows, len(cells)), path.last


def _served(table: PaySchedule, profile: ResolvedProfile) -> Served:
    """The time served already, where years in the grade tell it."""
    if profile.years_in_grade is None:
        return Served()
    return served(table, profile.years_in_grade * WEEKS // YEAR)


def _priced(
    table: PaySchedule, path: PromotionPath, cells: Sequence[Cell], tracks: list[Track], year: int
) -> PricedYear:
    held = in_order(_held(cell, track, year) for cell, track in zip(cells, tracks, strict=True))
    points, middle = quantiles(held), cell_at(held, MIDDLE)
    grades, steps = sorted(cell.rate.grade for cell in held), sorted(cell.rate.step for cell in held)
    start, end = (year - 1) * WEEKS, year * WEEKS
    this_year = [[move for move in track if start < move.week <= end] for track in tracks]
    return PricedYear(
        low=points.p25,
        mid=points.p50,
        high=points.p75,
        rung=Rung(middle, (grades[0], grades[-1]), (steps[0], steps[-1])),
        events=_events(table, path, this_year),
        capped=middle.capped,
    )


def _held(cell: Cell, track: Track, year: int) -> Cell:
    """What a placement has become at the end of a year; the people at it stay together."""
    after = next((move.after for move in reversed(track) if move.week <= year * WEEKS), cell.rate)
    return cell._replace(rate=after)


def _events(table: PaySchedule, path: PromotionPath, tracks: list[Track]) -> tuple[Event, ...]:
    """What happened: in full where there is one placement, counted by kind and grade where there are several."""
    if len(tracks) == 1:
        return tuple(_event(table, path, move, _label(move), (1, 1)) for move in tracks[0])
    groups: dict[str, Track] = {}
    for track in tracks:
        # A placement that rises two steps in a year counts once.
        for move in {_kind(move): move for move in track}.values():
            groups.setdefault(_kind(move), []).append(move)
    return tuple(
        _event(table, path, group[0], label, (len(group), len(tracks)))
        for label, group in sorted(groups.items(), reverse=True)
    )


def _kind(move: Move) -> str:
    if move.kind == STEP:
        return "within-grade increase"
    return f"promotion to {move.after.plan}-{move.after.grade}"


def _label(move: Move) -> str:
    cap = f", held at the cap {move.after.annual:,}" if move.after.capped else ""
    if move.kind == STEP:
        return f"within-grade increase to step {move.after.step}{cap}"
    return f"promotion {move.before.short} to {move.after.short}{cap}"


def _event(table: PaySchedule, path: PromotionPath, move: Move, label: str, share: tuple[int, int]) -> Event:
    placements, of = share
    alone = of == 1
    if move.kind == PROMOTION:
        opening = path.openings[move.before.grade]
        rule = f"{opening.rule}; step by the two-step rule, 5 U.S.C. 5334(b)"
        basis, sources, where = opening.basis, opening.sources, path.where
    else:
        weeks = "52, 104 or 156 weeks by step"
        if alone:
            weeks = f"{table.wait(move.before.step)} weeks at step {move.before.step}"
        rule = f"waiting period, {weeks} (5 CFR 531.405)"
        basis, sources, where = table.waiting.basis, table.waiting.sources, table.waiting.where
    return Event(
        kind=move.kind,
        label=label,
        week=move.week if alone else None,
        placements=placements,
        of=of,
        rule=rule,
        basis=basis,
        sources=sources,
        where=where,
    )


def _notes(
    profile: ResolvedProfile, path: PromotionPath, options: LadderOptions, rows: list[PricedYear], count: int
) -> tuple[str, ...]:
    """What the years assume, and which promotions they count."""
    notes = []
    if count > 1:
        notes.append(f"all {count} possible placements are followed, weighted by the people at them")
    hint = "" if profile.grade is None else " (--years-in-grade)"
    waited = f", no time waited yet{hint}" if profile.years_in_grade is None else ""
    notes.append(f"acceptable work, 52-week years{waited}")
    if len(rows) > 1:
        notes.append(_on_promotions(path, options, rows))
    return tuple(notes)


def _on_promotions(path: PromotionPath, options: LadderOptions, rows: list[PricedYear]) -> str:
    """Which promotions are counted, or why none is."""
    events = (event for row in rows for event in row.events)
    promotion = next((event for event in events if event.kind == PROMOTION), None)
    if not options.promotions:
        return "promotions are left out (--no-promotion)"
    if promotion is not None:
        end = "" if options.to_grade is None else f", up to GS-{options.to_grade}"
        return (
            f"a promotion is counted on the first day the rules allow{end}, but none is guaranteed:"
            f" {path.title} ({promotion.basis})"
        )
    if not path.last:
        return "no promotion: no qualification ladder covers this role here"
    grades = rows[0].rung.grades
    if options.to_grade is not None and grades is not None and grades[1] >= options.to_grade:
        return f"no promotion: the grade is already GS-{options.to_grade} or higher"
    if grades is not None and grades[1] >= path.last:
        return f"no promotion: this role's qualification ladder ends at {path.end}"
    return "no promotion: these years don't bring what the next grade of the ladder asks for"
