"""Rules, sources and cases as records: the JSON contracts `ehrpay/rules-show/1`, `-sources/1` and `-test/1`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ehrpay.domain.numerals import Decimal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ehrpay.domain.review.story import Bibliography, CaseResult, Citation, Group, Series, Story, Value

    Record = dict[str, Any]

SHOW, SOURCES, TEST = "ehrpay/rules-show/1", "ehrpay/rules-sources/1", "ehrpay/rules-test/1"
VALUE = (
    "series", "effective", "in_force", "value", "low", "high", "unit", "basis", "confidence", "sources",
    "review_by", "note", "where",
)  # fmt: skip
SOURCE = ("id", "title", "publisher", "published", "count", "used_by", "where")
CASE = ("name", "passed", "where", "path", "expected", "got", "sentence")
_WHOLE = re.compile(r"[0-9]{1,3}(,[0-9]{3})*|[1-9][0-9]*")
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")


def rows(columns: Sequence[str], found: Iterable[Mapping[str, Any]]) -> Iterable[Sequence[object]]:
    """Records as rows: the header, then what each has under it."""
    yield columns
    for one in found:
        yield [_flat(one.get(column)) for column in columns]


def _flat(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def rule(story: Story, as_of: str, version: str, warnings: Sequence[str]) -> Record:
    """One object; whole dollars are integers, factors and percents decimals, as everywhere."""
    return {
        "schema": SHOW,
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
        "warnings": list(warnings),
    }


def _value(series: Series, value: Value) -> Record:
    amount = value.amount
    return {
        "series": series.title,
        "effective": value.effective,
        "in_force": value.state == "in force",
        "value": _cell(amount.figure),
        "low": _cell(amount.low) if amount.low else None,
        "high": _cell(amount.high) if amount.high else None,
        "unit": amount.unit,
        "rows": [[_cell(cell) for cell in row] for row in amount.rows],
        "basis": value.basis or None,
        "confidence": value.confidence or None,
        "sources": list(value.sources),
        "review_by": value.review_by or None,
        "note": value.note,
        "where": value.where,
    }


def _cell(text: str) -> str | int | None:
    """A number as one, a figure that was not published as null, other text as it is."""
    if text == "-":
        return None
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return int(text.replace(",", "")) if _WHOLE.fullmatch(text) else text


def kinds(groups: Sequence[Group], version: str, warnings: Sequence[str]) -> Record:
    """Every id by kind."""
    return {
        "schema": SHOW,
        "rules_version": version,
        "kinds": {group.kind: list(group.ids) for group in groups},
        "warnings": list(warnings),
    }


def sources(found: Bibliography, version: str, warnings: Sequence[str]) -> Record:
    """Every source with its references, the unused ones, what is wrong."""
    return {
        "schema": SOURCES,
        "rules_version": version or None,
        "sources": [_source(source) for source in found.sources],
        "uncited": [one._asdict() for one in found.uncited],
        "unknown": [{"source": use.of, "rule": use.by, "where": use.where} for use in found.unknown],
        "warnings": list(warnings),
    }


def _source(source: Citation) -> Record:
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "published": source.published,
        "where": source.where,
        "count": len(source.uses),
        "used_by": [{"rule": use.by, "where": use.where} for use in source.uses],
    }


def cases(outcomes: Sequence[CaseResult]) -> Record:
    """Counts, and every case with what it missed."""
    failed = sum(bool(one.missed) for one in outcomes)
    return {
        "schema": TEST,
        "cases": len(outcomes),
        "passed": len(outcomes) - failed,
        "failed": failed,
        "results": [
            {
                "name": one.name,
                "where": one.where,
                "passed": not one.missed,
                "problems": [missed._asdict() | {"path": missed.path or None} for missed in one.missed],
            }
            for one in outcomes
        ],
        "warnings": [],
    }
