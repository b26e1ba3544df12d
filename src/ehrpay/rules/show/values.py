"""What a rule says: its dated values, each with its story and whether it is in force; and its facts, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.review.story import Amount, Series, Value
from ehrpay.rules.shape.layout import Figure
from ehrpay.rules.shape.market import AREA_COLUMNS
from ehrpay.rules.show.amounts import AMOUNTS, band, grade, wage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ehrpay.rules.finding import Passage, RuleFile
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
        rows = map(_band, (entry.here, *entry.more))
        found = iter([("", sorted(rows, key=lambda row: str(row[0]["effective"])))])
    elif entry.kind == "agency":
        found = _bands(entry)
    elif entry.file.path.startswith("areas/"):
        same = (file.passage for file in files if file.path == entry.file.path)
        found = iter([("", [_row(entry, table) for file in same for table in file.at("tables").each()])])
    else:
        found = _dated(entry)
    return [Series(title, _values(rows, as_of)) for title, rows in found if rows]


def _dated(entry: Entry) -> Iterator[tuple[str, list[Row]]]:
    """The dated lists of a rule, then those of the things listed in it."""
    yield from _own(entry, entry.here)
    if isinstance(entry.data, list):
        yield from _listed(entry, entry.here)
    for key in entry.here.layout.keys:
        yield from _listed(entry, entry.here.at(key))


def _listed(entry: Entry, here: Passage) -> Iterator[tuple[str, list[Row]]]:
    each = here.layout.each
    if each and each.model and each.model not in AMOUNTS:
        for item in here.each() if isinstance(here.data, list) else ():
            yield from ((_title(item.data), rows) for _, rows in _own(entry, item))


def _own(entry: Entry, here: Passage) -> Iterator[tuple[str, list[Row]]]:
    """The dated list of a passage, or those right below it."""
    if here.layout.each and here.layout.each.model in AMOUNTS:
        yield "", [_row(entry, below) for below in here.each()]
    for key, layout in here.layout.keys.items():
        below = here.at(key)
        if below.data and layout.each and layout.each.model in AMOUNTS:
            yield from _own(entry, below)
        elif below.data and layout.model in AMOUNTS:
            yield SINGLE[key], [_row(entry, below)]


def _row(entry: Entry, here: Passage) -> Row:
    raw, make = here.data, AMOUNTS[here.layout.model]
    if entry.id.startswith("gs-base."):
        make = grade(int(entry.id.rpartition(".")[2]))
    keys = here.layout.keys.items()
    figure = next((key for key, below in keys if key in raw and below.has(Figure)), "effective")
    return raw, here.at(figure).where, make(raw)


def _title(item: dict[str, Any]) -> str:
    if "roles" in item:
        return f"for {', '.join(item['roles'])}"
    if "occupations" in item:
        return f"for occupation {', '.join(item['occupations'])}"
    return f"{item['code']} {item['name']}" if "code" in item else str(item["id"])


def _bands(entry: Entry) -> Iterator[tuple[str, list[Row]]]:
    """Each band of an agency."""
    for here in entry.here.at("bands").each():
        raw = here.data
        title = f"band of series {raw['series']}" if raw.get("series") else "band"
        yield title, [(raw, here.at("effective").where, band(raw))]


def _band(here: Passage) -> Row:
    """One band, with what speaks against it in its note."""
    raw, against = here.data, here.data.get("contradicted_by")
    words = against and f"contradicted: {against['text']} [{', '.join(against['sources'])}]"
    note = "; ".join(part for part in (raw.get("note"), words) if part)
    return raw | {"note": note}, here.at("effective").where, band(raw)


def _area(entry: Entry, files: Iterable[RuleFile]) -> Iterator[tuple[str, list[Row]]]:
    """An area's wages by occupation, from every table of its kind; a later layer's row hides an earlier one's."""
    kind, _, code = entry.id.partition(".")
    found: dict[str, dict[str, Row]] = {}
    for file in files:
        if file.path.startswith("areas/") and file.data.get("kind") == kind:
            for table in file.passage.at("tables").each():
                for j, row in enumerate(table.data["rows"]):
                    if row[0] == code:
                        cells = dict(zip(AREA_COLUMNS, row, strict=True))
                        paid = table.data, table.at("rows").at(j).where, wage(cells)
                        found.setdefault(row[1], {})[table.data["effective"]] = paid
    for occupation, rows in sorted(found.items()):
        yield f"occupation {occupation}", [rows[day] for day in sorted(rows)]


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
