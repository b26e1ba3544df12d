"""The figures of an offer by name, as records have them, and written out as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.facts import BASES
from ehrpay.domain.numerals import exact, trimmed
from ehrpay.domain.package.figures import NOT_SPECIFIED, cited

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from ehrpay.domain.compare.result import Comparison, RankedOffer
    from ehrpay.domain.package.figures import Figure, Origin
    from ehrpay.domain.package.model import Package

FILLED = {
    "retirement": "match",
    "health": "health",
    "pension": "pension",
    "leave": "leave",
    "sick": "sick leave",
    "holidays": "holidays",
}
"""What may be filled in, in short."""

CASH = ("retirement", "health", "pension")
DAYS = ("leave", "sick", "holidays")
SHORT = 22
"""The longest reason for an unknown figure that is shown in its cell; longer ones are among the warnings."""


def figures(package: Package) -> dict[str, Figure]:
    """Every figure of an offer by name, in the order people read them, without those that don't apply."""
    pension = package.pension
    named: dict[str, Figure | None] = {
        "base": package.base,
        **package.cash._asdict(),
        "first_year": None if package.total is None else package.first,
        "sign_on": package.sign_on,
        "total": package.total,
        "package": package.package,
        "adjusted": package.adjusted,
        **package.time._asdict(),
        "hourly": package.hourly,
        "pension_pays": None if pension is None else pension.pays,
        "pension_earns": None if pension is None else pension.earns,
        "market_mid": package.market,
        "percent": package.percent,
        "percentile": package.percentile,
    }
    return {name: figure for name, figure in named.items() if figure is not None}


def written(figure: Figure | None, write: Callable[[int], str]) -> str:
    """A figure in a cell: its value, or in words why it is unknown."""
    if figure is None:
        return NOT_SPECIFIED
    if figure.value is not None:
        return write(figure.value)
    return figure.why if len(figure.why) <= SHORT else "unknown"


def thousands(dollars: int) -> str:
    """Whole dollars: `66,500`."""
    return f"{dollars:,}"


def days(tenths: int) -> str:
    """Tenths of a day as days: `20`, `6.5`."""
    return trimmed(tenths, 1)


def points(ranked: RankedOffer, comparison: Comparison) -> str:
    """Points out of 100 with two places, cut and not rounded: only the best in everything gets 100.00."""
    total = sum(weight for _, weight in comparison.by.weights)
    return exact((ranked.points or 0) // total)


def filled_in(comparison: Comparison, names: Collection[str] = ()) -> Iterator[str]:
    """For each offer the parts that it doesn't state, what is counted for them, the usual range, and its basis.

    `names` are the parts to tell of; all without.
    """
    for ranked in comparison.offers:
        named = figures(ranked.package)
        known = list(filter(None, (_filled(name, named[name]) for name in names or FILLED)))
        if known:
            yield f"{ranked.name}: {', '.join(known)}"


def _filled(name: str, figure: Figure) -> str:
    """One part: `health 7,885 (7,100 to 8,500, survey)`; nothing where it is stated or unknown."""
    if not figure.filled or figure.value is None:
        return ""
    write, unit = (days, " days") if name in DAYS else (thousands, "")
    ends = "" if figure.least == figure.most else f"{write(figure.least)}-{write(figure.most)}, "
    return f"{FILLED[name]} {write(figure.value)}{unit} ({ends}{_basis(figure.origin)})"


def _basis(origin: Origin) -> str:
    """How a figure is known, by the weakest of what it is made of."""
    if origin.file:
        return "assumed by you" if origin.file == "--assume" else ""
    found = [origin.basis] if origin.basis else list(filter(None, map(_basis, origin.of)))
    return max(found, key=BASES.index, default="")


def sources(comparison: Comparison) -> list[str]:
    """The ids of every source of a figure, in order of use."""
    origins = (figure.origin for ranked in comparison.offers for figure in figures(ranked.package).values())
    return list(dict.fromkeys(id_ for origin in origins for id_ in cited(origin)))
