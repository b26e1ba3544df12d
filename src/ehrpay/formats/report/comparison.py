"""A comparison of offers as a web page: the ranking, packages drawn and counted, the market, terms, assumptions."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from ehrpay.domain.compare.remarks import PARTS as WORDS
from ehrpay.formats import document as doc
from ehrpay.formats.bars import PARTS, Bar, Chart
from ehrpay.formats.compare.document import ABREAST, chart, groups, title
from ehrpay.formats.compare.figures import sources
from ehrpay.formats.estimate.document import PERCENTILES

if TYPE_CHECKING:
    from ehrpay.domain.compare.result import Comparison, RankedOffer
    from ehrpay.formats.compare import SideBySide


def page(view: SideBySide) -> doc.Document:
    """The parts of the page."""
    comparison = view.result
    terms, package, worth, market = groups(comparison)
    tipping = comparison.tipping
    ranges, packages = charts(comparison)
    return (
        doc.Heading(title(comparison), f"US dollars a year, as of {comparison.as_of}"),
        doc.Section(
            "Ranking", (_ranking(comparison), doc.Prose(tipping.sentence if tipping is not None else ""))
        ),
        doc.Facts(tuple(doc.Fact("Warning", text) for text in comparison.warnings)),
        doc.Section(
            "Compensation per year",
            (packages, _grid(comparison, package, "The package, US dollars a year")),
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
            "Cost of living, time and other terms",
            (_grid(comparison, worth, "Cost of living, time and other terms"),),
        ),
        doc.Section("The offers", (_grid(comparison, terms, "Rank, place and pay plan"),)),
        doc.Notes("Assumptions", (*comparison.assumptions, *doc.with_rules(comparison.overlays))),
        doc.Sources(tuple(doc.citation(id_, view.sources.get(id_)) for id_ in sources(comparison))),
    )


def charts(comparison: Comparison) -> tuple[Chart, Chart]:
    """The market with the bases, and the packages part by part."""
    names = ", ".join(WORDS[name] for name in comparison.offers[0].package.cash._fields)
    key = f"From the left: base, {names}. An unknown part is left out."
    bars = tuple(map(_stack, comparison.offers))
    return chart(comparison), Chart(
        "Packages, US dollars a year", bars, key, said=f". {key.removesuffix('.')}"
    )


def _stack(ranked: RankedOffer) -> Bar:
    package = ranked.package
    gaps = f", without {', '.join(WORDS[gap] for gap in package.gaps)}" if package.gaps else ""
    sums = accumulate((0, package.base.counted, *(part.counted for part in package.cash)))
    points = tuple(dollars * 100 for dollars in sums)
    return Bar(PARTS, points, label=f"{_name(ranked)}{gaps}", amount=_dollars(package.package.value))


def _ranking(comparison: Comparison) -> doc.Figures:
    """What each offer is ranked by where that is dollars; else its package."""
    labels = tuple(map(_name, comparison.offers))
    return doc.Figures(labels, tuple(_ranked_by(comparison, ranked) for ranked in comparison.offers), (), 0)


def _ranked_by(comparison: Comparison, ranked: RankedOffer) -> str:
    package = ranked.package
    worth = package.adjusted if comparison.by.sort == "adjusted" else None
    return _dollars((package.package if worth is None or worth.value is None else worth).value)


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
