"""Value one offer: base, package, cost of living, pay per hour worked, and position in the market."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ehrpay.domain.estimate.verdict import verdict
from ehrpay.domain.money import divide, dollars, ratio
from ehrpay.domain.numerals import fixed
from ehrpay.domain.package.figures import Figure, Origin, computed, made_of, of_step, stated, unknown
from ehrpay.domain.package.model import Package, PackageYear
from ehrpay.domain.package.parts import BenefitQuery, cash_parts, pension, time_off

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.estimate.verdict import Verdict
    from ehrpay.domain.package.model import Offer, Parity, Settings
    from ehrpay.domain.package.parts import CashParts

PENSION = "pension"
"""No letter states what a pension is worth, so its absence is no gap."""

UNDER, OVER = 10, 90
"""Outside P10..P90 the percentile is unknown: an offer there counts as at the edge."""


def value_offer(offer: Offer, settings: Settings) -> Package:
    """The package of one offer."""
    query = BenefitQuery(offer.terms, offer.kind, settings.benefits, settings.filling, offer.like)
    bases = _bases(offer, settings.years or 1)
    by_year = tuple(PackageYear(base, _sum(base, cash_parts(query, base.counted))) for base in bases)
    base, first = by_year[0]
    cash = cash_parts(query, base.counted)
    sign_on = offer.terms.sign_on
    bonus = unknown() if sign_on is None else stated(sign_on, dollars(sign_on.value))
    total = None if settings.years is None else _total(by_year, bonus)
    package = first if total is None else _average(total, len(bases))
    time = time_off(query)
    market = market_of(offer)
    position = None if offer.market is None else verdict(base.counted * 100, offer.market)
    return Package(
        base=base,
        cash=cash,
        sign_on=bonus,
        pension=pension(query, base.counted),
        time=time,
        first=first,
        total=total,
        package=package,
        adjusted=adjusted_of(offer, settings, package),
        hourly=hourly_of(package, time.worked),
        market=market,
        percent=percent_of(base, market),
        percentile=percentile_of(position, market),
        verdict=position,
        gaps=_gaps(cash, bonus if total is not None else None),
        by_year=by_year if total is not None else (),
    )


def _bases(offer: Offer, years: int) -> tuple[Figure, ...]:
    """The base of each year: the pay plan's, else the one stated, flat in today's dollars."""
    if offer.cells:
        return offer.cells[:years]
    base = offer.terms.base
    if base is None:
        raise ValueError(f"{offer.terms.name} has neither a base nor a cell of a pay plan")
    return (stated(base, dollars(base.value)),) * years


def _sum(base: Figure, cash: CashParts) -> Figure:
    known = cash.known()
    formula = " + ".join(["base", *(name.replace("_", " ") for name in known)])
    total = base.counted + sum(part.counted for part in known.values())
    figure = computed(total, formula, base.origin, *(part.origin for part in known.values()))
    return _with_range(figure, [base, *known.values()])


def _with_range(figure: Figure, parts: Sequence[Figure]) -> Figure:
    """A sum with the sums of its parts' ends, where one of them isn't stated."""
    if not any(part.filled for part in parts):
        return figure
    return figure.ranging(sum(part.least for part in parts), sum(part.most for part in parts))


def _total(by_year: tuple[PackageYear, ...], sign_on: Figure) -> Figure:
    formula = f"the packages of {len(by_year)} years" + (
        " + sign-on once" if sign_on.value is not None else ""
    )
    parts = [*(year.package for year in by_year), sign_on]
    origins = (part.origin for part in parts if part.origin != Origin())
    return _with_range(computed(sum(part.counted for part in parts), formula, *origins), parts)


def _average(total: Figure, years: int) -> Figure:
    average = total.changed(lambda amount: divide(amount, years))
    return average._replace(origin=made_of(f"total / {years} years", total.origin))


def _gaps(cash: CashParts, sign_on: Figure | None) -> tuple[str, ...]:
    """The names of the unknown parts; a sign-on bonus is one only in a sum that would include it."""
    parts = cash._asdict() if sign_on is None else {**cash._asdict(), "sign_on": sign_on}
    return tuple(name for name, part in parts.items() if part.value is None and name != PENSION)


def adjusted_of(offer: Offer, settings: Settings, package: Figure) -> Figure | None:
    """The package in the prices of home; None without a home, unknown where the prices of the place are."""
    home, there = settings.home, offer.parity
    if home is None:
        return None
    if offer.remote:
        return package._replace(origin=made_of("package; a remote job is done at home", package.origin))
    if there is None:
        return unknown(
            "place not specified" if offer.place is None else f"no prices known for {offer.place.name}"
        )
    formula = f"package x {_thousandths(home)} ({home.place}) / {_thousandths(there)} ({there.place})"
    adjusted = package.changed(partial(moved, there=there, home=home))
    return adjusted._replace(origin=made_of(formula, package.origin, home.origin, there.origin))


def moved(amount: int, *, there: Parity, home: Parity) -> int:
    """What an amount paid in a place is worth at the prices of home."""
    return divide(amount * home.value, there.value)


def _thousandths(parity: Parity) -> str:
    return fixed(parity.value, 3)


def hourly_of(package: Figure, worked: Figure) -> Figure:
    """Cents an hour worked."""
    if worked.value is None:
        return unknown(worked.why)
    cents = divide(package.counted * 100 * 100, worked.value)
    return computed(cents, "package / hours worked", package.origin, worked.origin)


def market_of(offer: Offer) -> Figure:
    """The middle of the market's range."""
    market = offer.market
    if market is None:
        return unknown(offer.no_market or "no market range")
    rules = [of_step(step) for step in market.steps if step.story.where]
    return computed(market.mid, "the market method's middle", *rules)


def percent_of(base: Figure, market: Figure) -> Figure:
    """The base over the market's middle, in 1/10,000."""
    if not market.value:
        return unknown(market.why or "the market's middle is zero")
    share = ratio(base.counted, market.value)
    return computed(share, "base / market middle", base.origin, market.origin)


def percentile_of(position: Verdict | None, market: Figure) -> Figure:
    """The base's percentile in the market's range; unknown outside P10..P90."""
    if position is None:
        return unknown(market.why)
    if position.percentile is None:
        return unknown(position.standing)
    return computed(position.percentile, "position of base between the market's percentiles", market.origin)


def percentile_counted(package: Package) -> int | None:
    """The percentile for ranking: the edge outside P10..P90, None without a market range."""
    position = package.verdict
    if position is None or position.percentile is not None:
        return None if position is None else position.percentile
    return UNDER if position.standing.startswith("under") else OVER
