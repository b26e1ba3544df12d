"""A ladder, or two, written out: the one view that the table, plain text and Markdown show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.federal.progression import PROMOTION, STEP
from ehrpay.domain.ladder.versus import sentences
from ehrpay.formats.amounts import signed
from ehrpay.formats.estimate.view import with_rules
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.ladder.result import Event, Ladder, Year
    from ehrpay.domain.ladder.versus import Versus
    from ehrpay.formats.glyphs import Tidy


class Told(NamedTuple):
    """An event: what happens, the rule in words, how that is known, and where it stands."""

    label: str
    rule: str
    basis: str
    where: str


class Row(NamedTuple):
    """A year: where the person stands, pay, the change in the middle, events short and in full.

    `points` are low, middle and high in cents, for the chart.
    """

    year: str
    place: str
    low: str
    mid: str
    high: str
    change: str
    total: str
    brief: str
    events: tuple[Told, ...]
    points: tuple[int, int, int]

    @property
    def long(self) -> str:
        """The events in full."""
        return "; ".join(event.label for event in self.events)


class Sheet(NamedTuple):
    """A ladder written out. `exact` is whether every year is a single amount."""

    headline: str
    when: str
    method: str
    place: str
    exact: bool
    rows: tuple[Row, ...]
    sums: tuple[str, str, str]
    span: str
    warnings: tuple[str, ...]
    notes: tuple[str, ...]


class Pair(NamedTuple):
    """Two ladders written out: who they are, the middle of B less that of A by year and in all, the verdict."""

    a: Sheet
    b: Sheet
    names: tuple[str, str]
    differences: tuple[str, ...]
    total: str
    verdict: tuple[str, ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...]


def write_out(found: Ladder, tidy: Tidy) -> Sheet:
    """The sheet of a ladder; `tidy` makes a text safe on one line."""
    now, last = found.now, len(found.years) - 1
    return Sheet(
        tidy(now.headline),
        tidy(f"US dollars a year, in {found.terms.money}; {now.as_of}"),
        now.method,
        "years" if now.grade is None else "grade",
        all(year.low == year.high for year in found.years),
        tuple(_row(year, tidy) for year in found.years),
        _three(found.sums),
        "0" if not last else f"0-{last}",
        tuple(map(tidy, found.warnings)),
        tuple(map(tidy, (*found.notes, *with_rules(now)))),
    )


def write_pair(found: Versus, tidy: Tidy) -> Pair:
    """The sheet of two ladders; what holds for both is said once, the rest with its letter."""
    return Pair(
        write_out(found.a, tidy),
        write_out(found.b, tidy),
        (tidy(found.names[0]), tidy(found.names[1])),
        tuple(signed(f"{by:,}") for by in found.differences),
        signed(f"{found.totals[-1]:,}"),
        tuple(map(tidy, sentences(found))),
        tuple(map(tidy, _shared(found.a.warnings, found.b.warnings))),
        tuple(map(tidy, (*_shared(found.a.notes, found.b.notes), *with_rules(found.a.now)))),
    )


def _shared(first: tuple[str, ...], last: tuple[str, ...]) -> list[str]:
    both = [text for text in first if text in last]
    own = [
        f"{letter}: {text}"
        for letter, texts in (("A", first), ("B", last))
        for text in texts
        if text not in both
    ]
    return both + own


def _row(year: Year, tidy: Tidy) -> Row:
    low, mid, high = _three((year.low, year.mid, year.high))
    return Row(
        str(year.year),
        _place(year),
        low,
        mid,
        high,
        signed(f"{year.change:,}") if year.year else "",
        f"{year.total:,}",
        _brief(year),
        tuple(_told(event, tidy) for event in year.events),
        (year.low * 100, year.mid * 100, year.high * 100),
    )


def _three(amounts: tuple[int, int, int]) -> tuple[str, str, str]:
    low, mid, high = (f"{amount:,}" for amount in amounts)
    return low, mid, high


def _place(year: Year) -> str:
    """The cell in the middle, as `GS-8/3`; the years of experience; nothing where they were not said."""
    rate = year.rung.rate
    if rate is not None:
        return f"GS-{rate.grade}/{rate.step}"
    return "" if year.rung.years is None else str(year.rung.years)


def _told(event: Event, tidy: Tidy) -> Told:
    share = "" if event.of == 1 else f", {event.placements} of {event.of} placements"
    return Told(tidy(event.label + share), tidy(event.rule), event.basis, tidy(event.where))


def _brief(year: Year) -> str:
    """The events in a word or two: a promotion before an increase."""
    found = {kind: [e for e in year.events if e.kind == kind] for kind in (PROMOTION, STEP)}
    cap = ", capped" if year.capped else ""
    for kind, one, many in ((PROMOTION, "promotion", "grade"), (STEP, "step", "step")):
        if found[kind] and found[kind][0].of > 1:
            return f"{many} {sum(event.placements for event in found[kind])}/{found[kind][0].of}{cap}"
        if found[kind]:
            rate = year.rung.rate
            return (one if kind == PROMOTION or rate is None else f"{one} {rate.step}") + cap
    return f"factor {year.events[0].label.rpartition(' to ')[2]}" if year.events else ""
