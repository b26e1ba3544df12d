"""A comparison of offers as a document: the table, what would change the order, the market, assumptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.compare.remarks import PARTS
from ehrpay.domain.numerals import exact, whole
from ehrpay.domain.package.figures import NOT_SPECIFIED
from ehrpay.formats import document as doc
from ehrpay.formats.bars import RANGE, SINGLE, Bar, Chart
from ehrpay.formats.compare.figures import (
    days,
    figures,
    percentage,
    points,
    sources,
    thousands,
    written,
)
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ehrpay.domain.compare.result import Comparison, RankedOffer

ABREAST = 3
"""The most offers side by side on a screen; more are shown one after another."""

ORDERS = {
    "hourly": "package per hour worked",
    "percent": "percent of market",
    "percentile": "market percentile",
}
CHART_TITLE = "Market ranges P10 to P90, low to high in the box, and each base"


class Measure(NamedTuple):
    """A row of figures: its label, the figure's name, how it is written, and whether it is a sum."""

    label: str
    figure: str
    write: Callable[[int], str] = thousands
    total: bool = False


def document(comparison: Comparison) -> doc.Document:
    """All parts, the offers in the order of their ranks."""
    offers = (doc.Column(ranked.name, right=True, wraps=True, least=0) for ranked in comparison.offers)
    columns = (doc.Column("", wraps=True, least=20, line="offer"), *offers)
    ids = sources(comparison)
    tipping = comparison.tipping
    return (
        doc.Heading(title(comparison), f"US dollars a year, as of {comparison.as_of}", label="what"),
        doc.Grid(columns, tuple(_ruled(groups(comparison))), headed=True, abreast=ABREAST),
        doc.Prose(tipping.sentence if tipping is not None else "", label="flip", style="bold"),
        doc.on_screen(doc.Prose(CHART_TITLE, style="bold")),
        chart(comparison),
        doc.Facts(tuple(doc.Fact("Warning", text, "bold yellow") for text in comparison.warnings)),
        doc.Notes("Assumptions", (*comparison.assumptions, *doc.with_rules(comparison.overlays))),
        doc.on_screen(doc.Facts((doc.Fact("Sources", ", ".join(ids), most=2),) if ids else ())),
        doc.on_page(doc.Prose(f"Sources: {', '.join(ids)}" if ids else "")),
        doc.in_lines(doc.Facts(tuple(doc.Fact("source", id_) for id_ in ids))),
    )


def title(comparison: Comparison) -> str:
    """How many offers, and what ranks them."""
    home, by = comparison.settings.home, comparison.by
    if by.weights:
        order = f"points for {by.words}"
    elif by.sort == "adjusted":
        order = "package adjusted for cost of living" + (f" in {home.place}" if home is not None else "")
    else:
        order = ORDERS.get(by.sort, by.sort)
    count = len(comparison.offers)
    verb = "sorted" if order == "name" else "ranked"
    return f"{count} offer{'' if count == 1 else 's'}, {verb} by {order}"


def groups(comparison: Comparison) -> tuple[tuple[doc.Row, ...], ...]:
    """The rows: terms, package, worth and market."""
    return tuple(
        tuple(rows)
        for rows in (_terms(comparison), _package(comparison), _worth(comparison), _market(comparison))
    )


def _ruled(groups: Iterable[tuple[doc.Row, ...]]) -> Iterator[doc.Row]:
    """All rows, with a line above each group."""
    for first, *rest in groups:
        yield first._replace(ruled=True)
        yield from rest


def _row(label: str, cells: Iterable[str], *, total: bool = False) -> doc.Row:
    """A row; a sum's sign is no part of its label for pipes."""
    cells = tuple(cells)
    return doc.Row((label, *cells), lines=((label.removeprefix("= "), *cells),), strong=total)


def _rows(comparison: Comparison, *measures: Measure) -> Iterator[doc.Row]:
    offers = [figures(ranked.package) for ranked in comparison.offers]
    for measure in measures:
        cells = (written(named.get(measure.figure), measure.write) for named in offers)
        yield _row(measure.label, cells, total=measure.total)


