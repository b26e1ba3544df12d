"""A rule's story as JSON and as plain text; `rules_show_table` draws it for people."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from ehrpay.formats.glyphs import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.domain.review.story import Group, Series, Story, Value

SCHEMA = "ehrpay/rules-show/1"
DOLLARS = "dollars a year"
_WHOLE = re.compile(r"[0-9]{1,3}(,[0-9]{3})*|[0-9]+")


def as_json(story: Story, as_of: str, version: str) -> str:
    """One object; whole dollars are integers, factors and percents text, as everywhere."""
    told = {
        "schema": SCHEMA,
        "rules_version": version,
        "as_of": as_of,
        "id": story.id,
        "kind": story.kind,
        "name": story.name,
        "where": story.where,
        "aliases": list(story.aliases),
        "facts": [{"label": label, "text": text} for label, text in story.facts],
        "values": [_value(series, value) for series in story.series for value in series.values],
        "used_by": [{"rule": use.by, "how": use.how, "where": use.where} for use in story.uses],
        "sources": [{"id": id_, "title": title, "url": url or None} for id_, title, url in story.cited],
    }
    return json.dumps(told, indent=2, allow_nan=False) + "\n"


def _value(series: Series, value: Value) -> dict[str, Any]:
    amount = value.amount
    return {
        "series": series.title,
        "effective": value.effective,
        "in_force": value.state == "in force",
        "value": _figure(amount.figure, amount.unit),
        "low": _figure(amount.low, amount.unit) if amount.low else None,
        "high": _figure(amount.high, amount.unit) if amount.high else None,
        "unit": amount.unit,
        "rows": [[_cell(cell) for cell in row] for row in amount.rows],
        "basis": value.basis or None,
        "confidence": value.confidence or None,
        "sources": list(value.sources),
        "review_by": value.review_by or None,
        "note": value.note,
        "where": value.where,
    }


def _figure(text: str, unit: str) -> str | int | None:
    return _cell(text) if unit == DOLLARS else text


def _cell(text: str) -> str | int | None:
    """A whole number as one, a figure that was not published as null, other text as it is."""
    if text == "-":
        return None
    return int(text.replace(",", "")) if _WHOLE.fullmatch(text) else text


def kinds_json(groups: Sequence[Group], version: str) -> str:
    """Every id by kind."""
    told = {
        "schema": SCHEMA,
        "rules_version": version,
        "kinds": {group.kind: list(group.ids) for group in groups},
    }
    return json.dumps(told, indent=2, allow_nan=False) + "\n"


def plain(story: Story) -> str:
    """One fact a line, tabs between.

    A value is series, date, figure, low, high, unit, state, basis, confidence, sources, review, place, note.
    """
    rows: list[tuple[str, ...]] = [("rule", story.id, story.kind, story.name, story.where)]
    rows += [("alias", alias) for alias in story.aliases]
    rows += [("fact", label, text) for label, text in story.facts]
    for series in story.series:
        for value in series.values:
            rows.append(("value", series.title, *_cells(value)))
            rows += [("row", *row) for row in value.amount.rows if value.state == "in force"]
    rows += [("used by", use.by, use.how, use.where) for use in story.uses]
    rows += [("source", *cited) for cited in story.cited]
    return "".join("\t".join(map(one_line, row)) + "\n" for row in rows)


def _cells(value: Value) -> tuple[str, ...]:
    amount = value.amount
    figures = (value.effective, amount.figure, amount.low, amount.high, amount.unit, value.state)
    return (
        *figures, value.basis, value.confidence, ",".join(value.sources), value.review_by, value.where, value.note
    )  # fmt: skip


def kinds_plain(groups: Sequence[Group]) -> str:
    """A kind and an id a line."""
    return "".join(f"{group.kind}\t{id_}\n" for group in groups for id_ in group.ids)
