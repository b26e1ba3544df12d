"""A rule's dated values, written out: amount, bounds, unit, how it is known, where it stands, what is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.review.story import Amount, Series, Value
from ehrpay.rules.show import amounts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ehrpay.rules.rule_file import RuleFile
    from ehrpay.rules.show.index import Entry, Path


def dated(
    sheet: RuleFile, path: Path, raws: Any, told: Callable[[dict[str, Any]], Amount], as_of: str
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


def series(entry: Entry, sheets: Iterable[RuleFile], as_of: str) -> list[Series]:
    """The dated values of a rule whose file was judged, by what they are for; empty for a rule of words."""
    make = _KINDS.get(entry.kind)
    return [one for one in make(entry, list(sheets), as_of) if one.values] if make else []


def _adjustment(entry: Entry, _: list[RuleFile], as_of: str) -> Iterator[Series]:
    data = entry.data
    yield Series("", dated(entry.sheet, ("curve",), data.get("curve"), amounts.curve, as_of))
    for i, level in enumerate(data.get("levels") or ()):
        path = ("levels", i, "values")
        yield Series(f"{level['id']}", dated(entry.sheet, path, level["values"], amounts.factor, as_of))


def _level(entry: Entry, _: list[RuleFile], as_of: str) -> Iterator[Series]:
    data, path = entry.data, entry.path
    yield Series("", dated(entry.sheet, (*path, "values"), data["values"], amounts.factor, as_of))
    for i, special in enumerate(data.get("by_role") or ()):
        title = f"for {', '.join(special['roles'])}"
        below = (*path, "by_role", i, "values")
        yield Series(title, dated(entry.sheet, below, special["values"], amounts.factor, as_of))


def _occupation(entry: Entry, _: list[RuleFile], as_of: str) -> Iterator[Series]:
    yield Series("", dated(entry.sheet, (*entry.path, "wages"), entry.data["wages"], amounts.wage, as_of))


def _bands(entry: Entry, _: list[RuleFile], as_of: str) -> Iterator[Series]:
    rows = []
    for path in (entry.path, *entry.more):
        raw = entry.sheet.data[path[0]][path[1]]
        against = raw.get("contradicted_by")
        note = "; ".join(
            part
            for part in (
                raw.get("note"),
                against and f"contradicted: {against['text']} [{', '.join(against['sources'])}]",
            )
            if part
        )
        rows.append((raw | {"note": note}, entry.sheet.where(*path, "effective"), amounts.band(raw)))
    yield Series("", _stated(sorted(rows, key=lambda row: str(row[0]["effective"])), as_of))


def _agency(entry: Entry, _: list[RuleFile], as_of: str) -> Iterator[Series]:
    for i, raw in enumerate(entry.data.get("bands") or ()):
        title = f"band of series {raw['series']}" if raw.get("series") else "band"
        row = (raw, entry.sheet.where("bands", i, "effective"), amounts.band(raw))
        yield Series(title, _stated([row], as_of))


def _area(entry: Entry, sheets: list[RuleFile], as_of: str) -> Iterator[Series]:
    """An area's wages by occupation, from every table of its kind; a later layer's row hides an earlier one's."""
    kind, _, code = entry.id.partition(".")
    found: dict[str, dict[str, tuple[dict[str, Any], str, Amount]]] = {}
    for sheet in sheets:
        if sheet.path.startswith("areas/") and sheet.data.get("kind") == kind:
            for i, table in enumerate(sheet.data.get("tables") or ()):
                for j, row in enumerate(table["rows"]):
                    if row[0] == code:
                        cells = dict(zip(amounts.PERCENTILES, row[2:], strict=True))
                        told = (table, sheet.where("tables", i, "rows", j), amounts.wage(cells))
                        found.setdefault(row[1], {})[table["effective"]] = told
    for occupation, rows in sorted(found.items()):
        yield Series(f"occupation {occupation}", _stated([rows[day] for day in sorted(rows)], as_of))


def _table(entry: Entry, sheets: list[RuleFile], as_of: str) -> Iterator[Series]:
    if entry.id.startswith("gs-base"):
        _, _, grade = entry.id.partition(".")
        told = amounts.grade(int(grade)) if grade else amounts.base
        yield Series("", dated(entry.sheet, entry.path, entry.data, told, as_of))
    elif entry.id == "gs-locality":
        for i, raw in enumerate(entry.data):
            path = (*entry.path, i, "percents")
            values = dated(
                entry.sheet, path, raw["percents"], amounts.plain("percent", "percent of base pay"), as_of
            )
            yield Series(f"{raw['code']} {raw['name']}", values)
    elif entry.id == "spread":
        yield Series("", dated(entry.sheet, entry.path, entry.data, amounts.narrow, as_of))
    elif entry.id in _RULES:
        yield Series("", dated(entry.sheet, entry.path, entry.data, amounts.plain(*_RULES[entry.id]), as_of))
    else:
        yield Series("", tuple(_area_tables(entry, sheets, as_of)))


_RULES = {
    "cap": ("cap", amounts.DOLLARS),
    "within-grade": ("weeks", "weeks at steps 1 to 9"),
    "hourly-divisor": ("hours", "hours a year"),
}


def _area_tables(entry: Entry, sheets: list[RuleFile], as_of: str) -> Iterator[Value]:
    for sheet in sheets:
        if sheet.path == entry.sheet.path:
            rows = sheet.data.get("tables")
            yield from dated(
                sheet, ("tables",), rows, lambda raw: Amount(f"{len(raw['rows']):,} rows"), as_of
            )


def _locality(entry: Entry, _: list[RuleFile], as_of: str) -> Iterator[Series]:
    path = (*entry.path, "percents")
    told = amounts.plain("percent", "percent of base pay")
    yield Series("", dated(entry.sheet, path, entry.data["percents"], told, as_of))


def _benefits(entry: Entry, _: list[RuleFile], as_of: str) -> Iterator[Series]:
    yield Series(
        "", dated(entry.sheet, (*entry.path, "values"), entry.data["values"], amounts.benefit, as_of)
    )


def _index(entry: Entry, _: list[RuleFile], as_of: str) -> Iterator[Series]:
    path = (*entry.path, "readings")
    yield Series(
        "", dated(entry.sheet, path, entry.data["readings"], amounts.plain("value", "index points"), as_of)
    )
    beyond = [entry.data["beyond"]]
    told = (
        beyond[0],
        entry.sheet.where(*entry.path, "beyond", "months"),
        Amount(f"{beyond[0]['months']} months at most"),
    )
    yield Series("carried past the last reading", _stated([told], as_of))


_KINDS: dict[str, Callable[[Entry, list[RuleFile], str], Iterator[Series]]] = {
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
