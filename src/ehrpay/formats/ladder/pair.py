"""Two ladders as a document: both middles by year, who is ahead, the chart with a mark for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.ladder.versus import sentences
from ehrpay.formats import document as doc
from ehrpay.formats.amounts import gained
from ehrpay.formats.bars import PAIR, Bar, Chart
from ehrpay.formats.ladder.document import (
    PAY,
    THOUSAND,
    brief,
    facts_of,
    heading,
    legend,
    place,
    place_head,
    span,
    years,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.domain.ladder.result import Ladder, LadderYear
    from ehrpay.domain.ladder.versus import Versus


def document(versus: Versus) -> doc.Document:
    """The comparison, then each ladder where there is room for it, then what holds for both and for one."""
    a, b = versus.a, versus.b
    verdict = tuple(f"{sentence}." for sentence in sentences(versus))
    notes = (*_shared(a.notes, b.notes), *doc.with_rules(a.now.overlays))
    return (
        *_on_screen(versus, verdict),
        doc.on_page(doc.Heading("Two ladders")),
        doc.on_page(doc.Notes("Verdict", verdict, style="bold")),
        doc.on_page(_page_grid(versus)),
        *_each("A", versus.names[0], a),
        *_each("B", versus.names[1], b),
        doc.in_lines(_differences(versus)),
        doc.in_lines(doc.Notes("Verdict", tuple(sentences(versus)), "verdict")),
        doc.for_people(doc.Facts(doc.facts("Event", legend([a, b])), tight=True)),
        facts_of(_shared(a.warnings, b.warnings), notes)._replace(tight=True),
    )


def _on_screen(versus: Versus, verdict: tuple[str, ...]) -> Iterator[doc.For]:
    """Who is who, with their marks; the grid with the chart; who is ahead."""
    a, b = versus.a, versus.b
    parts: tuple[doc.Part, ...] = (
        doc.Prose(f"A \u25c6 {a.now.headline}", style="bold"),
        doc.Prose(f"B \u25b2 {b.now.headline}", style="bold", tight=True),
        doc.Prose(f"{heading(a).under}; \u00d7 is both", tight=True),
        _grid(versus),
        *(doc.Prose(sentence, style="bold", tight=n > 0) for n, sentence in enumerate(verdict)),
    )
    yield from (doc.on_screen(part) for part in parts)


def _each(letter: str, name: str, ladder: Ladder) -> Iterator[doc.For]:
    """One ladder with every column."""
    yield doc.in_lines(doc.Lines((("ladder", letter, name),)))
    yield doc.off_screen(heading(ladder))
    yield from years(ladder, f"Rules of {letter}")


def _grid(versus: Versus) -> doc.Grid:
    """Where both stand and what they are paid, B less A, and on a wide screen what happens."""
    a, b = versus.a, versus.b
    columns = (
        *doc.amounts("year"),
        doc.Column(f"A {place_head(a)}"),
        *doc.amounts("A pay"),
        doc.Column(f"B {place_head(b)}"),
        *doc.amounts("B pay", "B less A"),
        doc.Column("A event", gives_way=1),
        doc.Column("B event", gives_way=1),
    )
    rows = [
        doc.Row((f"{x.year}", place(x), f"{x.mid:,}", place(y), f"{y.mid:,}", gained(by), brief(x), brief(y)))
        for x, y, by in _by_year(versus)
    ]
    sums = (span(a), "sum", f"{a.sums[1]:,}", "sum", f"{b.sums[1]:,}", gained(versus.totals[-1]), "", "")
    return doc.Grid(columns, (*rows, doc.Row(sums, strong=True)), chart=chart(versus), tight=True)


def chart(versus: Versus) -> Chart:
    """Both middles of every year."""
    bars = (
        Bar(PAIR, (a.mid * 100, b.mid * 100), f"{a.year}", f"Year {a.year}", f"A {a.mid:,}, B {b.mid:,}")
        for a, b, _ in _by_year(versus)
    )
    key = "The diamond is A, the dot B."
    return Chart(PAY, tuple(bars), key, finest=THOUSAND)


def _by_year(versus: Versus) -> Iterator[tuple[LadderYear, LadderYear, int]]:
    yield from zip(versus.a.years, versus.b.years, versus.differences, strict=True)


def _page_grid(versus: Versus) -> doc.Grid:
    """Both middles and their difference, by year and in all."""
    heads = ("year", f"A: {versus.names[0]}", f"B: {versus.names[1]}", "B less A")
    rows = [doc.Row((f"{x.year}", f"{x.mid:,}", f"{y.mid:,}", gained(by))) for x, y, by in _by_year(versus)]
    sums = (versus.a.sums[1], versus.b.sums[1])
    last = (f"sum {span(versus.a)}", *(f"{amount:,}" for amount in sums), gained(versus.totals[-1]))
    return doc.Grid(
        doc.amounts(*heads), (*rows, doc.Row(last, strong=True, bold=1)), chart=chart(versus), caption=PAY
    )


def _differences(versus: Versus) -> doc.Lines:
    """B less A by year and in all."""
    by_year = (("B less A", f"{x.year}", gained(by)) for x, _, by in _by_year(versus))
    return doc.Lines((*by_year, ("B less A in all", span(versus.a), gained(versus.totals[-1]))))


def _shared(first: tuple[str, ...], last: tuple[str, ...]) -> tuple[str, ...]:
    """What holds for both once, the rest with its letter."""
    both = [text for text in first if text in last]
    own = (
        f"{letter}: {text}"
        for letter, texts in (("A", first), ("B", last))
        for text in texts
        if text not in both
    )
    return (*both, *own)
