"""A comparison of offers as a web page: the ranking, packages drawn and counted, the market, terms, assumptions."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from ehrpay.domain.compare.remarks import PARTS as WORDS
from ehrpay.domain.money import divide
from ehrpay.formats import document as doc
from ehrpay.formats.bars import PARTS, Bar, Chart
from ehrpay.formats.compare.details import LABELS, groups, sums
from ehrpay.formats.compare.document import ABREAST, offer_rows, title
from ehrpay.formats.compare.figures import filled_in, sources
from ehrpay.formats.compare.market_chart import chart
from ehrpay.formats.estimate.document import PERCENTILES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.compare.result import Comparison, RankedOffer
    from ehrpay.domain.facts import Source


def page(comparison: Comparison, spelled: Mapping[str, Source]) -> doc.Document:
    """The parts of the page; `spelled` are the sources in full."""
    terms, parts, time, market = groups(comparison)
    tipping = comparison.tipping
    ranges, packages = charts(comparison)
    return (
        doc.Heading(title(comparison), f"US dollars a year, as of {comparison.as_of}"),
        doc.Prose(comparison.headline.sentence, style="bold"),
        doc.Section(
            "Ranking", (offer_rows(comparison), doc.Prose(tipping.sentence if tipping is not None else ""))
        ),
        doc.Facts(tuple(doc.Fact("Warning", text) for text in comparison.warnings)),
        doc.Section(
            "Compensation per year",
            (
                packages,
                _grid(
                    comparison,
                    (*parts, *sums(comparison)),
                    "As paid there, US dollars a year; in brackets what is counted like for like",
                ),
                doc.Facts(
                    tuple(doc.Fact("Filled in", f"{name}: {text}") for name, text in filled_in(comparison))
                ),
            ),
        ),
        doc.Section(
            "Compared with the market",
            (
                ranges,
                _grid(comparison, _percentiles(comparison), "Market range and base, US dollars a year"),
                _grid(comparison, market, "Position of the base in the market"),
            ),
        ),
        doc.Section(
            "Time off and hours",
            (_grid(comparison, time, "Time off and hours"),),
        ),
        doc.Section("The offers", (_grid(comparison, terms, "Rank, place and pay plan"),)),
        doc.Notes("Assumptions", (*comparison.assumptions, *doc.with_rules(comparison.overlays))),
        doc.Sources(tuple(doc.citation(id_, spelled.get(id_)) for id_ in sources(comparison))),
    )


def charts(comparison: Comparison) -> tuple[Chart, Chart]:
    """The market with the bases, and the packages part by part: at the prices of home, where these rank."""
    names = tuple(WORDS[name] for name in comparison.offers[0].package.cash._fields)
    home = comparison.settings.home
    prices = "" if home is None else f" at {home.place} prices"
    key = f"From the left: base, {', '.join(names)}. An unknown part is left out."
    bars = tuple(map(_stack, comparison.offers))
    title = f"Packages{prices}, US dollars a year"
    said = f". {key.removesuffix('.')}"
    short = tuple(LABELS.get(name, WORDS[name]) for name in comparison.offers[0].package.cash._fields)
    return chart(comparison), Chart(title, bars, key, said=said, parts=("base", *short))


def _stack(ranked: RankedOffer) -> Bar:
    package = ranked.package
    gaps = f", without {', '.join(WORDS[gap] for gap in package.gaps)}" if package.gaps else ""
    sums = accumulate((0, package.base.counted, *(part.counted for part in package.cash)))
    whole, worth = package.package, package.adjusted or package.package
    worth = whole if worth.value is None else worth
    points = tuple(divide(dollars * 100 * worth.counted, whole.counted or 1) for dollars in sums)
    return Bar(PARTS, points, label=f"{_name(ranked)}{gaps}", amount=_dollars(worth.value))


def _name(ranked: RankedOffer) -> str:
    return f"{ranked.rank}. {ranked.name}"


def _dollars(value: int | None) -> str:
    return "unknown" if value is None else f"{value:,}"


def _grid(comparison: Comparison, rows: tuple[doc.Row, ...], caption: str) -> doc.Grid:
    """A group of rows, the offers side by side, or a table each where they are many."""
    offers = (doc.Column(ranked.name, right=True) for ranked in comparison.offers)
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
