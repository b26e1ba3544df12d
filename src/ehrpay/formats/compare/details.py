"""What the offers' totals are made of, side by side: terms, what is stated, what is filled in, time, market."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ehrpay.domain.compare.remarks import PARTS
from ehrpay.domain.numerals import exact, trimmed, whole
from ehrpay.domain.package.figures import NOT_SPECIFIED
from ehrpay.formats import document as doc
from ehrpay.formats.compare.figures import days, figures, points, thousands, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ehrpay.domain.compare.result import Comparison, RankedOffer
    from ehrpay.domain.package.figures import Figure
    from ehrpay.domain.package.model import Package

DAYS_OFF = {"leave": "paid leave, days", "sick": "sick leave, days", "holidays": "holidays, days"}
LABELS = {"health": "health premium"}
"""Shorter labels of parts of a package."""


def groups(comparison: Comparison) -> tuple[tuple[doc.Row, ...], ...]:
    """The rows: terms, the parts of the totals, time, market."""
    return tuple(tuple(rows(comparison)) for rows in (_terms, _parts, _time, _market))


def totals(comparison: Comparison) -> doc.Lines:
    """The rank and the sums, for pipes: a screen has them in a row an offer."""
    offers = comparison.offers
    rows = [_row("rank", (str(ranked.rank) for ranked in offers)), *sums(comparison)]
    rows.append(_figures("hours worked", (ranked.package for ranked in offers), "worked", whole))
    return doc.Lines(tuple(line for row in rows for line in row.lines))


def sums(comparison: Comparison) -> Iterator[doc.Row]:
    """Both totals, from where to where the second goes, and that at the prices of home."""
    offers, years = comparison.offers, comparison.settings.years
    packages = [ranked.package for ranked in offers]
    yield _figures(_per_year("= as stated", years), (ranked.stated for ranked in offers), "package")
    yield _figures(_per_year("= like for like", years), packages, "package")
    if any(package.package.filled for package in packages):
        yield _row("like for like, from", (thousands(package.package.least) for package in packages))
        yield _row("like for like, to", (thousands(package.package.most) for package in packages))
    if comparison.settings.home is not None:
        yield _figures("= at home prices", packages, "adjusted")


def _per_year(label: str, years: int | None) -> str:
    return label if years is None else f"{label}, average per year"


def _row(label: str, cells: Iterable[str], *, strong: bool = False) -> doc.Row:
    """A row; a sum's sign is no part of its label for pipes."""
    cells, name = tuple(cells), label.removeprefix("= ")
    return doc.Row((label, *cells), lines=((name, *cells),), strong=strong or name != label)


def _figures(
    label: str, packages: Iterable[Package], name: str, write: Callable[[int], str] = thousands
) -> doc.Row:
    """A row of the figures with a name."""
    return _row(label, (written(figures(package).get(name), write) for package in packages))


def _terms(comparison: Comparison) -> Iterator[doc.Row]:
    """Place and what sets the base."""
    offers = comparison.offers
    yield _row("place", map(_place, offers))
    if any(ranked.offer.rate for ranked in offers):
        yield _row("pay plan", (ranked.offer.rate or "none" for ranked in offers))


def offered(comparison: Comparison) -> doc.Row:
    """What each offer pays in its place."""
    return _row("base as offered", (f"{ranked.package.base.counted:,}" for ranked in comparison.offers))


def _place(ranked: RankedOffer) -> str:
    if ranked.offer.remote:
        return "remote"
    return NOT_SPECIFIED if ranked.offer.place is None else ranked.offer.place.name


def _parts(comparison: Comparison) -> Iterator[doc.Row]:
    """The parts of the totals: as stated, and in brackets what is filled in; a part of no offer has no row."""
    offers, years = comparison.offers, comparison.settings.years
    yield _figures("base", (ranked.stated for ranked in offers), "base")
    for name in comparison.offers[0].package.cash._fields:
        if any(name in ranked.package.cash.known() for ranked in offers):
            yield _row(LABELS.get(name, PARTS[name]), (_part(ranked, name) for ranked in offers))
    if any(ranked.stated.sign_on.value is not None for ranked in offers):
        yield _figures("sign-on, once", (ranked.stated for ranked in offers), "sign_on")
    if years is not None:
        total = f"total for {'a year' if years == 1 else f'{years} years'}"
        packages = [ranked.package for ranked in offers]
        yield _figures("first year", packages, "first_year")
        yield _figures(total, packages, "total")


def _part(ranked: RankedOffer, name: str) -> str:
    """A part: as stated, else that it isn't, and in brackets what is counted instead."""
    figure: Figure = getattr(ranked.package.cash, name)
    if name == "pension" and figure.value is None:
        return "none"
    return _not_stated(figure, thousands) if figure.filled else written(figure, thousands)


def _time(comparison: Comparison) -> Iterator[doc.Row]:
    """Days off and hours, pay per hour, and what is listed apart from the totals."""
    offers = comparison.offers
    for name, label in DAYS_OFF.items():
        yield _row(label, (_not_stated(figures(ranked.package)[name], days) for ranked in offers))
    yield _row(
        "hours a week",
        (_not_stated(ranked.package.time.week, partial(trimmed, places=2)) for ranked in offers),
    )
    if comparable_hours(comparison):
        yield _figures("per hour worked", (ranked.package for ranked in offers), "hourly", exact)


def _not_stated(figure: Figure, write: Callable[[int], str]) -> str:
    """A figure, or that it isn't specified and what is counted instead."""
    if figure.value is None:
        return figure.why
    if not _by_rule(figure):
        return write(figure.value)
    return f"{figure.why or NOT_SPECIFIED} ({write(figure.value)})"


def _by_rule(figure: Figure) -> bool:
    return not figure.origin.file or figure.origin.file == "--assume"


def comparable_hours(comparison: Comparison) -> bool:
    """Whether hours are counted alike for every offer: the same days off are known, and the week."""
    known = {
        tuple(figures(ranked.package)[name].value is not None for name in (*DAYS_OFF, "week"))
        for ranked in comparison.offers
    }
    return len(known) == 1 and all(
        ranked.package.time.worked.value is not None for ranked in comparison.offers
    )


def shown_hours(ranked: RankedOffer) -> str:
    """The hours worked a year; in brackets where part of them is not as stated."""
    time = ranked.package.time
    if time.worked.value is None:
        return NOT_SPECIFIED
    parts = [time.week, *(figures(ranked.package)[name] for name in DAYS_OFF)]
    hours = whole(time.worked.value)
    return f"({hours})" if any(map(_by_rule, parts)) else hours


def _market(comparison: Comparison) -> Iterator[doc.Row]:
    """The base in the market, and the points where weights rank."""
    offers = comparison.offers
    yield _figures("market middle", (ranked.package for ranked in offers), "market_mid")
    yield _row("in the market", map(_position, offers))
    if comparison.by.weights:
        yield _row("points out of 100", (points(ranked, comparison) for ranked in offers), strong=True)


def _position(ranked: RankedOffer) -> str:
    """The base in the market: `fair, P55`."""
    verdict = ranked.package.verdict
    return "no market range" if verdict is None else f"{verdict.word}, {verdict.standing}"
