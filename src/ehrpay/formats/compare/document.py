"""A comparison of offers as a document: the answer, a row an offer, then what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.compare.headline import TOTALS, counted
from ehrpay.domain.compare.home_prices import at_home
from ehrpay.domain.compare.ranking import ADJUSTED
from ehrpay.domain.package.figures import NOT_SPECIFIED
from ehrpay.formats import document as doc
from ehrpay.formats.amounts import percentage
from ehrpay.formats.bars import RANGE, RANGE_KEY, SINGLE, Bar, Chart
from ehrpay.formats.compare.details import groups, shown_hours, sums, totals
from ehrpay.formats.compare.figures import CASH, figures, filled_in, sources, thousands, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ehrpay.domain.compare.result import Comparison, RankedOffer

ABREAST = 4
"""The most offers side by side; more are rows alone, and their details one after another."""

CHART_TITLE = "Market ranges P10 to P90, low to high in the box, and each base"
CAPTION = "Pay and totals, US dollars a year"
KEY = f"{RANGE_KEY} The dot is the base offered."
LIKE = "like for like"
MORE = "More: add --explain for assumptions, sources and market ranges"


def document(comparison: Comparison, *, explain: bool) -> doc.Document:
    """All parts, the offers in the order of their ranks; a screen has the whole with `explain` alone."""
    offers = (doc.Column(ranked.name, right=True, wraps=True, least=0) for ranked in comparison.offers)
    columns = (doc.Column("", wraps=True, least=14, line="offer"), *offers)
    ids = sources(comparison)
    tipping = comparison.tipping
    few = len(comparison.offers) <= ABREAST
    terms, parts, *others = groups(comparison)
    details, summed = (
        doc.Grid(columns, tuple(_ruled(((*terms, *rows), *others))), headed=True, abreast=ABREAST)
        for rows in (parts, (*parts, *sums(comparison)))
    )
    assumptions = doc.Notes("Assumptions", (*comparison.assumptions, *doc.with_rules(comparison.overlays)))
    explained: tuple[doc.Part, ...] = (
        doc.Prose(CHART_TITLE, style="bold"),
        chart(comparison),
        assumptions,
        doc.Facts((doc.Fact("Sources", ", ".join(ids), most=2),) if ids else ()),
    )
    return (
        doc.Heading(title(comparison), f"US dollars a year, as of {comparison.as_of}", label="what"),
        doc.Prose(comparison.headline.sentence, label="verdict", style="bold"),
        doc.Prose(tipping.sentence if tipping is not None else "", label="flip", tight=True),
        doc.for_people(offer_rows(comparison)),
        doc.in_lines(totals(comparison)),
        *((doc.on_screen(summed if explain else details),) if few or explain else ()),
        doc.on_page(summed),
        doc.in_lines(details),
        *_filled_in(comparison, explain=explain),
        doc.Facts(doc.warnings(comparison.warnings), tight=not explain),
        doc.off_screen(assumptions),
        doc.on_page(doc.Prose(f"Sources: {', '.join(ids)}" if ids else "")),
        doc.in_lines(doc.Facts(doc.facts("source", ids))),
        *map(doc.on_screen, explained if explain else (doc.Prose(MORE, style="dim", tight=True),)),
    )


def _filled_in(comparison: Comparison, *, explain: bool) -> doc.Document:
    """What the brackets count: on a screen without `explain` the parts of the totals alone."""
    whole = doc.Facts(doc.facts("Filled in", filled_in(comparison)))
    cash = "; ".join(filled_in(comparison, CASH))
    short = doc.Facts((doc.Fact("In brackets", cash),) if cash else ())
    return doc.on_screen(whole if explain else short), doc.off_screen(whole)


def title(comparison: Comparison) -> str:
    """How many offers, and what ranks them."""
    home, by = comparison.settings.home, comparison.by
    if by.weights:
        order = f"points for {by.words}"
    elif by.sort in TOTALS:
        prices = f" at {home.place} prices" if by.sort == ADJUSTED and home is not None else ""
        order = f"what they are worth {counted(comparison.settings)}{prices}"
    else:
        order = by.words
    count = len(comparison.offers)
    verb = "sorted" if order == "name" else "ranked"
    return f"{count} offer{'' if count == 1 else 's'}, {verb} by {order}"


def offer_rows(comparison: Comparison) -> doc.Grid:
    """A row an offer: pay as offered, both totals in what ranks, hours, and the market."""
    filled, moved = not comparison.settings.filling.nothing, at_home(comparison)
    heads = ["pay" if moved is None else "pay there", "as stated", *([LIKE] if filled else [])]
    apart = comparison.settings.home is not None and moved is None
    heads += ["at home prices"] if apart else []
    columns = (
        *doc.amounts("#"),
        doc.Column("offer", wraps=True, least=18),
        *(doc.Column(head, right=True, wraps=True, least=7) for head in heads),
        doc.Column("hours", right=True, wraps=True, least=9, gives_way=1),
        doc.Column("of market", right=True, wraps=True, least=7),
    )
    pairs = zip(comparison.offers, (moved or comparison).offers, strict=True)
    rows = tuple(_offer_row(ranked, worth, filled=filled, apart=apart) for ranked, worth in pairs)
    return doc.Grid(columns, rows, caption=CAPTION)


def _offer_row(ranked: RankedOffer, worth: RankedOffer, *, filled: bool, apart: bool) -> doc.Row:
    """What an offer pays, and what it is worth at the prices that rank; at home prices `apart` where these don't."""
    package = ranked.package
    amounts = [package.base, worth.stated.package, *([worth.package.package] if filled else [])]
    if apart:
        amounts.append(figures(package)["adjusted"])
    percent = package.percent
    of_market = NOT_SPECIFIED if percent.value is None else percentage(percent.value)
    shown = (*(written(amount, thousands) for amount in amounts), shown_hours(ranked), of_market)
    return doc.Row((f"{ranked.rank}", ranked.name, *shown), strong=ranked.rank == 1)


def _ruled(rows_of: Iterable[tuple[doc.Row, ...]]) -> Iterator[doc.Row]:
    """All rows, with a line above each group."""
    for first, *rest in filter(None, rows_of):
        yield first._replace(ruled=True)
        yield from rest


def chart(comparison: Comparison, prices: str = "") -> Chart:
    """The market range of each offer, and under it the base; `prices` says whose."""
    return Chart(f"Market ranges and bases{prices}, US dollars a year", tuple(_bars(comparison)), KEY)


def _bars(comparison: Comparison) -> Iterator[Bar]:
    for ranked in comparison.offers:
        market, base = ranked.offer.market, ranked.package.base.counted
        name = f"{ranked.rank}. {ranked.name}"
        if market is not None:
            points = tuple(amount * 100 for amount in market.percentiles)
            ends = f"{market.low:,} to {market.high:,}"
            yield Bar(RANGE, points, f"{ranked.rank}", f"{name}: market", ends)
        yield Bar(SINGLE, (base * 100,), label=ranked.name, amount=f"{base:,}")
