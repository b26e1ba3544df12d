"""The grade method through the years: every cell the person may hold today, followed by OPM's rules and the ladder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.grade import placed, quantiles
from ehrpay.domain.facts import BASES, weakest
from ehrpay.domain.federal.placement import MIDDLE, cell_at, in_order
from ehrpay.domain.federal.progression import PROMOTION, STEP, Move, Opening, moves, served
from ehrpay.domain.federal.qualification import YEAR, Qualifications, climb
from ehrpay.domain.federal.schedule import WEEKS, Cell
from ehrpay.domain.ladder.options import MOST_AHEAD
from ehrpay.domain.ladder.result import Event, PricedYear, Rung
from ehrpay.domain.typed_numbers import MOST_YEARS, Years
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.compiled.federal import QualificationLadder
    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.federal.placement import Placement
    from ehrpay.domain.federal.qualification import Named
    from ehrpay.domain.federal.schedule import PaySchedule
    from ehrpay.domain.ladder.options import LadderOptions
    from ehrpay.domain.profile import ResolvedProfile

    Track = list[Move]
    """What happens to one cell over the years."""


class PromotionPath(NamedTuple):
    """Each grade's opening above it.

    `last` is the ladder's highest grade, 0 where no ladder covers the role, and `end` that grade's name.
    """

    openings: dict[int, Opening]
    title: str = ""
    where: str = ""
    last: int = 0
    end: str = ""


def promotion_path(
    book: Rulebook, profile: ResolvedProfile, placement: Placement, to_grade: int | None
) -> PromotionPath:
    """The promotions that the rules support for a person, up to a grade if one is given."""
    ladder = book.ladder(profile.agency, profile.role)
    if ladder is None:
        return PromotionPath({})
    last, named = ladder.grades[-1], placement.table.named
    openings = {}
    for grade in range(1, last if to_grade is None else min(to_grade, last)):
        above = next(other for other in ladder.grades if other > grade)
        # A year at a grade of the ladder is what the next asks for; elsewhere the entry itself must be met.
        on_it = grade in ladder.grades and placement.reached.met
        opening = (
            _advance(ladder, above) if on_it else _entry(ladder, Qualifications.of(profile), above, named)
        )
        if opening is not None and (to_grade is None or above <= to_grade):
            openings[grade] = opening
    return PromotionPath(openings, ladder.title, ladder.where, last, named(last))


def _advance(ladder: QualificationLadder, grade: int) -> Opening:
    granted = ladder.advance
    sources = tuple(dict.fromkeys((*ladder.sources, *granted.sources)))
    return Opening(grade=grade, rule=granted.text, basis=granted.basis, sources=sources)


def _entry(ladder: QualificationLadder, now: Qualifications, grade: int, named: Named) -> Opening | None:
    """The opening once the years, counted on, first qualify for a grade; None if they never do.

    The lower end of a range counts, and years that were left out count from zero.
    """
    start = 0 if now.years is None else now.years.low
    for ahead in range(MOST_AHEAD + 1):
        tenths = min(start + ahead * YEAR, MOST_YEARS * YEAR)
        then = climb(ladder, now._replace(years=Years(tenths, tenths)), named)
        if then.met and grade in then.tenths_since:
            grants = [*(entry.grant for entry in ladder.entries if entry.grade <= grade), ladder.advance]
            return Opening(
                grade=grade,
                week=ahead * WEEKS,
                rule="; ".join(then.reasons),
                basis=weakest((granted.basis for granted in grants), BASES),
                sources=then.sources,
            )
    return None


def follow(
    book: Rulebook, now: Estimate, options: LadderOptions
) -> tuple[list[PricedYear], tuple[str, ...], int]:
    """A row a year in today's dollars, notes, and the highest grade of the ladder (0 without one)."""
    profile = now.profile
    placement = placed(book, profile)
    table, cells = placement.table, placement.cells
    path = promotion_path(book, profile, placement, options.to_grade)
    openings = path.openings if options.promotions else {}
    # Without years in the grade nothing is served yet.
    waited, last = served(table, (profile.years_in_grade or 0) * WEEKS // YEAR), options.horizon * WEEKS
    tracks = [list(moves(table, cell.rate, waited, openings, last)) for cell in cells]
    rows = [_priced(table, path, cells, tracks, year) for year in range(options.horizon + 1)]
    return rows, _notes(profile, path, options, rows, len(cells)), path.last


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
