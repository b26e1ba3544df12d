"""A comparison written out: the one view that its table, plain text and Markdown show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.package.figures import cited
from ehrpay.formats.compare.rows import market_rows, package_rows, terms_rows, worth_rows
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.compare.result import Comparison, RankedOffer
    from ehrpay.domain.package.figures import Figure
    from ehrpay.domain.package.model import Package
    from ehrpay.formats.compare.rows import Row
    from ehrpay.formats.glyphs import Tidy


class Bar(NamedTuple):
    """What is drawn of an offer: rank, name, the market's five percentiles (None without), the base, in cents."""

    rank: int
    name: str
    points: tuple[int, ...] | None
    base: int


class Sheet(NamedTuple):
    """A comparison written out, offers best first. Groups of rows are told apart by a rule."""

    title: str
    when: str
    names: tuple[str, ...]
    groups: tuple[tuple[Row, ...], ...]
    bars: tuple[Bar, ...]
    flip: str
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]


def write_out(found: Comparison, tidy: Tidy) -> Sheet:
    """The sheet of a comparison; `tidy` makes a text safe on one line."""
    groups = (terms_rows(found), package_rows(found), worth_rows(found), market_rows(found))
    return Sheet(
        tidy(_title(found)),
        f"US dollars a year, as of {found.as_of}",
        tuple(tidy(one.name) for one in found.offers),
        tuple(
            tuple(row._replace(label=tidy(row.label), cells=tuple(map(tidy, row.cells))) for row in group)
            for group in groups
        ),
        tuple(_bar(one, tidy) for one in found.offers),
        tidy(found.tipping.sentence) if found.tipping is not None else "",
        tuple(map(tidy, found.warnings)),
        tuple(map(tidy, (*found.assumptions, *_overlays(found)))),
        tuple(sources(found)),
    )


def sources(found: Comparison) -> list[str]:
    """The ids of every source a figure rests on, in order of use."""
    ids = [
        id_
        for one in found.offers
        for figure in figures(one.package).values()
        for id_ in cited(figure.origin)
    ]
    return list(dict.fromkeys(ids))


def figures(package: Package) -> dict[str, Figure]:
    """Every figure of an offer by name, in the order people read them; those that don't apply are left out."""
    time, pension = package.time, package.pension
    told: dict[str, Figure | None] = {
        "base": package.base,
        **package.cash._asdict(),
        "first_year": None if package.total is None else package.first,
        "sign_on": package.sign_on,
        "total": package.total,
        "package": package.package,
        "adjusted": package.adjusted,
        **time._asdict(),
        "hourly": package.hourly,
        "pension_pays": None if pension is None else pension.pays,
        "pension_earns": None if pension is None else pension.earns,
        "market_mid": package.market,
        "percent": package.percent,
        "percentile": package.percentile,
    }
    return {name: figure for name, figure in told.items() if figure is not None}


def _title(found: Comparison) -> str:
    count = len(found.offers)
    home = found.settings.home
    by = {
        "adjusted": f"package in prices of {home.place}" if home is not None else "package in home prices",
        "hourly": "pay by the hour worked",
        "percent": "percent of market",
        "percentile": "market percentile",
    }.get(found.by.sort, found.by.sort)
    words = f"points for {found.by.words}" if found.by.weights else by
    return f"{count} offer{'' if count == 1 else 's'}, {'sorted' if words == 'name' else 'ranked'} by {words}"


def _overlays(found: Comparison) -> list[str]:
    return [f"with the rules of {overlay.title} ({overlay.path})" for overlay in found.overlays]


def _bar(one: RankedOffer, tidy: Tidy) -> Bar:
    market = one.offer.market
    marks = None if market is None else tuple(amount * 100 for amount in market.percentiles)
    return Bar(one.rank, tidy(one.name), marks, one.package.base.counted * 100)