def _terms(comparison: Comparison) -> Iterator[doc.Row]:
    """Rank, place and what sets the base."""
    offers = comparison.offers
    yield _row("rank", (str(ranked.rank) for ranked in offers), total=True)
    yield _row("place", map(_place, offers))
    if any(ranked.offer.rate for ranked in offers):
        yield _row("pay plan", (ranked.offer.rate or "none" for ranked in offers))


def _place(ranked: RankedOffer) -> str:
    if ranked.offer.remote:
        return "remote"
    return NOT_SPECIFIED if ranked.offer.place is None else ranked.offer.place.name


def _package(comparison: Comparison) -> Iterator[doc.Row]:
    """The parts and their sum; a part unknown for every offer has no row."""
    offers, years = comparison.offers, comparison.settings.years
    parts = [name for name in PARTS if any(name in ranked.package.cash.known() for ranked in offers)]
    yield from _rows(comparison, Measure("base", "base"), *(Measure(PARTS[name], name) for name in parts))
    if years is None:
        yield from _rows(comparison, Measure("= package", "package", total=True))
    else:
        yield from _rows(
            comparison,
            Measure("first year", "first_year"),
            Measure("sign-on bonus, once", "sign_on"),
            Measure(f"total for {'a year' if years == 1 else f'{years} years'}", "total"),
            Measure("= package, average per year", "package", total=True),
        )
    yield _row("not included", map(_gaps, offers))


def _gaps(ranked: RankedOffer) -> str:
    gaps = ranked.package.gaps
    return f"{len(gaps)}: {', '.join(PARTS[name] for name in gaps)}" if gaps else "none"


def _worth(comparison: Comparison) -> Iterator[doc.Row]:
    """Cost of living, time, pay per hour, and what is listed apart from the package."""
    home, offers = comparison.settings.home, comparison.offers
    if home is not None:
        yield from _rows(comparison, Measure("= cost-of-living adjusted", "adjusted", total=True))
    yield from _rows(
        comparison,
        Measure("paid leave, days", "leave", days),
        Measure("sick leave, days", "sick", days),
        Measure("holidays, days", "holidays", days),
        Measure("hours worked", "worked", whole),
        Measure("package per hour", "hourly", exact),
    )
    if comparison.settings.years is None and any(
        ranked.package.sign_on.value is not None for ranked in offers
    ):
        yield from _rows(comparison, Measure("sign-on bonus, once", "sign_on"))
    if any(ranked.package.pension is not None for ranked in offers):
        yield from _rows(
            comparison,
            Measure("pension contribution", "pension_pays"),
            Measure("pension earned", "pension_earns"),
        )


def _market(comparison: Comparison) -> Iterator[doc.Row]:
    """The base against the market, and the points where weights rank."""
    offers = comparison.offers
    yield from _rows(
        comparison,
        Measure("market middle", "market_mid"),
        Measure("base, % of market", "percent", percentage),
    )
    yield _row("base, percentile", map(_percentile, offers))
    verdicts = (ranked.package.verdict for ranked in offers)
    yield _row("verdict", ("none" if verdict is None else verdict.word for verdict in verdicts))
    if comparison.by.weights:
        yield _row("points out of 100", (points(ranked, comparison) for ranked in offers), total=True)


def _percentile(ranked: RankedOffer) -> str:
    verdict = ranked.package.verdict
    return written(ranked.package.percentile, thousands) if verdict is None else verdict.standing


def chart(comparison: Comparison) -> Chart:
    """The market range of each offer, and under it the base."""
    return Chart("Market ranges and bases, US dollars a year", tuple(_bars(comparison)), KEY)


KEY = (
    "The thin line runs from P10 to P90 (eight of ten people in this position), the thick bar from P25 to P75 "
    "(the middle half); the diamond is the median. The dot is the base offered."
)


def _bars(comparison: Comparison) -> Iterator[Bar]:
    for ranked in comparison.offers:
        market, base = ranked.offer.market, ranked.package.base.counted
        name = f"{ranked.rank}. {ranked.name}"
        if market is not None:
            points = tuple(amount * 100 for amount in market.percentiles)
            ends = f"{market.low:,} to {market.high:,}"
            yield Bar(RANGE, points, f"{ranked.rank}", f"{name}: market", ends)
        yield Bar(SINGLE, (base * 100,), label=ranked.name, amount=f"{base:,}")
