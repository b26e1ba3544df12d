"""What a rule says: its dated values, each with its story and whether it is in force; and its facts, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.review.story import Amount, Series, Value
from ehrpay.rules.shape.layout import Figure
from ehrpay.rules.shape.market import AREA_COLUMNS
from ehrpay.rules.show.amounts import AMOUNTS, band, grade, wage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ehrpay.rules.finding import RuleFile
    from ehrpay.rules.shape.layout import Layout, Path
    from ehrpay.rules.show.index import Entry

    Row = tuple[dict[str, Any], str, Amount]
    Fact = tuple[str, str]

SINGLE = {
    "beyond": "extrapolated past the last reading",
    "order": "beside another role",
    "asks": "what announcements ask for",
}
"""What a value that has no list of its own is, by its key."""

NAMED = frozenset({"id", "name", "title", "aliases", "adjustment", "agency", "code", "index"})
"""Keys the heading shows already."""


def series(entry: Entry, files: Sequence[RuleFile], as_of: str) -> list[Series]:
    """The dated values of a rule whose file was judged, by what they are for; empty for a rule of words."""
    if entry.kind == "area":
        found = _area(entry, files)
    elif entry.kind == "band":
        rows = [_band(entry, path) for path in (entry.path, *entry.more)]
        found = iter([("", sorted(rows, key=lambda row: str(row[0]["effective"])))])
    elif entry.kind == "agency":
        found = _bands(entry)
    elif entry.file.path.startswith("areas/"):
        tables = [row for file in files if file.path == entry.file.path for row in _tables(entry, file)]
        found = iter([("", tables)])
    else:
        found = _dated(entry)
    return [Series(title, _values(rows, as_of)) for title, rows in found if rows]


def _dated(entry: Entry) -> Iterator[tuple[str, list[Row]]]:
    """The dated lists of a rule, then those of the things listed in it."""
    data, layout, path = entry.data, entry.layout, entry.path
    yield from _own(entry, path, data, layout)
    if isinstance(data, list):
        yield from _listed(entry, path, data, layout)
    elif isinstance(data, dict):
        for key, below in layout.keys.items():
            yield from _listed(entry, (*path, key), data.get(key), below)


def _listed(entry: Entry, path: Path, items: Any, layout: Layout) -> Iterator[tuple[str, list[Row]]]:
    each = layout.each
    if each and each.model and each.model not in AMOUNTS:
        for i, item in enumerate(items if isinstance(items, list) else ()):
            yield from ((_title(item), rows) for _, rows in _own(entry, (*path, i), item, each))


def _own(entry: Entry, path: Path, data: Any, layout: Layout) -> Iterator[tuple[str, list[Row]]]:
    """The dated list at a path, or those right below it."""
    if layout.each and layout.each.model in AMOUNTS:
        yield "", [_row(entry, (*path, i), raw, layout.each) for i, raw in enumerate(data)]
    for key, below in layout.keys.items():
        value = data.get(key)
        if value and below.each and below.each.model in AMOUNTS:
            yield from _own(entry, (*path, key), value, below)
        elif value and below.model in AMOUNTS:
            yield SINGLE[key], [_row(entry, (*path, key), value, below)]


def _row(entry: Entry, path: Path, raw: dict[str, Any], layout: Layout) -> Row:
    make = AMOUNTS[layout.model]
    if entry.id.startswith("gs-base."):
        make = grade(int(entry.id.rpartition(".")[2]))
    figure = next((key for key, one in layout.keys.items() if key in raw and one.has(Figure)), "effective")
    return raw, entry.file.where(*path, figure), make(raw)


def _title(item: dict[str, Any]) -> str:
    if "roles" in item:
        return f"for {', '.join(item['roles'])}"
    if "occupations" in item:
        return f"for occupation {', '.join(item['occupations'])}"
    return f"{item['code']} {item['name']}" if "code" in item else str(item["id"])


def _bands(entry: Entry) -> Iterator[tuple[str, list[Row]]]:
    """Each band of an agency."""
    for i, raw in enumerate(entry.data.get("bands") or ()):
        title = f"band of series {raw['series']}" if raw.get("series") else "band"
        yield title, [(raw, entry.file.where("bands", i, "effective"), band(raw))]


def _band(entry: Entry, path: Path) -> Row:
    """One band, with what speaks against it in its note."""
    raw = entry.file.data[path[0]][path[1]]
    against = raw.get("contradicted_by")
    words = against and f"contradicted: {against['text']} [{', '.join(against['sources'])}]"
    note = "; ".join(part for part in (raw.get("note"), words) if part)
    return raw | {"note": note}, entry.file.where(*path, "effective"), band(raw)


def _area(entry: Entry, files: Iterable[RuleFile]) -> Iterator[tuple[str, list[Row]]]:
    """An area's wages by occupation, from every table of its kind; a later layer's row hides an earlier one's."""
    kind, _, code = entry.id.partition(".")
    found: dict[str, dict[str, Row]] = {}
    for file in files:
        if file.path.startswith("areas/") and file.data.get("kind") == kind:
            for i, table in enumerate(file.data.get("tables") or ()):
                for j, row in enumerate(table["rows"]):
                    if row[0] == code:
                        cells = dict(zip(AREA_COLUMNS, row, strict=True))
                        paid = table, file.where("tables", i, "rows", j), wage(cells)
                        found.setdefault(row[1], {})[table["effective"]] = paid
    for occupation, rows in sorted(found.items()):
        yield f"occupation {occupation}", [rows[day] for day in sorted(rows)]


