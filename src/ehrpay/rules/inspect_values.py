"""A rule's dated values, written out: amount, bounds, unit, how it is known, where it stands, what is in force."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ehrpay.domain.inspection import Amount, Series, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ehrpay.rules.inspect_index import Entry, Path
    from ehrpay.rules.inspect_read import Sheet

FACTOR, DOLLARS = "times the median worker", "dollars a year"
PERCENTILES = ("employment", "p10", "p25", "p50", "p75", "p90")


def factor(value: Any) -> str:
    """A factor with four decimals."""
    return f"{Decimal(value):.4f}"


def whole(value: Any) -> str:
    """Whole dollars or people, grouped; a figure that was not published as a dash."""
    return "-" if value is None else f"{value:,}"


def dated(
    sheet: Sheet, path: Path, raws: Any, told: Callable[[dict[str, Any]], Amount], as_of: str
) -> tuple[Value, ...]:
    """The list of dated mappings at a path as values."""
    rows = [(i, raw) for i, raw in enumerate(raws or ()) if isinstance(raw, dict)]
    return _stated([(raw, sheet.where(*path, i, _first(raw)), told(raw)) for i, raw in rows], as_of)


def _first(raw: dict[str, Any]) -> str:
    """The key whose line is the value's: that of the figure."""
    figures = ("factor", "points", "p50", "percent", "cap", "weeks", "hours", "value", "rows", "narrow")
    return next((key for key in figures if key in raw), "effective")


def _stated(rows: Sequence[tuple[dict[str, Any], str, Amount]], as_of: str) -> tuple[Value, ...]:
    days = [_day(raw) for raw, _, _ in rows]
    newest = max((day for day in days if day <= as_of), default="")
    return tuple(
        Value(
            str(raw.get("effective") or raw.get("quarter") or ""),
            amount,
            "future" if day > as_of else "in force" if day == newest else "past",
            str(raw.get("basis") or ""),
            str(raw.get("confidence") or ""),
            tuple(map(str, raw.get("sources") or ())),
            str(raw.get("review_by") or ""),
            str(raw.get("note") or ""),
            where,
        )
        for (raw, where, amount), day in zip(rows, days, strict=True)
    )


def _day(raw: dict[str, Any]) -> str:
    """The first day of a value; an index reading begins with its quarter."""
    quarter = raw.get("quarter")
    if quarter:
        return f"{quarter[:4]}-{3 * int(quarter[5]) - 2:02d}-01"
    return str(raw.get("effective") or "")


def _factor(raw: dict[str, Any]) -> Amount:
    return Amount(factor(raw["factor"]), factor(raw["low"]), factor(raw["high"]), FACTOR)


def _curve(raw: dict[str, Any]) -> Amount:
    points = raw["points"]
    rows = [(str(years), *map(factor, rest)) for years, *rest in points]
    ends = f"{factor(points[0][1])} at {points[0][0]} years to {factor(points[-1][1])} at {points[-1][0]}"
    return Amount(ends, unit=FACTOR, rows=(("years", "factor", "low", "high"), *rows))


def _wage(raw: dict[str, Any]) -> Amount:
    cells = tuple(whole(raw.get(key)) for key in PERCENTILES)
    return Amount(cells[3], cells[2], cells[4], DOLLARS, (("people", *PERCENTILES[1:]), cells))


def _band(raw: dict[str, Any]) -> Amount:
    if raw.get("grades"):
        first, last = raw["grades"]
        return Amount(f"GS-{first} to GS-{last}", unit="grades")
    return Amount(f"{whole(raw.get('min'))} to {whole(raw.get('max'))}", unit=DOLLARS)


def _narrow(raw: dict[str, Any]) -> Amount:
    rows = [(id_, factor(value)) for id_, value in raw["narrow"].items()]
    told = f"{len(rows)} things narrow it; each level fallen back widens it by {factor(raw['fall_back'])}"
    return Amount(told, unit="times the range", rows=(("known", "share left"), *rows))


