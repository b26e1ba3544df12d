"""Pay by year: what today's rules pay one person as the years pass, from the estimate on.

Year 0 is the estimate itself; the row of year n is the rate that long after. By the market method the years of
experience are counted on and priced again; by the grade method every cell of the pay table that the person may
be placed at today is followed through increases and promotions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.pricing import estimate
from ehrpay.domain.federal.qualification import YEAR
from ehrpay.domain.ladder.result import EXPERIENCE, Event, Ladder, LadderYear, PricedYear, Rung
from ehrpay.domain.numerals import decimal
from ehrpay.domain.typed_numbers import MOST_YEARS, Years

if TYPE_CHECKING:
    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.ladder.options import LadderOptions


def ladder(book: Rulebook, now: Estimate, options: LadderOptions) -> Ladder:
    """The ladder that begins with an estimate by the same rules."""
    notes: tuple[str, ...] = ()
    last = None
    if now.grade is None:
        rows = _market(book, now, options.horizon)
    else:
        from ehrpay.domain.ladder.grades import follow

        rows, notes, last = follow(book, now, options)
    cited = [id_ for row in rows for event in row.events for id_ in event.sources]
    return Ladder(
        now=now,
        options=options,
        years=_in_money(rows, options),
        warnings=_warnings(now, rows),
        notes=(*notes, *_notes(now, options)),
        sources=tuple(dict.fromkeys(cited)),
        last_grade=last,
    )


def _market(book: Rulebook, now: Estimate, horizon: int) -> list[PricedYear]:
    """The profile priced again with its years counted on, up to the most that the curve knows."""
    rows, before = [], now
    for year in range(horizon + 1):
        years = _later(now.profile.years, year)
        then = before
        if years != before.profile.years:
            then = estimate(book, now.profile._replace(years=years), now.method, apply_band=now.apply_band)
        events = _experience_events(before, then)
        rung = Rung(years=years)
        rows.append(
            PricedYear(
                low=then.low, mid=then.mid, high=then.high, rung=rung, events=events, warnings=then.warnings
            )
        )
        before = then
    return rows


def _later(years: Years | None, more: int) -> Years | None:
    if years is None:
        return None
    most = MOST_YEARS * YEAR
    return Years(min(years.low + more * YEAR, most), min(years.high + more * YEAR, most))


def _experience_events(before: Estimate, then: Estimate) -> tuple[Event, ...]:
    """The experience factor's move, where it moves."""
    old, new = (next((step for step in one.steps if step.id == EXPERIENCE), None) for one in (before, then))
    if old is None or new is None or old.factor == new.factor:
        return ()
    label, story = f"experience factor {decimal(old.factor)} to {decimal(new.factor)}", new.story
    event = Event(
        kind=EXPERIENCE,
        label=label,
        week=None,
        placements=1,
        of=1,
        rule=story.label,
        basis=story.basis,
        sources=story.sources,
        where=story.where,
    )
    return (event,)


def _in_money(rows: list[PricedYear], options: LadderOptions) -> tuple[LadderYear, ...]:
    years: list[LadderYear] = []
    total = 0
    for year, row in enumerate(rows):
        low, mid, high = (options.nominal(amount, year) for amount in (row.low, row.mid, row.high))
        total += mid
        years.append(
            LadderYear(
                year=year,
                low=low,
                mid=mid,
                high=high,
                change=mid - years[-1].mid if years else 0,
                total=total,
                low_today=row.low,
                mid_today=row.mid,
                high_today=row.high,
                rung=row.rung,
                events=row.events,
                capped=row.capped,
            )
        )
    return tuple(years)


def _warnings(now: Estimate, rows: list[PricedYear]) -> tuple[str, ...]:
    """The estimate's own, then those that a later year brings, each once with its year."""
    warnings = {text: text for text in now.warnings}
    if now.grade is None and now.profile.years is None and len(rows) > 1:
        flat = "years of experience are not specified, so pay stays flat; use --years"
        warnings[flat] = flat
    for year, row in enumerate(rows):
        for text in row.warnings:
            warnings.setdefault(text, f"from year {year}: {text}")
    return tuple(warnings.values())


def _notes(now: Estimate, options: LadderOptions) -> list[str]:
    """What the amounts assume and leave out."""
    notes = []
    if options.raise_points:
        notes.append(f"assumption: pay, the pay table and its cap rise {options.percent} a year")
    if now.grade is None and now.profile.years is not None:
        notes.append("only experience is counted, not a new role or employer")
    return notes
