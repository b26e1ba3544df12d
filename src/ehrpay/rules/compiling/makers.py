"""What of the rules has another form in the files than in the compiled classes, class by class."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ehrpay.domain.compiled.adjustments import Adjustment, Level, Order, Point, Span, Special
from ehrpay.domain.compiled.employers import Agency, BandRule, BenefitRule, EmployerKind, TypicalBenefit
from ehrpay.domain.compiled.federal import FederalRules, LadderEntry, QualificationLadder
from ehrpay.domain.compiled.wages import AreaTable, WageIndex, packed_cells
from ehrpay.domain.facts import CitedText, Factor
from ehrpay.domain.names import folded
from ehrpay.rules.compiling.parts import fact, made, maker, value
from ehrpay.rules.shape.employers import DAYS, HELD_AS, PERCENT
from ehrpay.rules.shape.fields import DOLLARS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.rules.compiling.parts import Part

DETAILS = ("issuer", "prerequisite", "fee", "renewal")
UNITS = {DOLLARS: 1, PERCENT: 100, DAYS: 10}
"""What a typical benefit is counted in, by its unit: whole dollars, shares in 1/10,000, days in tenths."""
INDEX_POINT = 1_000
FEDERAL = {"tables": "base", "hourly_divisor": "divisor", "law_enforcement": "ahead"}
"""Keys of federal/*.yaml whose field has another name."""


@maker
def adjustment(part: Part) -> Adjustment:
    """One adjustments file."""
    factors, ranks = Adjustment.__annotations__["second"], part.at("ranks")
    return made(
        Adjustment,
        part,
        id=part.data["adjustment"],
        none_by_role=value(Adjustment.__annotations__["none_by_role"], part.at("none").at("by_role")),
        second=value(factors, ranks.at("second")),
        third=value(factors, ranks.at("third")),
    )


@maker
def _level(part: Part) -> Level:
    raw, asks = part.data, part.at("asks")
    return made(
        Level,
        part,
        short=raw.get("short") or raw["id"].upper(),
        where=part.at("id").where,
        asks_years=fact(asks, asks.data["years"], asks) if asks.data else None,
        details={key: raw[key] for key in DETAILS if raw.get(key)},
        titles=tuple(name for one in raw.get("titles") or () for name in one["names"]),
    )


@maker
def _special(part: Part) -> Special:
    return made(Special, part, ids=part.at("roles" if "roles" in part.data else "occupations").plain)


@maker
def _point(row: Part) -> Point:
    years, *factor = row.plain
    return Point(years, Factor(*factor))


@maker
def _order(part: Part) -> Order:
    return made(Order, part, share=fact(part, made(Span, part), part))


@maker
def agency(part: Part) -> Agency:
    """One agencies file."""
    return made(Agency, part, id=part.data["agency"], where=part.at("agency").where)


@maker
def _band(part: Part) -> BandRule:
    raw = part.data
    against = raw.get("contradicted_by") or {"text": "", "sources": [], "effective": ""}
    return made(
        BandRule,
        part,
        minimum=raw.get("min"),
        maximum=raw.get("max"),
        sources=(*raw["sources"], *against["sources"]),
        where=part.at("effective").where,
        contradicted=against["text"],
        contradicted_on=against.get("effective") or "",
    )


@maker
def _benefit(part: Part) -> BenefitRule:
    key = HELD_AS.get(part.data["kind"], "percent")
    values = (fact(one, one.at(key).plain, one.at(key)) for one in part.at("values").each())
    return made(BenefitRule, part, values=tuple(values))


@maker
def _employer(part: Part) -> EmployerKind:
    names = map(folded, part.data.get("names") or ())
    return made(EmployerKind, part, names=tuple(names), note=part.data.get("note") or "")


@maker
def _typical_benefit(part: Part) -> TypicalBenefit:
    def amounts(raw: dict[str, Any]) -> tuple[Any, ...]:
        numbers = (int(Decimal(raw[key]) * UNITS[part.data["unit"]]) for key in ("value", "low", "high"))
        return (*numbers, raw.get("range_basis") or raw["basis"])

    values = (fact(one, amounts(one.data), one.at("value")) for one in part.at("values").each())
    return made(TypicalBenefit, part, values=tuple(values))


def federal(part: Part) -> dict[str, Any]:
    """What one of federal/*.yaml says, by the fields of the federal rules."""
    fields = {key: FEDERAL.get(key, key) for key in part.data}
    return {
        field: value(FederalRules.__annotations__[field], part.at(key))
        for key, field in fields.items()
        if field in FederalRules.__annotations__
    }


@maker
def _ladder(part: Part) -> QualificationLadder:
    return made(QualificationLadder, part, where=part.at("id").where)


@maker
def _entry(part: Part) -> LadderEntry:
    return made(LadderEntry, part, tenths=part.at("years").plain or 0, grant=made(CitedText, part))


@maker
def _index(part: Part) -> WageIndex:
    readings = {}
    for one in part.at("readings").each():
        quarter, number = one.data["quarter"], int(Decimal(one.data["value"]) * INDEX_POINT)
        dated = one._replace(data=one.data | {"effective": quarter})
        readings[quarter] = fact(dated, number, one.at("value"))
    return made(WageIndex, part, readings=readings)


def area_tables(part: Part, path: str) -> Iterator[AreaTable]:
    """areas/*.yaml: the cells as one text (see `packed_cells`), each with the line of its row."""
    for table in part.at("tables").each():
        rows = (
            (row[1], row[0], [table.marks.line((*table.path, "rows", j)), *row[2:]])
            for j, row in enumerate(table.data["rows"])
        )
        yield made(AreaTable, table, kind=part.data["kind"], file=path, cells=packed_cells(rows))
