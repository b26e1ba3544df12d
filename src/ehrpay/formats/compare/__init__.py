"""A comparison of offers as people and programs read it: the JSON contract `ehrpay/compare/1`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ehrpay.domain.numerals import Decimal, fixed
from ehrpay.formats import Record, fields, table
from ehrpay.formats.amounts import tenths
from ehrpay.formats.compare.figures import FILLED, figures, points, sources
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ehrpay.domain.compare.result import Comparison, RankedOffer
    from ehrpay.domain.facts import Source
    from ehrpay.domain.package.figures import Figure, Origin
    from ehrpay.formats.bars import Chart
    from ehrpay.formats.document import Document

SCHEMA = "ehrpay/compare/1"

UNITS = {
    "leave": ("days", 1),
    "sick": ("days", 1),
    "holidays": ("days", 1),
    "week": ("hours", 2),
    "worked": ("hours", 2),
    "hourly": ("value_cents", 0),
    "percent": ("percent", 2),
    "percentile": ("percentile", 0),
}
"""The key of a figure that is not dollars a year, and how many decimal places its whole number holds."""

DECIMALS: Mapping[str, tuple[str, Callable[[int], str]]] = {
    "leave_days": ("leave", partial(fixed, places=1)),
    "sick_days": ("sick", partial(fixed, places=1)),
    "holidays_days": ("holidays", partial(fixed, places=1)),
    "hours_worked": ("worked", partial(fixed, places=2)),
    "hourly": ("hourly", partial(fixed, places=2)),
    "percent_of_market": ("percent", tenths),
}
"""The columns that are decimals: the figure's name, and how it is written."""

COLUMNS = (
    "rank", "name", "place", "remote", "pay_plan", "base", "bonus", "retirement", "health", "loan_repayment",
    "first_year", "sign_on", "total", "package", "adjusted", "leave_days", "sick_days", "holidays_days", "hours_worked",
    "hourly", "pension_pays", "pension_earns", "market_low", "market_mid", "market_high", "percent_of_market",
    "percentile", "verdict", "points", "gaps", "home", "as_of", "rules_version",
    "pension", "as_stated", "filled",
)  # fmt: skip


class SideBySide(NamedTuple):
    """Offers side by side, best first; a screen shows the assumptions and the market with `explain`."""

    result: Comparison
    sources: Mapping[str, Source]
    explain: bool = False

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.compare.document import document

        return document(self.result, explain=self.explain)

    def page(self) -> Document:
        """For a web page."""
        from ehrpay.formats.compare.page import page

        return page(self.result, self.sources)

    def charts(self) -> tuple[Chart, ...]:
        """For a picture: the market with the bases, and the packages."""
        from ehrpay.formats.compare.page import charts

        return charts(self.result)

    def record(self) -> Record:
        """For JSON, best first. Every figure is an object with its value and what it comes `from`."""
        from ehrpay.formats.estimate.record import cited

        comparison, headline = self.result, self.result.headline
        home, tipping, by = comparison.settings.home, comparison.tipping, comparison.by
        ids = [*sources(comparison), *(home.origin.sources if home is not None else ())]
        return {
            "schema": SCHEMA,
            "rules_version": comparison.rules_version,
            "rules": [overlay._asdict() for overlay in comparison.overlays],
            "as_of": comparison.as_of,
            "currency": "USD",
            "ranked_by": "weights" if by.weights else by.sort,
            "weights": dict(by.weights) or None,
            "home": None if home is None else home.place,
            "years": comparison.settings.years,
            "order": [ranked.name for ranked in comparison.offers],
            "offers": [_offer(ranked, comparison) for ranked in comparison.offers],
            "headline": {
                **headline._asdict(),
                "changes": headline.changes,
                "from": {"computed": "the two totals, and a search on the ranking"},
            },
            "flip": tipping and tipping._asdict() | {"from": {"computed": "search on the ranking"}},
            **fields(comparison, "warnings assumptions"),
            "sources": cited(ids, self.sources),
        }

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row an offer, best first; what is unknown is empty."""
        return table(COLUMNS, (_row(ranked, self.result) for ranked in self.result.offers))


def _offer(ranked: RankedOffer, comparison: Comparison) -> Record:
    offer, package, verdict = ranked.offer, ranked.package, ranked.package.verdict
    named = figures(package)
    names = {figure.origin: name for name, figure in reversed(named.items()) if figure.value is not None}
    return {
        **fields(ranked, "rank name"),
        "where": offer.terms.where,
        "place": None if offer.place is None else offer.place.name,
        "remote": offer.remote,
        "employer": offer.kind,
        "pay_plan": offer.rate or None,
        "figures": {name: _figure(name, figure, names) for name, figure in named.items()},
        "by_year": [
            {"year": n, **{name: _figure(name, figure, names) for name, figure in year._asdict().items()}}
            for n, year in enumerate(package.by_year, 1)
        ],
        "market": _market(ranked),
        "standing": None if verdict is None else verdict.standing,
        "verdict": None if verdict is None else verdict.word,
        "gaps": list(package.gaps),
        "like": offer.like or None,
        "filled": [name for name, figure in named.items() if name in FILLED and figure.filled],
        "as_stated": _stated(ranked),
        "points": None if ranked.points is None else _points(ranked, comparison),
    }


def _stated(ranked: RankedOffer) -> Record:
    """The totals of what the offer states alone, dollars a year, and the rank by them."""
    package = ranked.stated
    named = {"package": package.package, "adjusted": package.adjusted, "total": package.total}
    totals = {name: None if figure is None else _figure(name, figure, {}) for name, figure in named.items()}
    return totals | {"rank": ranked.stated_rank, "gaps": list(package.gaps)}


def _points(ranked: RankedOffer, comparison: Comparison) -> Record:
    """Points out of 100, and the figures they are made of."""
    weights = dict(comparison.by.weights)
    words = " + ".join(f"{weight} x {name}" for name, weight in weights.items())
    made_of = [*weights, "holidays"] if "leave" in weights else [*weights]
    origin = {
        "computed": f"({words}) / {sum(weights.values())}, the best in each being 100",
        "of": [{"figure": name} for name in made_of],
    }
    return {"points": Decimal(points(ranked, comparison)), "from": origin}


def _market(ranked: RankedOffer) -> Record | None:
    """The market's five percentiles, all from the rules of its middle."""
    market = ranked.offer.market
    if market is None:
        return None
    return {
        "headline": market.headline,
        "percentiles": market.percentiles._asdict(),
        "confidence": market.confidence.word,
        "warnings": list(market.warnings),
        "from": _from(ranked.package.market.origin, {}),
    }


