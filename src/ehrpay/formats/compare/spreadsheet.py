"""A comparison as CSV, a row an offer, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from ehrpay.domain.numerals import fixed
from ehrpay.formats.compare.rows import percent_of, points
from ehrpay.formats.compare.view import figures
from ehrpay.formats.writers.csv import cell

if TYPE_CHECKING:
    from ehrpay.domain.compare.result import Comparison, RankedOffer
    from ehrpay.domain.package.figures import Figure

COLUMNS = (
    "rank", "name", "place", "remote", "pay_plan", "base", "bonus", "retirement", "health", "loan_repayment",
    "first_year", "sign_on", "total", "package", "adjusted", "leave_days", "sick_days", "holidays_days", "hours_worked",
    "hourly", "pension_pays", "pension_earns", "market_low", "market_mid", "market_high", "percent_of_market",
    "percentile", "verdict", "points", "gaps", "home", "as_of", "rules_version",
)  # fmt: skip


def as_csv(found: Comparison) -> str:
    """A row an offer, best first; a thing not known is empty."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found.offers:
        row = _row(one, found)
        writer.writerow([value if name in NUMBERS else cell(value) for name, value in row.items()])
    return out.getvalue()


NUMBERS = frozenset(
    {"leave_days", "sick_days", "holidays_days", "hours_worked", "hourly", "percent_of_market"}
)
"""Decimals written as text that stay numbers to a spreadsheet."""


def _row(one: RankedOffer, found: Comparison) -> dict[str, object]:
    told = figures(one.package)
    market, judged, home = one.offer.market, one.package.verdict, found.settings.home
    row: dict[str, object] = {
        "rank": one.rank,
        "name": one.name,
        "place": None if one.offer.place is None else one.offer.place.name,
        "remote": "yes" if one.offer.remote else "no",
        "pay_plan": one.offer.rate or None,
        "leave_days": _plain(told["leave"], 1),
        "sick_days": _plain(told["sick"], 1),
        "holidays_days": _plain(told["holidays"], 1),
        "hours_worked": _plain(told["worked"], 2),
        "hourly": _plain(told["hourly"], 2),
        "market_low": None if market is None else market.low,
        "market_mid": None if market is None else market.mid,
        "market_high": None if market is None else market.high,
        "percent_of_market": None
        if one.package.percent.value is None
        else percent_of(one.package.percent.value).removesuffix(" %"),
        "percentile": None if judged is None else judged.standing,
        "verdict": None if judged is None else judged.word,
        "points": None if one.points is None else points(one, sum(w for _, w in found.by.weights)),
        "gaps": list(one.package.gaps),
        "home": None if home is None else home.place,
        "as_of": found.as_of,
        "rules_version": found.rules_version,
    }
    return {
        name: row[name] if name in row else told[name].value if name in told else None for name in COLUMNS
    }


def _plain(figure: Figure, places: int) -> str | None:
    return None if figure.value is None else fixed(figure.value, places)
