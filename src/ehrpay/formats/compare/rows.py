"""The rows of a comparison: labels and a cell an offer, every amount written out and every gap in a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.compare.remarks import PARTS
from ehrpay.domain.money import divide
from ehrpay.domain.numerals import exact, fixed, whole
from ehrpay.domain.package.figures import NOT_SAID
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ehrpay.domain.compare.result import Comparison, RankedOffer
    from ehrpay.domain.package.figures import Figure
    from ehrpay.domain.package.model import Package

    Cell = Callable[[Package], str]

SHORT = 20
"""A reason for a gap up to so long stands in its cell; a longer one among the warnings."""

SUM, LINE = "sum", "line"


class Row(NamedTuple):
    """One line of the comparison: a label, a cell an offer, and whether it is a sum or a plain line."""

    label: str
    cells: tuple[str, ...]
    kind: str = LINE


def _rows(found: Comparison, *rows: tuple[str, Cell], kind: str = LINE) -> Iterator[Row]:
    for label, cell in rows:
        yield Row(label, tuple(cell(one.package) for one in found.offers), kind)


def terms_rows(found: Comparison) -> tuple[Row, ...]:
    """Rank, place and what sets the base."""
    places = Row("place", tuple(_place(one) for one in found.offers))
    rates = Row("pay plan", tuple(one.offer.rate or "none" for one in found.offers))
    ranks = Row("rank", tuple(str(one.rank) for one in found.offers), SUM)
    return (ranks, places, rates) if any(one.offer.rate for one in found.offers) else (ranks, places)


def _place(one: RankedOffer) -> str:
    if one.offer.remote:
        return "remote"
    return NOT_SAID if one.offer.place is None else one.offer.place.name


def package_rows(found: Comparison) -> tuple[Row, ...]:
    """The parts and their sum; a part that no offer says has no line."""
    rows = list(_rows(found, ("base", lambda p: _dollars(p.base))))
    for name, words in PARTS.items():
        if name == "sign_on" or all(name in one.package.gaps for one in found.offers):
            continue
        rows += _rows(found, (words, lambda p, name=name: _dollars(getattr(p.cash, name))))  # type: ignore[misc]
    if found.settings.years is None:
        rows += _rows(found, ("= package", lambda p: _dollars(p.package)), kind=SUM)
    else:
        years = "a year" if found.settings.years == 1 else f"{found.settings.years} years"
        rows += _rows(found, ("first year", lambda p: _dollars(p.first)))
        rows += _rows(found, ("sign-on, once", lambda p: _dollars(p.sign_on)))
        rows += _rows(found, (f"total of {years}", lambda p: _dollars(p.total)))
        rows += _rows(found, ("= package, average a year", lambda p: _dollars(p.package)), kind=SUM)
    rows += _rows(found, ("gaps in the sum", _gaps))
    return tuple(rows)


def _gaps(package: Package) -> str:
    count = len(package.gaps)
    return f"{count}: {', '.join(PARTS[name] for name in package.gaps)}" if count else "none"


def worth_rows(found: Comparison) -> tuple[Row, ...]:
    """In prices at home, time, by the hour, and what stands beside the package."""
    rows: list[Row] = []
    home = found.settings.home
    if home is not None:
        rows += _rows(found, (f"= in prices of {home.place}", lambda p: _dollars(p.adjusted)), kind=SUM)
    rows += _rows(
        found,
        ("leave, days", lambda p: _days(p.time.leave)),
        ("sick leave, days", lambda p: _days(p.time.sick)),
        ("holidays, days", lambda p: _days(p.time.holidays)),
        ("hours worked a year", lambda p: _shown(p.time.worked, whole)),
        ("package an hour worked", lambda p: _shown(p.hourly, exact)),
    )
    if found.settings.years is None and any(one.package.sign_on.value is not None for one in found.offers):
        rows += _rows(found, ("sign-on, once", lambda p: _dollars(p.sign_on)))
    if any(one.package.pension is not None for one in found.offers):
        rows += _rows(
            found,
            ("pension: you pay", lambda p: _dollars(p.pension and p.pension.pays)),
            ("pension: a year earns", lambda p: _dollars(p.pension and p.pension.earns)),
        )
    return tuple(rows)


def market_rows(found: Comparison) -> tuple[Row, ...]:
    """The base against the market, and the points where weights rank."""
    rows = list(
        _rows(
            found,
            ("market middle", lambda p: _dollars(p.market)),
            ("base, percent of market", lambda p: _shown(p.percent, percent_of)),
            ("base, percentile", lambda p: p.verdict.standing if p.verdict else _dollars(p.percentile)),
            ("verdict", lambda p: p.verdict.word if p.verdict else "none"),
        )
    )
    if found.by.weights:
        total = sum(weight for _, weight in found.by.weights)
        rows.append(Row("points of 100", tuple(points(one, total) for one in found.offers), SUM))
    return tuple(rows)


def points(one: RankedOffer, total: int) -> str:
    """Points out of 100, two places, cut and not rounded: nobody reaches 100.00 without being best in all."""
    return exact((one.points or 0) // total)


def percent_of(share: int) -> str:
    """A share in 1/10,000 as a percentage with one place, half up."""
    return f"{fixed(divide(share, 10), 1)} %"


def _dollars(figure: Figure | None) -> str:
    return NOT_SAID if figure is None else _shown(figure, lambda value: f"{value:,}")


def _days(figure: Figure) -> str:
    return _shown(figure, lambda tenths: fixed(tenths, 1).removesuffix(".0"))


def _shown(figure: Figure, write: Callable[[int], str]) -> str:
    if figure.value is not None:
        return write(figure.value)
    return figure.why if len(figure.why) <= SHORT else "not known"
