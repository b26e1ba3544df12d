"""A comparison as one record: the JSON contract `ehrpay/compare/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.numerals import fixed
from ehrpay.formats.compare.rows import points
from ehrpay.formats.compare.view import figures, sources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.compare.ranking import Ranking
    from ehrpay.domain.compare.result import Comparison, RankedOffer
    from ehrpay.domain.facts import Source
    from ehrpay.domain.package.figures import Figure, Origin

SCHEMA = "ehrpay/compare/1"

Record = dict[str, Any]

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


def record(found: Comparison, book_sources: Mapping[str, Source]) -> Record:
    """The whole comparison, best first. Every figure is an object with its value and what it comes `from`."""
    home, flip = found.settings.home, found.tipping
    spelled = {}
    for id_ in [*sources(found), *(home.origin.sources if home is not None else ())]:
        if id_ in book_sources:
            spelled[id_] = {key: text for key, text in book_sources[id_]._asdict().items() if key != "id"}
    return {
        "schema": SCHEMA,
        "rules_version": found.rules_version,
        "rules": [overlay._asdict() for overlay in found.overlays],
        "as_of": found.as_of,
        "currency": "USD",
        "ranked_by": found.by.sort if not found.by.weights else "weights",
        "weights": dict(found.by.weights) or None,
        "home": None if home is None else home.place,
        "years": found.settings.years,
        "order": [one.name for one in found.offers],
        "offers": [_offer(one, found.by) for one in found.offers],
        "flip": None if flip is None else flip._asdict() | {"from": {"computed": "search on the ranking"}},
        "warnings": list(found.warnings),
        "assumptions": list(found.assumptions),
        "sources": spelled,
    }


def _offer(one: RankedOffer, by: Ranking) -> Record:
    offer, package, judged = one.offer, one.package, one.package.verdict
    told = figures(package)
    names = {figure.origin: name for name, figure in reversed(told.items()) if figure.value is not None}
    return {
        "rank": one.rank,
        "name": one.name,
        "where": offer.terms.where,
        "place": None if offer.place is None else offer.place.name,
        "remote": offer.remote,
        "employer": offer.kind,
        "pay_plan": offer.rate or None,
        "figures": {name: _figure(name, figure, names) for name, figure in told.items()},
        "by_year": [
            {
                "year": n,
                "base": _figure("base", year.base, names),
                "package": _figure("package", year.package, names),
            }
            for n, year in enumerate(package.by_year, 1)
        ],
        "market": _market(one),
        "standing": None if judged is None else judged.standing,
        "verdict": None if judged is None else judged.word,
        "gaps": list(package.gaps),
        "points": None if one.points is None else _points(one, by),
    }


def _points(one: RankedOffer, by: Ranking) -> Record:
    """Points out of 100, and the figures they are made of."""
    total = sum(weight for _, weight in by.weights)
    words = " + ".join(f"{weight} x {name}" for name, weight in by.weights)
    of = [{"figure": name} for name, _ in by.weights]
    of += [{"figure": "holidays"}] if "leave" in dict(by.weights) else []
    origin = {"computed": f"({words}) / {total}, the best in each being 100", "of": of}
    return {"points": points(one, total), "from": origin}


def _market(one: RankedOffer) -> Record | None:
    """The market's five percentiles, all from the rules of its middle."""
    market = one.offer.market
    if market is None:
        return None
    return {
        "headline": market.headline,
        "percentiles": market.percentiles._asdict(),
        "confidence": market.confidence.word,
        "warnings": list(market.warnings),
        "from": _from(one.package.market.origin, {}),
    }


def _figure(name: str, figure: Figure, names: Mapping[Origin, str]) -> Record:
    """The value under the name of its unit; a gap is null, with why."""
    key, places = UNITS.get(name, ("value", 0))
    if figure.value is None:
        return {key: None, "why": figure.why}
    value: int | str = fixed(figure.value, places) if places else figure.value
    return {key: value, "from": _from(figure.origin, names)}


def _from(origin: Origin, names: Mapping[Origin, str]) -> Record:
    """A place in the file, a rule with its place, or a formula with what went into it.

    What is another figure of the offer is told by its name.
    """
    if origin.file:
        return {"file": origin.file, "text": origin.text}
    if origin.rule:
        told = {"rule": origin.rule, "where": origin.where, "basis": origin.basis}
        return told | {"sources": list(origin.sources)}
    of = [{"figure": names[one]} if one in names else _from(one, names) for one in origin.of]
    return {"computed": origin.computed, "of": of}
