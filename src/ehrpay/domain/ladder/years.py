"""Pay by year: what today's rules pay one person as the years pass, from the estimate on.

Year 0 is the estimate itself; the row of year n is the rate that long after. By the market method the years of
experience are counted on and priced again; by the grade method every cell of the pay table that the person may
be placed at today is followed through increases and promotions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.pricing import estimate
from ehrpay.domain.federal.qualification import YEAR
from ehrpay.domain.ladder.result import EXPERIENCE, Event, Ladder, Priced, Rung, Year
from ehrpay.domain.numerals import decimal
from ehrpay.domain.typed_numbers import MOST_YEARS, Years

if TYPE_CHECKING:
    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.ladder.terms import Terms


def ladder(book: Rulebook, now: Estimate, terms: Terms) -> Ladder:
    """The ladder that begins with an estimate by the same rules."""
    notes: tuple[str, ...] = ()
    last = None
    if now.grade is None:
        rows = _market(book, now, terms.horizon)
    else:
        from ehrpay.domain.ladder.grades import follow

        rows, notes, last = follow(book, now, terms)
    cited = [id_ for row in rows for event in row.events for id_ in event.sources]
    return Ladder(
        now,
        terms,
        _in_money(rows, terms),
        _warnings(now, rows),
        (*notes, *_told(now, terms)),
        tuple(dict.fromkeys(cited)),
        last,
    )


def _market(book: Rulebook, now: Estimate, horizon: int) -> list[Priced]:
    """The profile priced again with its years counted on, up to the most that the curve knows."""
    rows, before = [], now
    for year in range(horizon + 1):
        years = _later(now.profile.years, year)
        then = now
        if year and years != before.profile.years:
            then = estimate(book, now.profile._replace(years=years), now.method)
        elif year:
            then = before
        events = _learned(before, then)
        rows.append(Priced(then.low, then.mid, then.high, Rung(years=years), events, then.warnings))
        before = then
    return rows


def _later(years: Years | None, more: int) -> Years | None:
    if years is None:
        return None
    most = MOST_YEARS * YEAR
    return Years(min(years.low + more * YEAR, most), min(years.high + more * YEAR, most))


def _learned(before: Estimate, then: Estimate) -> tuple[Event, ...]:
    """The experience factor's move, where it moves."""
    old, new = (next((step for step in one.steps if step.id == EXPERIENCE), None) for one in (before, then))
    if old is None or new is None or old.factor == new.factor:
        return ()
    label, story = f"experience factor {decimal(old.factor)} to {decimal(new.factor)}", new.story
    return (Event(EXPERIENCE, label, None, 1, 1, story.label, story.basis, story.sources, story.where),)


def _in_money(rows: list[Priced], terms: Terms) -> tuple[Year, ...]:
    years: list[Year] = []
    total = 0
    for n, row in enumerate(rows):
        low, mid, high = (terms.nominal(amount, n) for amount in (row.low, row.mid, row.high))
        total += mid
        change = mid - years[-1].mid if years else 0
        years.append(
            Year(
                n, low, mid, high, change, total, row.low, row.mid, row.high, row.rung, row.events, row.capped
            )
        )
    return tuple(years)


def _warnings(now: Estimate, rows: list[Priced]) -> tuple[str, ...]:
    """The estimate's own, then those that a later year brings, each once with its year."""
    told = {text: text for text in now.warnings}
    if now.grade is None and now.profile.years is None and len(rows) > 1:
        flat = "years of experience were not said, so they can't grow and pay stays flat: say --years"
        told[flat] = flat
    for year, row in enumerate(rows):
        for text in row.warnings:
            told.setdefault(text, f"from year {year}: {text}")
    return tuple(told.values())


def _told(now: Estimate, terms: Terms) -> tuple[str, ...]:
    """What a reader must know of the money and the years."""
    told = []
    if terms.raise_points:
        told.append(
            f"pay, the pay table and its cap are taken to rise {terms.percent} a year: your assumption"
        )
    if now.grade is None and now.profile.years is not None:
        told.append("by experience alone: a new role or employer is not counted")
    return tuple(told)
