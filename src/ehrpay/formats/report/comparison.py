"""A comparison of offers as a report: one HTML page, one SVG file, or Markdown. Every figure is the sheet's own."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ehrpay.domain.compare.remarks import PARTS
from ehrpay.formats import writers
from ehrpay.formats.compare import SideBySide
from ehrpay.formats.compare.document import groups, title
from ehrpay.formats.compare.figures import sources as cited
from ehrpay.formats.document import RANGE, SINGLE, Bar, Chart, Citation, citation, with_rules
from ehrpay.formats.glyphs import one_line
from ehrpay.formats.page import tables
from ehrpay.formats.page.drawing import drawing
from ehrpay.formats.page.frame import page, picture, section
from ehrpay.formats.page.svg import inline
from ehrpay.formats.report.estimate import KEY
from ehrpay.formats.report.stack import Stack, stack_drawing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ehrpay.domain.compare.result import Comparison, RankedOffer
    from ehrpay.domain.facts import Source
    from ehrpay.formats.document import Row as Line
    from ehrpay.formats.page.frame import Made
    from ehrpay.formats.page.svg import Drawing

SIDE_BY_SIDE = 3
"""So many offers stand beside one another; more get a table each, which the narrowest screen holds."""

NAMES = ("P10", "low (P25)", "middle (P50)", "high (P75)", "P90")


class CompareReport:
    """One comparison, written out once."""

    def __init__(self, found: Comparison, sources: Mapping[str, Source], made: Made) -> None:
        """Write the comparison out."""
        self._found, self._made, self._view = found, made, SideBySide(found, sources)
        self._title, self._when = one_line(title(found)), f"US dollars a year, as of {found.as_of}"
        self._names = [one_line(ranked.name) for ranked in found.offers]
        self._groups = [
            [row._replace(cells=tuple(map(one_line, row.cells))) for row in group] for group in groups(found)
        ]
        self._sources: list[Citation] = [
            Citation(*map(one_line, citation(id_, sources.get(id_)))) for id_ in cited(found)
        ]

    def html(self) -> str:
        """The page."""
        found = self._found
        notes = list(map(one_line, (*found.assumptions, *with_rules(found.overlays))))
        market, packages = self._drawings()
        flip = f"<p>{escape(one_line(found.tipping.sentence))}</p>" if found.tipping is not None else ""
        parts = [
            section("rank", "Ranking", self._ranking(), flip),
            tables.warnings(list(map(one_line, found.warnings))),
            section("packages", "Compensation per year", _figure(packages, self._order()), self._table(1)),
            section("market", "Against the market", _figure(market, f"{KEY} {BASE}"), self._points()),
            section("worth", "What it is worth", self._table(2), self._table(3)),
            section("terms", "The offers", self._table(0)),
            section("assumptions", "Assumptions", _listed(notes)) if notes else "",
            section("sources", "Sources", tables.sources(self._sources)),
        ]
        return page(self._title, self._when, parts, self._made)

    def svg(self) -> str:
        """The two drawings as one file."""
        return picture(self._title, self._when, self._drawings(), self._made)

    def markdown(self) -> str:
        """The text."""
        from ehrpay.formats.writers.markdown import escaped

        command = self._made.command.replace("`", "'")
        text = writers.write(self._view, "markdown", writers.Screen())
        return f"{text}\n{escaped(self._made.sentence)}\n\n    {command}\n"

    def _ranking(self) -> str:
        facts = [(f"{one.rank}. {self._name(one)}", self._amount(one)) for one in self._found.offers]
        return tables.ends(facts, main=0)

    def _amount(self, one: RankedOffer) -> str:
        """What an offer is ranked by where that is dollars; else its package."""
        worth = one.package.adjusted if self._found.by.sort == "adjusted" else None
        figure = one.package.package if worth is None or worth.value is None else worth
        return "unknown" if figure.value is None else f"{figure.value:,}"

    def _name(self, one: RankedOffer) -> str:
        return one_line(one.name)

    def _drawings(self) -> tuple[Drawing, Drawing]:
        bars: list[Bar] = []
        for ranked in self._found.offers:
            name, base = f"{ranked.rank}. {self._name(ranked)}", ranked.package.base.counted
            market = ranked.offer.market
            if market is not None:
                points = tuple(amount * 100 for amount in market.percentiles)
                ends = f"{market.low:,} to {market.high:,}"
                bars.append(Bar(RANGE, points, label=f"{name}: market", amount=ends))
            bars.append(Bar(SINGLE, (base * 100,), label=f"{name}: base", amount=f"{base:,}"))
        ranges = drawing(Chart("Market ranges and bases, US dollars a year", tuple(bars)), "ranges")
        stacks = [self._stack(one) for one in self._found.offers]
        said = "; ".join(f"{one.label}: {one.amount}" for one in stacks)
        return ranges, stack_drawing(stacks, "Packages, US dollars a year", f"{said}. {self._order()}")

    def _stack(self, one: RankedOffer) -> Stack:
        package = one.package
        figures = (package.base, *package.cash)
        total = package.package.value
        amount = "unknown" if total is None else f"{total:,}"
        gaps = f", without {', '.join(PARTS[gap] for gap in package.gaps)}" if package.gaps else ""
        name = f"{one.rank}. {self._name(one)}{gaps}"
        return Stack(name, amount, tuple((figure.value or 0) * 100 for figure in figures))

    def _order(self) -> str:
        """The parts in their order, for those who don't see colours."""
        money = self._found.offers[0].package.cash
        return f"From the left: base, {', '.join(PARTS[name] for name in money._fields)}. An unknown part is left out."

    def _points(self) -> str:
        rows = [
            (
                f"{ranked.rank}. {self._name(ranked)}",
                *(["none"] * 5 if market is None else [f"{amount:,}" for amount in market.percentiles]),
                f"{ranked.package.base.counted:,}",
            )
            for ranked in self._found.offers
            for market in [ranked.offer.market]
        ]
        by_offer = [
            [(head, cell) for head, cell in zip((*NAMES, "base"), row[1:], strict=True)] for row in rows
        ]
        told = [
            tables.table(
                tables.Table(
                    f"{row[0]}: the market's range and the base, US dollars a year",
                    ("What", "Amount"),
                    pairs,
                    (1,),
                    strong=2,
                    narrow=True,
                )
            )
            for row, pairs in zip(rows, by_offer, strict=True)
        ]
        return "\n".join(told)

    def _table(self, group: int) -> str:
        """A group of the sheet's rows: side by side, or a table an offer."""
        lines, names = self._groups[group], self._names
        if len(names) <= SIDE_BY_SIDE:
            rows = [(line.cells[0].removeprefix("= "), *line.cells[1:]) for line in lines]
            strong = next((n for n, line in enumerate(lines) if line.strong), None)
            return tables.table(
                tables.Table(
                    CAPTIONS[group],
                    ("What", *names),
                    rows,
                    tuple(range(1, len(names) + 1)),
                    strong=strong,
                    side=True,
                )
            )
        return "\n".join(self._alone(lines, n, group) for n in range(len(names)))

    def _alone(self, lines: Sequence[Line], at: int, group: int) -> str:
        rows = [(line.cells[0].removeprefix("= "), line.cells[at + 1]) for line in lines]
        caption = f"{self._names[at]}: {CAPTIONS[group]}"
        return tables.table(tables.Table(caption, ("What", "Offer"), rows, (1,), narrow=True, side=True))


BASE = "The dot is the base offered."
CAPTIONS = (
    "rank, place and pay plan",
    "the package, US dollars a year",
    "cost of living, time and other terms",
    "the base against the market",
)


def _figure(drawing: Drawing, caption: str) -> str:
    return f"<figure>\n{inline(drawing)}\n<figcaption>{escape(caption)}</figcaption>\n</figure>"


def _listed(texts: Sequence[str]) -> str:
    return "<ul>\n" + "\n".join(f"<li>{escape(text)}</li>" for text in texts) + "\n</ul>"