def _benefit(raw: dict[str, Any]) -> Amount:
    if raw.get("percent") is not None:
        return Amount(f"{raw['percent']} %")
    if raw.get("tiers"):
        rows = [tuple(f"{cell} %" for cell in row) for row in raw["tiers"]]
        told = "; ".join(f"{share} on the next {pay} of pay" for share, pay in rows)
        return Amount(told, rows=(("of what is saved", "of pay"), *rows))
    if raw.get("by_service"):
        rows = [(str(years), str(days)) for years, days in raw["by_service"]]
        told = "; ".join(f"{days} days from {years} years" for years, days in rows)
        return Amount(told, rows=(("years of service", "days"), *rows))
    key = "days" if raw.get("days") is not None else "hours"
    return Amount(f"{raw.get(key)} {key}")


def _base(raw: dict[str, Any]) -> Amount:
    rows = [tuple(map(str, row[:1])) + tuple(map(whole, row[1:])) for row in raw["rows"]]
    told = f"{rows[0][1]} (GS-1 step 1) to {rows[-1][-1]} (GS-15 step 10)"
    return Amount(told, unit=DOLLARS, rows=(("grade", *map(str, range(1, 11))), *rows))


def _grade(grade: int) -> Callable[[dict[str, Any]], Amount]:
    def told(raw: dict[str, Any]) -> Amount:
        _, *steps = raw["rows"][grade - 1]
        rows = (tuple(f"step {n}" for n in range(1, 11)), tuple(map(whole, steps)))
        return Amount(f"{whole(steps[0])} (step 1) to {whole(steps[-1])} (step 10)", unit=DOLLARS, rows=rows)

    return told


def _plain(key: str, unit: str) -> Callable[[dict[str, Any]], Amount]:
    def told(raw: dict[str, Any]) -> Amount:
        value = raw[key]
        words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        return Amount(whole(value) if isinstance(value, int) else words, unit=unit)

    return told


def series(entry: Entry, sheets: Iterable[Sheet], as_of: str) -> list[Series]:
    """The dated values of a rule whose file was judged, by what they are for; empty for a rule of words."""
    make = _KINDS.get(entry.kind)
    return [one for one in make(entry, list(sheets), as_of) if one.values] if make else []


def _adjustment(entry: Entry, _: list[Sheet], as_of: str) -> Iterator[Series]:
    data = entry.data
    yield Series("", dated(entry.sheet, ("curve",), data.get("curve"), _curve, as_of))
    for i, level in enumerate(data.get("levels") or ()):
        path = ("levels", i, "values")
        yield Series(f"{level['id']}", dated(entry.sheet, path, level["values"], _factor, as_of))


def _level(entry: Entry, _: list[Sheet], as_of: str) -> Iterator[Series]:
    data, path = entry.data, entry.path
    yield Series("", dated(entry.sheet, (*path, "values"), data["values"], _factor, as_of))
    for i, special in enumerate(data.get("by_role") or ()):
        title = f"for {', '.join(special['roles'])}"
        below = (*path, "by_role", i, "values")
        yield Series(title, dated(entry.sheet, below, special["values"], _factor, as_of))


def _occupation(entry: Entry, _: list[Sheet], as_of: str) -> Iterator[Series]:
    yield Series("", dated(entry.sheet, (*entry.path, "wages"), entry.data["wages"], _wage, as_of))


def _bands(entry: Entry, _: list[Sheet], as_of: str) -> Iterator[Series]:
    rows = []
    for path in (entry.path, *entry.more):
        raw = entry.sheet.data[path[0]][path[1]]
        against = raw.get("contradicted_by")
        note = "; ".join(
            part
            for part in (raw.get("note"), against and f"contradicted: {against['text']} [{', '.join(against['sources'])}]")
            if part
        )
        rows.append((raw | {"note": note}, entry.sheet.where(*path, "effective"), _band(raw)))
    yield Series("", _stated(sorted(rows, key=lambda row: str(row[0]["effective"])), as_of))