def _figure(name: str, figure: Figure, names: Mapping[Origin, str]) -> Record:
    """The value under the name of its unit; an unknown one is null, with why."""
    key, places = UNITS.get(name, ("value", 0))
    if figure.value is None:
        return {key: None, "why": figure.why}
    value: int | str = fixed(figure.value, places) if places else figure.value
    found = {key: value, "from": _from(figure.origin, names)}
    if figure.low is None or figure.high is None:
        return found
    ends = {"low": figure.low, "high": figure.high}
    return found | {end: fixed(amount, places) if places else amount for end, amount in ends.items()}


def _from(origin: Origin, names: Mapping[Origin, str]) -> Record:
    """A place in the file, a rule with its place, or a formula with what went into it; other figures by name."""
    if origin.file:
        return {"file": origin.file, "text": origin.text}
    if origin.rule:
        return fields(origin, "rule where basis sources")
    of = [{"figure": names[part]} if part in names else _from(part, names) for part in origin.of]
    return {"computed": origin.computed, "of": of}


def _row(ranked: RankedOffer, comparison: Comparison) -> Record:
    offer, package, home = ranked.offer, ranked.package, comparison.settings.home
    market, verdict, named = offer.market, package.verdict, figures(package)
    decimals = {column: (named[name].value, write) for column, (name, write) in DECIMALS.items()}
    return {
        **{name: figure.value for name, figure in named.items()},
        **fields(ranked, "rank name"),
        "place": None if offer.place is None else offer.place.name,
        "remote": "yes" if offer.remote else "no",
        "pay_plan": offer.rate or None,
        **{
            name: None if value is None else Decimal(write(value))
            for name, (value, write) in decimals.items()
        },
        "market_low": None if market is None else market.low,
        "market_mid": None if market is None else market.mid,
        "market_high": None if market is None else market.high,
        "percentile": None if verdict is None else verdict.standing,
        "verdict": None if verdict is None else verdict.word,
        "points": None if ranked.points is None else points(ranked, comparison),
        "gaps": list(package.gaps),
        "as_stated": ranked.stated.package.value,
        "filled": [name for name in FILLED if named[name].filled],
        "home": None if home is None else home.place,
        **fields(comparison, "as_of rules_version"),
    }
