"""A ladder as a document: pay by year with the chart beside it, the rules behind it, what to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.federal.progression import PROMOTION, STEP
from ehrpay.domain.ladder.result import EXPERIENCE
from ehrpay.formats import document as doc
from ehrpay.formats.amounts import gained
from ehrpay.formats.bars import SPAN, Bar, Chart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ehrpay.domain.ladder.result import Event, Ladder, LadderYear

ASSUMED = "*"
"""Stands behind a promotion that is an assumption."""

PAY = "Pay by year, US dollars a year"
ONE = "The diamond is the pay of the year."
SEVERAL = "The bar runs from low (P25) to high (P75); the diamond is the middle."
THOUSAND = 100_000
"""The least distance of ticks, in cents."""


def document(ladder: Ladder) -> doc.Document:
    """The years and their sum, then warnings and notes."""
    facts = facts_of(ladder.warnings, (*ladder.notes, *doc.with_rules(ladder.now.overlays)))
    key = doc.Facts(doc.facts("Event", legend([ladder])))
    return (
        heading(ladder),
        doc.on_screen(years_on_screen(ladder)),
        *years(ladder),
        doc.for_people(key),
        facts._replace(tight=bool(key.facts)),
    )


def heading(ladder: Ladder) -> doc.Heading:
    """Who, the unit and the date, the method."""
    now = ladder.now
    return doc.Heading(now.headline, f"US dollars a year, in {ladder.options.money}; {now.as_of}", now.method)


def years(ladder: Ladder, rules_of: str = "Rules") -> tuple[doc.For, doc.For]:
    """Every column of every year, and the rules behind the events."""
    columns = (*_columns(ladder), *doc.amounts("sum so far"))
    used = ((event.rule, event.basis, event.where) for year in ladder.years for event in year.events)
    rules = ("; ".join(rule) for rule in dict.fromkeys(used))
    rows = (*(_row(ladder, year) for year in ladder.years), _sum_row(ladder))
    return (
        doc.off_screen(doc.Grid(columns, rows, "year", chart=chart(ladder), caption=PAY, under="event")),
        doc.on_page(doc.Notes(rules_of, tuple(rules))),
    )


def _single(ladder: Ladder) -> bool:
    """Whether each year has one amount, as a grade and step have."""
    return all(year.low == year.high for year in ladder.years)


def _columns(ladder: Ladder) -> tuple[doc.Column, ...]:
    """Year, place, pay (one amount, or three) and change."""
    pays = ("pay",) if _single(ladder) else ("low", "middle", "high")
    return (
        *doc.amounts("year"),
        doc.Column(place_head(ladder)),
        *(doc.Column(head, right=True, style="bold" if head == "middle" else "") for head in pays),
        *doc.amounts("change"),
    )


def _cells(ladder: Ladder, year: LadderYear) -> tuple[str, ...]:
    """The cells of a year in those columns."""
    change = gained(year.change) if year.year else ""
    return f"{year.year}", place(year), *_pays(ladder, (year.low, year.mid, year.high)), change


def _pays(ladder: Ladder, amounts: tuple[int, int, int]) -> tuple[str, ...]:
    shown = amounts[1:2] if _single(ladder) else amounts
    return tuple(f"{amount:,}" for amount in shown)


def _row(ladder: Ladder, year: LadderYear) -> doc.Row:
    cells = (*_cells(ladder, year), f"{year.total:,}")
    amounts = (f"{amount:,}" for amount in (year.low, year.mid, year.high))
    events = (("event", _label(event), event.rule, event.basis, event.where) for event in year.events)
    lines = (("year", *cells[:2], *amounts, *cells[-2:]), *events)
    return doc.Row(cells, (("note", _events(year)),) if year.events else (), lines)


def _sum_row(ladder: Ladder) -> doc.Row:
    cells = (span(ladder), "sum", *_pays(ladder, ladder.sums), "", "")
    line = ("sum", span(ladder), *(f"{amount:,}" for amount in ladder.sums))
    return doc.Row(cells, lines=(line,), strong=True, bold=2)


def years_on_screen(ladder: Ladder) -> doc.Grid:
    """Each year with what happens, and a chart."""
    event = doc.Column("event", gives_way=1, joins=True, short=(*map(brief, ladder.years), ""))
    rows = (doc.Row((*_cells(ladder, year), _events(year))) for year in ladder.years)
    return doc.Grid((*_columns(ladder), event), (*rows, _sum_row(ladder)), chart=chart(ladder))


def chart(ladder: Ladder) -> Chart:
    """Low, middle and high of every year."""
    key = ONE if _single(ladder) else SEVERAL
    return Chart(PAY, tuple(map(_bar, ladder.years)), key, finest=THOUSAND)


def _bar(year: LadderYear) -> Bar:
    ends = "" if year.low == year.high else f"{year.low:,} to {year.high:,}, middle "
    points = (year.low * 100, year.mid * 100, year.high * 100)
    return Bar(SPAN, points, f"{year.year}", f"Year {year.year}", f"{ends}{year.mid:,}")


def place_head(ladder: Ladder) -> str:
    """The head of the column that places a person: the grade, or the years of experience."""
    return "years" if ladder.now.grade is None else "grade"


def place(year: LadderYear) -> str:
    """The cell in the middle, as `GS-8/3`; the years of experience; nothing where they were not specified."""
    rate = year.rung.rate
    if rate is not None:
        return rate.short
    return "" if year.rung.years is None else str(year.rung.years)


def span(ladder: Ladder) -> str:
    """The years that are summed: `0-10`."""
    last = len(ladder.years) - 1
    return f"0-{last}" if last else "0"


def _events(year: LadderYear) -> str:
    return "; ".join(map(_label, year.events))


def _label(event: Event) -> str:
    share = "" if event.of == 1 else f", {event.placements} of {event.of} placements"
    return event.label + share + (ASSUMED if _is_assumed(event) else "")


def _is_assumed(event: Event) -> bool:
    """Whether a promotion is an assumption."""
    return event.kind == PROMOTION and event.basis == "assumption"


def legend(ladders: Iterable[Ladder]) -> Iterator[str]:
    """What the words for events mean, by the first of each kind that is there."""
    shown = [(year, brief(year)) for ladder in ladders for year in ladder.years if year.events]
    known: dict[str, str] = {}
    for year, text in shown:
        kinds = [event.kind for event in year.events]
        # What a year is named by: a promotion before the others.
        kind = PROMOTION if PROMOTION in kinds else kinds[0]
        example = text.partition(",")[0].rstrip(ASSUMED)
        known.setdefault(kind, f"{example}: {_meaning(kind, example)}")
    if PROMOTION in known and any(_is_assumed(event) for year, _ in shown for event in year.events):
        known[PROMOTION] += f" ({ASSUMED} an assumption, see the note)"
    if known:
        yield "; ".join(known.values())


def _meaning(kind: str, example: str) -> str:
    """What an event in short says: with `2/3`, at how many of the possible placements it comes."""
    some, slash, every = example.rpartition(" ")[2].partition("/")
    share = f" at {some} of {every} placements" if slash else ""
    if kind == EXPERIENCE:
        return f"experience multiplies pay by {some} from then on"
    return ("a rise in grade" if kind == PROMOTION else "a within-grade increase") + share


def brief(year: LadderYear) -> str:
    """The events in a word or two: a promotion before an increase."""
    cap = ", capped" if year.capped else ""
    star = ASSUMED if any(map(_is_assumed, year.events)) else ""
    for kind, one, many in ((PROMOTION, "promotion", "grade"), (STEP, "step", "step")):
        events = [event for event in year.events if event.kind == kind]
        if events and events[0].of > 1:
            mark = star if kind == PROMOTION else ""
            return f"{many} {sum(event.placements for event in events)}/{events[0].of}{mark}{cap}"
        if events:
            rate = year.rung.rate
            return (f"{one}{star}" if kind == PROMOTION or rate is None else f"{one} {rate.step}") + cap
    return f"factor {year.events[0].label.rpartition(' to ')[2]}" if year.events else ""


def facts_of(warnings: Iterable[str], notes: Iterable[str]) -> doc.Facts:
    """Warnings, then notes, in full."""
    return doc.Facts((*doc.warnings(warnings), *(doc.Fact("Note", text, bare=True) for text in notes)))
