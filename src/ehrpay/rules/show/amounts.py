"""One value of a rule file, as written there, to the text of its amount. The shape was judged before."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ehrpay.domain.review.story import Amount
from ehrpay.rules.shape import adjustments, employers, federal, fields, market
from ehrpay.rules.shape.fields import DOLLARS
from ehrpay.rules.shape.market import AREA_COLUMNS, PERCENTILES

if TYPE_CHECKING:
    from collections.abc import Callable

    Maker = Callable[[dict[str, Any]], Amount]

FACTOR = "times the median worker"
FIGURES = AREA_COLUMNS[2:]


def written(value: Any) -> str:
    """A factor with four decimals."""
    return f"{Decimal(value):.4f}"


def whole(value: Any) -> str:
    """Whole dollars or people, grouped; a figure that was not published as a dash."""
    return "-" if value is None else f"{value:,}"


def ranged(key: str, unit: str = "", write: Callable[[Any], str] = str) -> Maker:
    """A maker for the value under one key with its bounds."""
    return lambda raw: Amount(write(raw[key]), write(raw["low"]), write(raw["high"]), unit)


def curve(raw: dict[str, Any]) -> Amount:
    """A curve by years: its ends, and its points as rows."""
    points = raw["points"]
    rows = [(str(years), *map(written, rest)) for years, *rest in points]
    ends = f"{written(points[0][1])} at {points[0][0]} years to {written(points[-1][1])} at {points[-1][0]}"
    return Amount(ends, unit=FACTOR, rows=(("years", "factor", "low", "high"), *rows))


def order(raw: dict[str, Any]) -> Amount:
    """A role's place beside another."""
    bounds = [
        f"{key.replace('_', ' ')} {written(raw[key])}" for key in ("at_least", "at_most") if raw.get(key)
    ]
    return Amount(", ".join(bounds), unit=f"times {raw['role']}")


def wage(raw: dict[str, Any]) -> Amount:
    """Percentiles of a wage; the quartiles are the bounds."""
    cells = tuple(whole(raw.get(key)) for key in FIGURES)
    return Amount(cells[3], cells[2], cells[4], DOLLARS, (("people", *PERCENTILES), cells))


def band(raw: dict[str, Any]) -> Amount:
    """A band in dollars or in grades."""
    if raw.get("grades"):
        first, last = raw["grades"]
        return Amount(f"GS-{first} to GS-{last}", unit="grades")
    return Amount(f"{whole(raw.get('min'))} to {whole(raw.get('max'))}", unit=DOLLARS)


def narrow(raw: dict[str, Any]) -> Amount:
    """How much of the range is left, by what is known."""
    rows = [(id_, written(value)) for id_, value in raw["narrow"].items()]
    for id_, levels in (raw.get("levels") or {}).items():
        rows += [(f"{id_} {level}", written(value)) for level, value in levels.items()]
    text = f"{len(rows)} things narrow it; each level fallen back widens it by {written(raw['fall_back'])}"
    return Amount(text, unit="times the range", rows=(("known", "share left"), *rows))


def benefit(raw: dict[str, Any]) -> Amount:
    """A benefit under whichever key its kind has."""
    if raw.get("percent") is not None:
        return Amount(f"{raw['percent']} %")
    if raw.get("tiers"):
        rows = [tuple(f"{cell} %" for cell in row) for row in raw["tiers"]]
        text = "; ".join(f"{share} on the next {pay} of pay" for share, pay in rows)
        return Amount(text, rows=(("of what you save", "of pay"), *rows))
    if raw.get("by_service"):
        rows = [(str(years), str(days)) for years, days in raw["by_service"]]
        text = "; ".join(f"{days} days from {years} years" for years, days in rows)
        return Amount(text, rows=(("years of service", "days"), *rows))
    key = "days" if raw.get("days") is not None else "hours"
    return Amount(f"{raw.get(key)} {key}")


def base(raw: dict[str, Any]) -> Amount:
    """A whole base table: its two ends, and a row a grade."""
    rows = [tuple(map(str, row[:1])) + tuple(map(whole, row[1:])) for row in raw["rows"]]
    text = f"{rows[0][1]} (GS-1 step 1) to {rows[-1][-1]} (GS-15 step 10)"
    return Amount(text, unit=DOLLARS, rows=(("grade", *map(str, range(1, 11))), *rows))


def people(raw: dict[str, Any]) -> Amount:
    """How many people hold each grade, and their average pay."""
    rows = [tuple(map(whole, row)) for row in raw["rows"]]
    text = f"{sum(row[1] for row in raw['rows']):,} people"
    return Amount(text, rows=(("grade", "people", "average pay"), *rows))


def ahead(raw: dict[str, Any]) -> Amount:
    """By how many steps each grade begins ahead."""
    text = ", ".join(f"{steps} at grade {grade}" for grade, steps in raw["steps"].items())
    return Amount(text, unit="steps")


def grade(grade: int) -> Maker:
    """A maker for one grade's row of a base table."""

    def amount(raw: dict[str, Any]) -> Amount:
        _, *steps = raw["rows"][grade - 1]
        rows = (tuple(f"step {n}" for n in range(1, 11)), tuple(map(whole, steps)))
        return Amount(f"{whole(steps[0])} (step 1) to {whole(steps[-1])} (step 10)", unit=DOLLARS, rows=rows)

    return amount


def plain(key: str, unit: str) -> Maker:
    """A maker for the value under one key: a number, its text, or a list."""

    def amount(raw: dict[str, Any]) -> Amount:
        value = raw[key]
        words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        return Amount(whole(value) if isinstance(value, int) else words, unit=unit)

    return amount


AMOUNTS: dict[Any, Maker] = {
    fields.FactorValue: ranged("factor", FACTOR, written),
    fields.CurveValue: curve,
    adjustments.RoleOrder: order,
    adjustments.Asked: plain("years", "years"),
    market.Wage: wage,
    market.GrowthShare: ranged("share", "of the index's growth", written),
    market.Blend: plain("workers", "people"),
    market.Reading: plain("value", "index points"),
    market.Beyond: lambda raw: Amount(f"{raw['months']} months at most"),
    market.MinimumWageValue: plain("hourly", "dollars an hour"),
    market.AreaTable: lambda raw: Amount(f"{len(raw['rows']):,} rows"),
    employers.BandValue: band,
    market.Spread: narrow,
    employers.BenefitValue: benefit,
    employers.TypicalValue: ranged("value"),
    federal.BaseTable: base,
    federal.LocalityPercent: plain("percent", "percent of base pay"),
    federal.PayCap: plain("cap", DOLLARS),
    federal.Waiting: plain("weeks", "weeks at steps 1 to 9"),
    federal.Divisor: plain("hours", "hours a year"),
    federal.Ahead: ahead,
    federal.Counted: people,
}
"""How a dated value is written out, by its model."""
