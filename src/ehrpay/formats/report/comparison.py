"""A comparison of offers as a web page: the ranking, packages drawn and counted, the market, terms, assumptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.compare.remarks import PARTS as WORDS
from ehrpay.formats import document as doc
from ehrpay.formats.compare.document import ABREAST, chart, groups, title
from ehrpay.formats.compare.figures import sources
from ehrpay.formats.estimate.document import PERCENTILES

if TYPE_CHECKING:
    from collections.abc import Iterator

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
            (packages, _grid(comparison, package, "the package, US dollars a year")),
        ),
        doc.Section("Against the market", (ranges, *_points(comparison))),
        doc.Section(
            "What it is worth",
            (
                _grid(comparison, worth, "cost of living, time and other terms"),
                _grid(comparison, market, "the base against the market"),
            ),
        ),
        doc.Section("The offers", (_grid(comparison, terms, "rank, place and pay plan"),)),
        doc.Notes("Assumptions", (*comparison.assumptions, *doc.with_rules(comparison.overlays))),
        doc.Sources(tuple(doc.citation(id_, view.sources.get(id_)) for id_ in sources(comparison))),
    )


def charts(comparison: Comparison) -> tuple[doc.Chart, doc.Chart]:
    """The market with the bases, and the packages part by part."""
    names = ", ".join(WORDS[name] for name in comparison.offers[0].package.cash._fields)
    key = f"From the left: base, {names}. An unknown part is left out."
    bars = tuple(map(_stack, comparison.offers))
    return chart(comparison), doc.Chart(
        "Packages, US dollars a year", bars, key, said=f". {key.removesuffix('.')}"
    )


def _stack(ranked: RankedOffer) -> doc.Bar:
    package = ranked.package
    figures = (package.base, *package.cash)
    gaps = f", without {', '.join(WORDS[gap] for gap in package.gaps)}" if package.gaps else ""
    points = tuple((figure.value or 0) * 100 for figure in figures)
    return doc.Bar(doc.PARTS, points, label=f"{_name(ranked)}{gaps}", amount=_dollars(package.package.value))


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


def _points(comparison: Comparison) -> Iterator[doc.Grid]:
    """The market's range and the base of each offer."""
    for ranked in comparison.offers:
        market = ranked.offer.market
        amounts = ["none"] * 5 if market is None else [f"{amount:,}" for amount in market.percentiles]
        pairs = zip((*PERCENTILES, "base"), (*amounts, f"{ranked.package.base.counted:,}"), strict=True)
        yield doc.Grid(
            (doc.Column("What"), doc.Column("Amount", right=True)),
            tuple(doc.Row(pair, strong=pair[0] == PERCENTILES[2]) for pair in pairs),
            caption=f"{_name(ranked)}: the market's range and the base, US dollars a year",
        )
