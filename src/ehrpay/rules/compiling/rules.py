"""Judged rule files to the compiled form: plain lists, dicts and integers that the domain reads and JSON keeps.

A number's row is in the order of `domain.facts.Fact`, with the file and line it came from.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ehrpay.domain.market.packed_wages import packed
from ehrpay.domain.money import UNIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Where = Callable[..., str]

PERCENTILES = ("employment", "p10", "p25", "p50", "p75", "p90")


def basis_points(value: Decimal | int | None) -> int | None:
    """A decimal factor as an integer in 1/10,000."""
    return None if value is None else int(Decimal(value) * UNIT)


def fact(raw: dict[str, Any], value: Any, where: str) -> list[Any]:
    """One compiled number with its story."""
    return [
        raw["effective"],
        value,
        basis_points(raw.get("low")),
        basis_points(raw.get("high")),
        raw["basis"],
        raw.get("confidence", "high"),
        raw["sources"],
        where,
        raw.get("review_by"),
        raw.get("note") or "",
    ]


def _dated(rows: list[dict[str, Any]], key: str, where: Where, *path: Any) -> list[list[Any]]:
    return [fact(raw, _value(raw[key]), where(*path, i, key)) for i, raw in enumerate(rows)]


def _value(value: Any) -> Any:
    return basis_points(value) if isinstance(value, Decimal) else value


def _factors(rows: list[dict[str, Any]], where: Where, *path: Any) -> list[list[Any]]:
    return [fact(raw, basis_points(raw["factor"]), where(*path, i, "factor")) for i, raw in enumerate(rows)]


def adjustment(data: dict[str, Any], where: Where) -> dict[str, Any]:
    """One adjustments file."""
    rule: dict[str, Any] = {
        "id": data["adjustment"],
        "title": data["title"],
        "step": data["step"],
        "input": data["input"],
        "about": data["about"],
        "levels": [_level(raw, where, "levels", i) for i, raw in enumerate(data.get("levels") or [])],
    }
    if data["step"] == "curve":
        rule["curve"] = [
            fact(raw, [[p[0], *map(basis_points, p[1:])] for p in raw["points"]], where("curve", i, "points"))
            for i, raw in enumerate(data["curve"])
        ]
    if data["step"] == "set":
        rule["applies_to"] = data["applies_to"]
        for key in ("none", "core"):
            rule[key] = _factors(data[key]["values"], where, key, "values")
        for rank, raw in data["ranks"].items():
            rule[rank] = _factors(raw["values"], where, "ranks", rank, "values")
    return rule


def _level(raw: dict[str, Any], where: Where, *path: Any) -> dict[str, Any]:
    told = {
        "id": raw["id"],
        "name": raw["name"],
        "short": raw.get("short") or raw["id"].upper(),
        "aliases": raw.get("aliases") or [],
        "evidence": raw.get("evidence", True),
        "occupation": raw.get("occupation"),
        "series": raw.get("series"),
        "kind": raw.get("kind"),
        "same_as": raw.get("same_as") or [],
        "excluded_roles": raw.get("excluded_roles") or [],
        "values": _factors(raw["values"], where, *path, "values"),
        "where": where(*path, "id"),
    }
    told["by_role"] = [
        {
            "roles": special["roles"],
            "values": _factors(special["values"], where, *path, "by_role", i, "values"),
        }
        for i, special in enumerate(raw.get("by_role") or [])
    ]
    told["facts"] = {key: raw[key] for key in ("issuer", "prerequisite", "fee", "renewal") if raw.get(key)}
    told["facts_sources"] = raw.get("facts_sources") or []
    return told


def agency(data: dict[str, Any], where: Where) -> dict[str, Any]:
    """One agencies file."""
    return {
        "id": data["agency"],
        "name": data["name"],
        "aliases": data.get("aliases") or [],
        "kind": data["kind"],
        "setting": data["setting"],
        "pay_plan": data["pay_plan"],
        "bands": [
            _band(raw, where("bands", i, "effective")) for i, raw in enumerate(data.get("bands") or [])
        ],
        "benefits": [
            {key: raw[key] for key in ("text", "basis", "sources")} for raw in data.get("benefits") or []
        ],
        "notes": data.get("notes") or [],
        "where": where("agency"),
    }


def _band(raw: dict[str, Any], where: str) -> dict[str, Any]:
    against = raw.get("contradicted_by")
    return {
        "effective": raw["effective"],
        "min": raw.get("min"),
        "max": raw.get("max"),
        "grades": raw.get("grades"),
        "series": raw.get("series"),
        "roles": raw.get("roles") or [],
        "basis": raw["basis"],
        "sources": [*raw["sources"], *(against["sources"] if against else [])],
        "where": where,
        "review_by": raw.get("review_by"),
        "contradicted": against["text"] if against else "",
        "note": raw.get("note") or "",
    }


def occupations(data: dict[str, Any], where: Where) -> dict[str, Any]:
    """occupations.yaml: national percentiles by reference month."""
    return {
        raw["id"]: {
            "title": raw["title"],
            "noisy": raw.get("noisy", False),
            "note": raw.get("note") or "",
            "wages": [
                fact(w, [w[p] for p in PERCENTILES], where("occupations", i, "wages", j, "p50"))
                for j, w in enumerate(raw["wages"])
            ],
        }
        for i, raw in enumerate(data["occupations"])
    }


def ageing(data: dict[str, Any], where: Where) -> dict[str, Any]:
    """ageing.yaml: readings in thousandths of an index point."""
    index = data["ageing"]
    rows = [
        fact(
            {"effective": r["quarter"], **r},
            int(Decimal(r["value"]) * 1000),
            where("ageing", "readings", i, "value"),
        )
        for i, r in enumerate(index["readings"])
    ]
    beyond = fact(index["beyond"], index["beyond"]["months"], where("ageing", "beyond", "months"))
    return {"title": index["title"], "readings": rows, "beyond": [beyond]}


def spread(data: dict[str, Any], where: Where) -> list[list[Any]]:
    """spread.yaml."""
    rows = []
    for i, raw in enumerate(data["spread"]):
        value = {
            "narrow": {id_: basis_points(factor) for id_, factor in raw["narrow"].items()},
            "fall_back": basis_points(raw["fall_back"]),
        }
        rows.append(fact(raw, value, where("spread", i, "narrow")))
    return rows


def base_tables(data: dict[str, Any], where: Where) -> list[list[Any]]:
    """federal/gs-base.yaml: grade (as text) to ten steps."""
    return [
        fact(raw, {str(row[0]): row[1:] for row in raw["rows"]}, where("tables", i, "rows"))
        for i, raw in enumerate(data["tables"])
    ]


def localities(data: dict[str, Any], where: Where) -> dict[str, Any]:
    """federal/gs-locality.yaml: percents in 1/10,000."""
    return {
        raw["code"]: {
            "code": raw["code"],
            "name": raw["name"],
            "percents": [
                fact(p, int(Decimal(p["percent"]) * 100), where("localities", i, "percents", j, "percent"))
                for j, p in enumerate(raw["percents"])
            ],
        }
        for i, raw in enumerate(data["localities"])
    }


def gs_rules(data: dict[str, Any], where: Where) -> dict[str, Any]:
    """federal/gs-rules.yaml."""
    return {
        "caps": _dated(data["caps"], "cap", where, "caps"),
        "within_grade": _dated(data["within_grade"], "weeks", where, "within_grade"),
        "divisor": _dated(data["hourly_divisor"], "hours", where, "hourly_divisor"),
    }


def ladders(data: dict[str, Any], where: Where) -> list[dict[str, Any]]:
    """federal/ladders.yaml."""
    return [_ladder(raw, where("ladders", i, "id")) for i, raw in enumerate(data["ladders"])]


def _ladder(raw: dict[str, Any], where: str) -> dict[str, Any]:
    kept = ("id", "title", "agencies", "series", "roles", "grades", "effective", "sources", "basis")
    entries = [
        {
            "grade": entry["grade"],
            "tenths": int(Decimal(entry.get("years", 0)) * 10),
            "degree": entry.get("degree"),
            "certs": entry.get("certs") or [],
            "text": entry["text"],
            "basis": entry["basis"],
            "sources": entry["sources"],
        }
        for entry in raw["entries"]
    ]
    told = {key: raw[key] for key in kept}
    return told | {
        "default": raw.get("default", False),
        "entries": entries,
        "advance": raw["advance"],
        "note": raw.get("note") or "",
        "where": where,
    }


def area_tables(data: dict[str, Any], path: str, where: Where) -> Iterator[dict[str, Any]]:
    """areas/*.yaml: the cells as one text (see `domain.cells`), each with the line of its row."""
    for i, raw in enumerate(data["tables"]):
        lines = (int(where("tables", i, "rows", j).rpartition(":")[2]) for j in range(len(raw["rows"])))
        rows = ((row[1], row[0], [line, *row[2:]]) for row, line in zip(raw["rows"], lines, strict=True))
        kept = {key: raw[key] for key in ("effective", "sources", "basis")}
        yield {
            "kind": data["kind"],
            "file": path,
            "review_by": raw.get("review_by"),
            "cells": packed(rows),
            **kept,
        }
