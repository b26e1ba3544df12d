"""A comparison of offers as a web page: the ranking, packages drawn and counted, the market, terms, assumptions."""

from __future__ import annotations

from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from ehrpay.domain.compare.home_prices import at_home
from ehrpay.domain.compare.remarks import PARTS as WORDS
from ehrpay.formats import document as doc
from ehrpay.formats.bars import PARTS, Bar, Chart
from ehrpay.formats.compare.details import LABELS, groups, offered, sums
from ehrpay.formats.compare.document import ABREAST, chart, offer_rows, title
from ehrpay.formats.compare.figures import filled_in, sources
from ehrpay.formats.estimate.document import PERCENTILES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ehrpay.domain.compare.result import Comparison, RankedOffer
    from ehrpay.domain.facts import Source


def page(comparison: Comparison, spelled: Mapping[str, Source]) -> doc.Document:
    """The parts of the page; `spelled` are the sources in full."""
    counted = at_home(comparison) or comparison
    terms, parts, time, market = groups(counted)
    tipping = comparison.tipping
    ranges, packages = charts(comparison)
    grid = partial(_grid, comparison)
    summed = grid((*parts, *sums(counted)), "US dollars a year; in brackets what is counted like for like")
    percentiles = grid(_percentiles(counted), "Market range and base, US dollars a year")
    position = grid(market, "Position of the base in the market")
    filled = doc.Facts(doc.facts("Filled in", filled_in(counted)))
    flip = doc.Prose(tipping.sentence if tipping is not None else "")
    return (
        doc.Heading(title(comparison), f"US dollars a year, as of {comparison.as_of}"),
        doc.Prose(comparison.headline.sentence, style="bold"),
        doc.Prose(_basis(comparison)),
        doc.Section("Ranking", (offer_rows(counted),)),
        doc.Section("The offers", (_by_offer(comparison, (*terms, offered(comparison))), flip)),
        doc.Facts(doc.warnings(comparison.warnings)),
        doc.Section("Compensation per year", (packages, summed, filled)),
        doc.Section("Compared with the market", (ranges, percentiles, position)),
        doc.Section("Time off and hours", (grid(time, "Days off a year, hours, and pay per hour"),)),
        doc.Notes("Assumptions", (*comparison.assumptions, *doc.with_rules(comparison.overlays))),
        doc.cited(sources(comparison), spelled),
    )


def _basis(comparison: Comparison) -> str:
    """Whose prices the amounts of the page are in."""
    home = comparison.settings.home
    if home is None:
        return "Amounts are as paid there: the cost of living is not counted (--home)."
    if at_home(comparison) is None:
        return (
            f"Amounts are as paid there, but those that say at home prices: these are at {home.place} prices."
        )
    return f"Amounts are at {home.place} prices; what each offer pays is under The offers."


def charts(comparison: Comparison) -> tuple[Chart, Chart]:
    """The market with the bases, and the packages part by part: at the prices of home, where these rank."""
    counted, home = at_home(comparison), comparison.settings.home
    prices = "" if counted is None or home is None else f" at {home.place} prices"
    counted = counted or comparison
    given = {name for ranked in counted.offers for name in ranked.package.cash.known()}
    names = [name for name in counted.offers[0].package.cash._fields if name in given]
    key = f"From the left: {', '.join(('base', *(WORDS[name] for name in names)))}. An unknown part is left out."
    bars = tuple(_stack(ranked, names) for ranked in counted.offers)
    title = f"Packages{prices}, US dollars a year"
    said = f". {key.removesuffix('.')}"
    short = tuple(LABELS.get(name, WORDS[name]) for name in names)
    return chart(counted, prices), Chart(title, bars, key, said=said, parts=("base", *short))


def _stack(ranked: RankedOffer, names: Sequence[str]) -> Bar:
    """A package part by part, and which of the parts that others have it lacks."""
    package = ranked.package
    lacks = [WORDS[name] for name in names if name in package.gaps]
    parts = (package.base.counted, *(getattr(package.cash, name).counted for name in names))
    points = tuple(dollars * 100 for dollars in accumulate((0, *parts)))
    without = f", without {', '.join(lacks)}" if lacks else ""
    amount = "unknown" if package.package.value is None else f"{package.package.value:,}"
    return Bar(PARTS, points, label=f"{ranked.rank}. {ranked.name}{without}", amount=amount)


def _by_offer(comparison: Comparison, rows: Sequence[doc.Row]) -> doc.Grid:
    """The terms, a row an offer."""
    heads, *cells = zip(*(row.cells for row in rows), strict=True)
    columns = (doc.Column("offer"), *map(doc.Column, heads[:-1]), *doc.amounts(heads[-1]))
    offers = tuple(doc.Row((ranked.name, *row)) for ranked, row in zip(comparison.offers, cells, strict=True))
    return doc.Grid(columns, offers, caption="Place, pay plan and base, US dollars a year")


def _grid(comparison: Comparison, rows: tuple[doc.Row, ...], caption: str) -> doc.Grid:
    """A group of rows, the offers side by side, or a table each where they are many."""
    offers = doc.amounts(*(ranked.name for ranked in comparison.offers))
    return doc.Grid((doc.Column("What"), *offers), rows, caption=caption, abreast=ABREAST)


def _percentiles(comparison: Comparison) -> tuple[doc.Row, ...]:
    """The drawing of the market in figures."""
    markets = [ranked.offer.market for ranked in comparison.offers]
    rows = [
        (name, *("none" if market is None else f"{market.percentiles[n]:,}" for market in markets))
        for n, name in enumerate(PERCENTILES)
    ]
    bases = (f"{ranked.package.base.counted:,}" for ranked in comparison.offers)
    return tuple(doc.Row(cells, strong=cells[0] == PERCENTILES[2]) for cells in (*rows, ("base", *bases)))
