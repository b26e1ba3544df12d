"""Occupations, wage index, spread, minimum wages and area tables compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.compiled.wages import (
    AreaTable,
    MinimumWage,
    Occupation,
    OccupationRule,
    Spread,
    WageIndex,
    WagePoints,
    packed_cells,
)
from ehrpay.domain.facts import Fact, Factor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ehrpay.rules.compiling.parts import Raw, Where

from ehrpay.rules.compiling.parts import basis_points, dated, each, fact, hundredths, made, scaled, texts


def occupations(data: Raw, where: Where) -> dict[str, Occupation]:
    """occupations.yaml: national percentiles by reference month."""

    def wages(rows: Iterable[tuple[Raw, Where]]) -> tuple[Fact[WagePoints], ...]:
        points = WagePoints._fields
        return tuple(fact(raw, WagePoints(*(raw[key] for key in points)), at("p50")) for raw, at in rows)

    return {
        raw["id"]: Occupation(raw["title"], raw.get("noisy", False), wages(each(raw["wages"], at, "wages")))
        for raw, at in each(data["occupations"], where, "occupations")
    }


def minimum_wages(data: Raw, where: Where) -> dict[str, MinimumWage]:
    """minimum-wages.yaml: cents an hour."""
    return {
        raw["id"]: made(
            MinimumWage,
            raw,
            counties=texts(raw.get("counties")),
            values=dated(each(raw["values"], at, "values"), "hourly", hundredths),
        )
        for raw, at in each(data["minimum_wages"], where, "minimum_wages")
    }


def occupation_rules(data: Raw, where: Where) -> dict[str, OccupationRule]:
    """occupation-rules.yaml: shares in 1/10,000."""

    def share(raw: Raw, where: Where) -> Fact[Factor]:
        return fact(
            raw, Factor(*(basis_points(raw[key]) for key in ("share", "low", "high"))), where("share")
        )

    return {
        raw["id"]: OccupationRule(
            ageing=tuple(share(one, spot) for one, spot in each(raw.get("ageing"), at, "ageing")),
            blend=dated(each(raw.get("blend"), at, "blend"), "workers", int),
        )
        for raw, at in each(data["occupation_rules"], where, "occupation_rules")
    }


def ageing(data: Raw, where: Where) -> WageIndex:
    """ageing.yaml: readings in thousandths of an index point."""
    rule, beyond = data["ageing"], data["ageing"]["beyond"]
    rows = [{"effective": raw["quarter"], **raw} for raw in rule["readings"]]
    readings = dated(each(rows, where, "ageing", "readings"), "value", lambda value: scaled(value, 1000))
    return WageIndex(
        rule["title"],
        {reading.effective: reading for reading in readings},
        fact(beyond, beyond["months"], where("ageing", "beyond", "months")),
    )


def spread(data: Raw, where: Where) -> tuple[Fact[Spread], ...]:
    """spread.yaml."""

    def shares(raw: Raw) -> Spread:
        narrow = {id_: basis_points(factor) for id_, factor in raw["narrow"].items()}
        levels = {
            id_: {level: basis_points(factor) for level, factor in each.items()}
            for id_, each in (raw.get("levels") or {}).items()
        }
        return Spread(narrow, basis_points(raw["fall_back"]), levels)

    rows = each(data["spread"], where, "spread")
    return tuple(fact(raw, shares(raw), at("narrow")) for raw, at in rows)


def area_tables(data: Raw, path: str, where: Where) -> Iterator[AreaTable]:
    """areas/*.yaml: the cells as one text (see `packed_cells`), each with the line of its row."""
    for raw, at in each(data["tables"], where, "tables"):
        lines = (int(at("rows", j).rpartition(":")[2]) for j in range(len(raw["rows"])))
        rows = ((row[1], row[0], [line, *row[2:]]) for row, line in zip(raw["rows"], lines, strict=True))
        yield made(AreaTable, raw, kind=data["kind"], file=path, cells=packed_cells(rows))
