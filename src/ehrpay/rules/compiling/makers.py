"""What of the rules has another form in the files than in the compiled classes, class by class."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ehrpay.domain.compiled.adjustments import Adjustment, Level, Order, Point, Span, Special
from ehrpay.domain.compiled.employers import BandRule, BenefitRule, EmployerKind, TypicalBenefit
from ehrpay.domain.compiled.federal import FederalRules, LadderEntry
from ehrpay.domain.compiled.wages import AreaTable, WageIndex, packed_cells
from ehrpay.domain.facts import CitedText, Factor
from ehrpay.domain.names import folded
from ehrpay.rules.compiling.parts import fact, made, maker, plain, value
from ehrpay.rules.shape.employers import DAYS, HELD_AS, PERCENT
from ehrpay.rules.shape.fields import DOLLARS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ehrpay.rules.finding import Passage

DETAILS = ("issuer", "prerequisite", "fee", "renewal")
UNITS = {DOLLARS: 1, PERCENT: 100, DAYS: 10}
"""What a typical benefit is counted in, by its unit: whole dollars, shares in 1/10,000, days in tenths."""
INDEX_POINT = 1_000
FEDERAL = {"tables": "base", "hourly_divisor": "divisor", "law_enforcement": "ahead"}
"""Keys of federal/*.yaml whose field has another name."""


@maker
def _adjustment(here: Passage) -> Adjustment:
    factors, ranks = Adjustment.__annotations__["second"], here.at("ranks")
    return made(
        Adjustment,
        here,
        none_by_role=value(Adjustment.__annotations__["none_by_role"], here.at("none").at("by_role")),
        second=value(factors, ranks.at("second")),
        third=value(factors, ranks.at("third")),
    )


@maker
def _level(here: Passage) -> Level:
    raw, asks = here.data, here.at("asks")
    return made(
        Level,
        here,
        short=raw.get("short") or raw["id"].upper(),
        asks_years=fact(asks, asks.data["years"], asks) if asks.data else None,
        details={key: raw[key] for key in DETAILS if raw.get(key)},
        titles=tuple(name for one in raw.get("titles") or () for name in one["names"]),
    )


@maker
def _special(here: Passage) -> Special:
    return made(Special, here, ids=plain(here.at("roles" if "roles" in here.data else "occupations")))


@maker
def _point(row: Passage) -> Point:
    years, *factor = plain(row)
    return Point(years, Factor(*factor))


@maker
def _order(here: Passage) -> Order:
    return made(Order, here, share=fact(here, made(Span, here), here))


@maker
def _band(here: Passage) -> BandRule:
    raw = here.data
    against = raw.get("contradicted_by") or {"text": "", "sources": [], "effective": ""}
    return made(
        BandRule,
        here,
        minimum=raw.get("min"),
        maximum=raw.get("max"),
        sources=(*raw["sources"], *against["sources"]),
        contradicted=against["text"],
        contradicted_on=against.get("effective") or "",
    )


@maker
def _benefit(here: Passage) -> BenefitRule:
    key = HELD_AS.get(here.data["kind"], "percent")
    values = (fact(one, plain(one.at(key)), one.at(key)) for one in here.at("values").each())
    return made(BenefitRule, here, values=tuple(values))


@maker
def _employer(here: Passage) -> EmployerKind:
    names = map(folded, here.data.get("names") or ())
    return made(EmployerKind, here, names=tuple(names), note=here.data.get("note") or "")


@maker
def _typical_benefit(here: Passage) -> TypicalBenefit:
    def amounts(raw: dict[str, Any]) -> tuple[Any, ...]:
        numbers = (int(Decimal(raw[key]) * UNITS[here.data["unit"]]) for key in ("value", "low", "high"))
        return (*numbers, raw.get("range_basis") or raw["basis"])

    values = (fact(one, amounts(one.data), one.at("value")) for one in here.at("values").each())
    return made(TypicalBenefit, here, values=tuple(values))


def federal(files: Iterable[Passage]) -> dict[str, Any]:
    """What federal/*.yaml say, by the fields of the federal rules."""
    fields = {FEDERAL.get(key, key): here.at(key) for here in files for key in here.data}
    return {field: value(kind, fields.get(field)) for field, kind in FederalRules.__annotations__.items()}


@maker
def _entry(here: Passage) -> LadderEntry:
    return made(LadderEntry, here, tenths=plain(here.at("years")) or 0, grant=made(CitedText, here))


@maker
def _index(here: Passage) -> WageIndex:
    readings = {}
    for one in here.at("readings").each():
        quarter, number = one.data["quarter"], int(Decimal(one.data["value"]) * INDEX_POINT)
        dated = one._replace(data=one.data | {"effective": quarter})
        readings[quarter] = fact(dated, number, one.at("value"))
    return made(WageIndex, here, readings=readings)


def area_tables(here: Passage, path: str) -> Iterator[AreaTable]:
    """areas/*.yaml: the cells as one text (see `packed_cells`), each with the line of its row."""
    for table in here.at("tables").each():
        rows = (
            (row[1], row[0], [table.marks.line((*table.path, "rows", j)), *row[2:]])
            for j, row in enumerate(table.data["rows"])
        )
        yield made(AreaTable, table, kind=here.data["kind"], file=path, cells=packed_cells(rows))