def _agency(entry: Entry, _: list[Sheet], as_of: str) -> Iterator[Series]:
    for i, raw in enumerate(entry.data.get("bands") or ()):
        title = f"band of series {raw['series']}" if raw.get("series") else "band"
        row = (raw, entry.sheet.where("bands", i, "effective"), _band(raw))
        yield Series(title, _stated([row], as_of))


def _area(entry: Entry, sheets: list[Sheet], as_of: str) -> Iterator[Series]:
    """An area's wages by occupation, from every table of its kind; a later layer's row hides an earlier one's."""
    kind, _, code = entry.id.partition(".")
    found: dict[str, dict[str, tuple[dict[str, Any], str, Amount]]] = {}
    for sheet in sheets:
        if sheet.file.startswith("areas/") and sheet.data.get("kind") == kind:
            for i, table in enumerate(sheet.data.get("tables") or ()):
                for j, row in enumerate(table["rows"]):
                    if row[0] == code:
                        cells = dict(zip(PERCENTILES, row[2:], strict=True))
                        told = (table, sheet.where("tables", i, "rows", j), _wage(cells))
                        found.setdefault(row[1], {})[table["effective"]] = told
    for occupation, rows in sorted(found.items()):
        yield Series(f"occupation {occupation}", _stated([rows[day] for day in sorted(rows)], as_of))


def _table(entry: Entry, sheets: list[Sheet], as_of: str) -> Iterator[Series]:
    if entry.id.startswith("gs-base"):
        _, _, grade = entry.id.partition(".")
        told = _grade(int(grade)) if grade else _base
        yield Series("", dated(entry.sheet, entry.path, entry.data, told, as_of))
    elif entry.id == "gs-locality":
        for i, raw in enumerate(entry.data):
            path = (*entry.path, i, "percents")
            values = dated(entry.sheet, path, raw["percents"], _plain("percent", "percent of base pay"), as_of)
            yield Series(f"{raw['code']} {raw['name']}", values)
    elif entry.id == "spread":
        yield Series("", dated(entry.sheet, entry.path, entry.data, _narrow, as_of))
    elif entry.id in _RULES:
        yield Series("", dated(entry.sheet, entry.path, entry.data, _plain(*_RULES[entry.id]), as_of))
    else:
        yield Series("", tuple(_area_tables(entry, sheets, as_of)))


_RULES = {
    "cap": ("cap", DOLLARS),
    "within-grade": ("weeks", "weeks at steps 1 to 9"),
    "hourly-divisor": ("hours", "hours a year"),
}


def _area_tables(entry: Entry, sheets: list[Sheet], as_of: str) -> Iterator[Value]:
    for sheet in sheets:
        if sheet.file == entry.sheet.file:
            rows = sheet.data.get("tables")
            yield from dated(sheet, ("tables",), rows, lambda raw: Amount(f"{len(raw['rows']):,} rows"), as_of)


def _locality(entry: Entry, _: list[Sheet], as_of: str) -> Iterator[Series]:
    path = (*entry.path, "percents")
    told = _plain("percent", "percent of base pay")
    yield Series("", dated(entry.sheet, path, entry.data["percents"], told, as_of))


def _benefits(entry: Entry, _: list[Sheet], as_of: str) -> Iterator[Series]:
    yield Series("", dated(entry.sheet, (*entry.path, "values"), entry.data["values"], _benefit, as_of))


def _index(entry: Entry, _: list[Sheet], as_of: str) -> Iterator[Series]:
    path = (*entry.path, "readings")
    yield Series("", dated(entry.sheet, path, entry.data["readings"], _plain("value", "index points"), as_of))
    beyond = [entry.data["beyond"]]
    told = (beyond[0], entry.sheet.where(*entry.path, "beyond", "months"), Amount(f"{beyond[0]['months']} months at most"))
    yield Series("carried past the last reading", _stated([told], as_of))


_KINDS: dict[str, Callable[[Entry, list[Sheet], str], Iterator[Series]]] = {
    "adjustment": _adjustment,
    "level": _level,
    "occupation": _occupation,
    "band": _bands,
    "agency": _agency,
    "area": _area,
    "table": _table,
    "locality": _locality,
    "benefit": _benefits,
    "index": _index,
}
