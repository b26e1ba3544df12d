"""One offer valued: base, package, the package in home prices, by the hour worked, and against the market."""

from __future__ import annotations

from ehrpay.domain.estimate.verdict import verdict
from ehrpay.domain.money import divide, dollars
from ehrpay.domain.package.figures import Figure, Origin, computed, gap, said
from ehrpay.domain.package.model import Frame, Offer, Package, Year
from ehrpay.domain.package.parts import Asking, Money, money, pension
from ehrpay.domain.package.time_off import time
from ehrpay.domain.package.worth import adjusted_of, hourly_of, market_of, percent_of, percentile_of


def value(offer: Offer, frame: Frame) -> Package:
    """Value one offer."""
    terms = offer.terms
    asking = Asking(terms, offer.kind, frame.benefits)
    bases = _bases(offer, frame.years or 1)
    base = bases[0]
    parts = money(asking, base.value or 0)
    sign_on = gap() if terms.sign_on is None else said(terms.sign_on, dollars(terms.sign_on.value))
    first = _sum(base, parts)
    by_year = tuple(Year(one, _sum(one, money(asking, one.value or 0))) for one in bases)
    total = None if frame.years is None else _total(by_year, sign_on)
    package = first if total is None else _average(total, frame.years or 1)
    spent = time(asking)
    judged = None if offer.market is None else verdict((base.value or 0) * 100, offer.market)
    market = market_of(offer)
    return Package(
        base,
        parts,
        sign_on,
        pension(asking, base.value or 0),
        spent,
        first,
        total,
        package,
        adjusted_of(offer, frame, package),
        hourly_of(package, spent.worked),
        market,
        percent_of(base, market),
        percentile_of(judged, market),
        judged,
        _gaps(parts, sign_on if frame.years is not None else None),
        by_year if frame.years is not None else (),
    )


def _bases(offer: Offer, years: int) -> tuple[Figure, ...]:
    """The base of each year: the pay plan's, else what was said, flat in today's dollars."""
    if offer.cells:
        return offer.cells[:years]
    base = offer.terms.base
    if base is None:
        msg = f"{offer.terms.name} has neither a base nor a cell of a pay plan"
        raise ValueError(msg)
    return (said(base, dollars(base.value)),) * years


def _known(parts: Money) -> dict[str, Figure]:
    return {name: figure for name, figure in parts._asdict().items() if figure.value is not None}


def _sum(base: Figure, parts: Money) -> Figure:
    known = _known(parts)
    whole = (base.value or 0) + sum(figure.value or 0 for figure in known.values())
    words = " + ".join(["base", *(name.replace("_", " ") for name in known)])
    return computed(whole, words, base.origin, *(figure.origin for figure in known.values()))


def _total(by_year: tuple[Year, ...], sign_on: Figure) -> Figure:
    words = f"the packages of {len(by_year)} years" + (" + sign-on once" if sign_on.value is not None else "")
    origins = [*(year.package.origin for year in by_year), sign_on.origin]
    whole = sum(year.package.value or 0 for year in by_year) + (sign_on.value or 0)
    return computed(whole, words, *(origin for origin in origins if origin != Origin()))


def _average(total: Figure, years: int) -> Figure:
    return computed(divide(total.value or 0, years), f"total / {years} years", total.origin)


def _gaps(parts: Money, sign_on: Figure | None) -> tuple[str, ...]:
    missing = [name for name, figure in parts._asdict().items() if figure.value is None]
    return (*missing, "sign_on") if sign_on is not None and sign_on.value is None else tuple(missing)