def _tables(entry: Entry, file: RuleFile) -> Iterator[Row]:
    """Whole tables of areas, in the base and in overlays."""
    layout = entry.layout.at(("tables", 0))
    here = entry._replace(file=file)
    for i, raw in enumerate(file.data.get("tables") or ()):
        yield _row(here, ("tables", i), raw, layout)


def _values(rows: Sequence[Row], as_of: str) -> tuple[Value, ...]:
    days = [_day(raw) for raw, _, _ in rows]
    newest = max((day for day in days if day <= as_of), default="")
    return tuple(
        Value(
            effective=str(raw.get("effective") or raw.get("quarter") or ""),
            amount=amount,
            state="future" if day > as_of else "in force" if day == newest else "past",
            basis=str(raw.get("basis") or ""),
            confidence=str(raw.get("confidence") or ""),
            sources=tuple(map(str, raw.get("sources") or ())),
            review_by=str(raw.get("review_by") or ""),
            note=str(raw.get("note") or ""),
            where=where,
        )
        for (raw, where, amount), day in zip(rows, days, strict=True)
    )


def _day(raw: dict[str, Any]) -> str:
    """The first day of a value; an index reading begins with its quarter."""
    quarter = raw.get("quarter")
    if quarter:
        return f"{quarter[:4]}-{3 * int(quarter[5]) - 2:02d}-01"
    return str(raw.get("effective") or "")


def facts(entry: Entry) -> tuple[Fact, ...]:
    """Labels and texts; a list has its items joined, what was not given is left out."""
    data = entry.data
    if entry.kind == "plan":
        return tuple((str(i), str(step)) for i, step in enumerate(data, 1))
    if not isinstance(data, dict) or entry.kind in ("band", "table"):
        return ()
    more = _MORE[entry.kind](data) if entry.kind in _MORE else ()
    return (*_scalars(data), *more)


def _scalars(data: dict[str, Any]) -> Iterator[Fact]:
    for key, value in data.items():
        if key in NAMED or value is None or value == []:
            continue
        label = key.replace("_", " ")
        if key == "evidence":
            yield from () if value else [(label, "no pay figure was found")]
        elif isinstance(value, bool):
            yield from [(label, "yes")] if value else []
        elif isinstance(value, list) and all(isinstance(one, (str, int)) for one in value) and key != "notes":
            yield label, ", ".join(map(str, value))
        elif isinstance(value, (str, int)):
            yield label, str(value)


def _agency(data: dict[str, Any]) -> Iterator[Fact]:
    for raw in data.get("benefits") or ():
        yield "benefit", _cited(raw)
    for text in data.get("notes") or ():
        yield "note", str(text)


def _ladder(data: dict[str, Any]) -> Iterator[Fact]:
    for raw in data["entries"]:
        yield f"GS-{raw['grade']} with", _cited(raw)
    yield "next grade", _cited(data["advance"])


def _cited(raw: dict[str, Any]) -> str:
    return f"{raw['text']} ({raw['basis']}; {', '.join(raw['sources'])})"


_MORE = {"agency": _agency, "ladder": _ladder}
