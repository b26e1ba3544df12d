"""Judged rule files to the compiled form: the classes of `domain.compiled`, which JSON keeps as plain rows."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from ehrpay.domain.compiled.agencies import Agency, BandRule
from ehrpay.domain.compiled.benefits import BenefitRule
from ehrpay.domain.compiled.federal import GradeCount, LadderEntry, Locality, QualificationLadder, Staff
from ehrpay.domain.compiled.packed_wages import packed
from ehrpay.domain.compiled.wages import (
    AreaTable,
    MinimumWage,
    Occupation,
    OccupationRule,
    Spread,
    WageIndex,
    WagePoints,
)
from ehrpay.domain.facts import CitedText, Fact, Factor, Source
from ehrpay.domain.money import UNIT
from ehrpay.domain.names import index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ehrpay.domain.compiled.adjustments import Adjustment

    Raw = dict[str, Any]
    Where = Callable[..., str]
    """File and line of the value at a path of keys."""

T = TypeVar("T")


def each(rows: Iterable[Raw] | None, where: Where, *path: Any) -> Iterator[tuple[Raw, Where]]:
    """Each row of a list with its own `where`, by keys of the row."""
    return ((raw, partial(where, *path, i)) for i, raw in enumerate(rows or ()))


def fact(raw: Raw, value: T, where: str) -> Fact[T]:
    """One compiled value with its source and place."""
    return Fact(
        effective=raw["effective"],
        value=value,
        basis=raw["basis"],
        confidence=raw.get("confidence", "high"),
        sources=texts(raw["sources"]),
        where=where,
        review_by=raw.get("review_by"),
        note=raw.get("note") or "",
    )


def dated(rows: Iterable[tuple[Raw, Where]], key: str, value: Callable[[Any], T]) -> tuple[Fact[T], ...]:
    """The value under a key of each row, as facts."""
    return tuple(fact(raw, value(raw[key]), at(key)) for raw, at in rows)


def texts(values: Iterable[str] | None) -> tuple[str, ...]:
    """A list of texts, which may be left out."""
    return tuple(values or ())


def _cited(raw: Raw) -> CitedText:
    return CitedText(raw["text"], raw["basis"], texts(raw["sources"]))


def _scaled(value: Decimal | int | str, unit: int) -> int:
    return int(Decimal(value) * unit)


_tenths, _hundredths, basis_points = (partial(_scaled, unit=unit) for unit in (10, 100, UNIT))


def agency(data: Raw, where: Where) -> Agency:
    """One agencies file."""
    return Agency(
        id=data["agency"],
        name=data["name"],
        aliases=texts(data.get("aliases")),
        kind=data["kind"],
        setting=data["setting"],
        pay_plan=data["pay_plan"],
        bands=tuple(_band(raw, at("effective")) for raw, at in each(data.get("bands"), where, "bands")),
        benefits=tuple(map(_cited, data.get("benefits") or ())),
        notes=texts(data.get("notes")),
        where=where("agency"),
    )


def _band(raw: Raw, where: str) -> BandRule:
    against = raw.get("contradicted_by") or {"text": "", "sources": [], "effective": ""}
    return BandRule(
        effective=raw["effective"],
        minimum=raw.get("min"),
        maximum=raw.get("max"),
        grades=raw.get("grades"),
        series=raw.get("series"),
        roles=texts(raw.get("roles")),
        basis=raw["basis"],
        sources=(*raw["sources"], *against["sources"]),
        where=where,
        review_by=raw.get("review_by"),
        contradicted=against["text"],
        contradicted_on=against.get("effective") or "",
    )


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
        raw["id"]: MinimumWage(
            name=raw["name"],
            state=raw.get("state"),
            counties=texts(raw.get("counties")),
            metro=raw.get("metro"),
            values=dated(each(raw["values"], at, "values"), "hourly", _hundredths),
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
    readings = dated(each(rows, where, "ageing", "readings"), "value", lambda value: _scaled(value, 1000))
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


def base_tables(data: Raw, where: Where) -> Raw:
    """federal/gs-base.yaml: grade (as text) to ten steps."""
    rows = each(data["tables"], where, "tables")
    return {"base": dated(rows, "rows", lambda grades: {str(grade): steps for grade, *steps in grades})}


def localities(data: Raw, where: Where) -> Raw:
    """federal/gs-locality.yaml: percents in 1/10,000."""

    def locality(raw: Raw, where: Where) -> Locality:
        percents = dated(each(raw["percents"], where, "percents"), "percent", _hundredths)
        return Locality(raw["code"], raw["name"], percents)

    rows = each(data["localities"], where, "localities")
    return {"localities": {raw["code"]: locality(raw, at) for raw, at in rows}}


def gs_rules(data: Raw, where: Where) -> Raw:
    """federal/gs-rules.yaml."""
    return {
        "caps": dated(each(data["caps"], where, "caps"), "cap", int),
        "within_grade": dated(each(data["within_grade"], where, "within_grade"), "weeks", tuple),
        "divisor": dated(each(data["hourly_divisor"], where, "hourly_divisor"), "hours", int),
        "ahead": dated(each(data.get("law_enforcement"), where, "law_enforcement"), "steps", dict),
    }


def employment(data: Raw, where: Where) -> Raw:
    """federal/employment.yaml."""

    def staff(raw: Raw, where: Where) -> Staff:
        counts = dated(
            each(raw["counts"], where, "counts"),
            "rows",
            lambda rows: tuple(GradeCount(*row) for row in rows),
        )
        return Staff(raw["id"], raw["who"], texts(raw["agencies"]), raw["series"], counts)

    return {"employment": [staff(raw, at) for raw, at in each(data["employment"], where, "employment")]}


def ladders(data: Raw, where: Where) -> Raw:
    """federal/ladders.yaml."""
    return {
        "ladders": {raw["id"]: _ladder(raw, at("id")) for raw, at in each(data["ladders"], where, "ladders")}
    }


def _ladder(raw: Raw, where: str) -> QualificationLadder:
    return QualificationLadder(
        id=raw["id"],
        title=raw["title"],
        agencies=texts(raw["agencies"]),
        series=raw["series"],
        roles=texts(raw["roles"]),
        grades=tuple(raw["grades"]),
        effective=raw["effective"],
        basis=raw["basis"],
        sources=texts(raw["sources"]),
        default=raw.get("default", False),
        entries=tuple(map(_entry, raw["entries"])),
        advance=_cited(raw["advance"]),
        where=where,
    )


def _entry(raw: Raw) -> LadderEntry:
    tenths = _tenths(raw.get("years", 0))
    return LadderEntry(raw["grade"], tenths, raw.get("degree"), texts(raw.get("certs")), _cited(raw))


def area_tables(data: Raw, path: str, where: Where) -> Iterator[AreaTable]:
    """areas/*.yaml: the cells as one text (see `packed_wages`), each with the line of its row."""
    for raw, at in each(data["tables"], where, "tables"):
        lines = (int(at("rows", j).rpartition(":")[2]) for j in range(len(raw["rows"])))
        rows = ((row[1], row[0], [line, *row[2:]]) for row, line in zip(raw["rows"], lines, strict=True))
        yield AreaTable(
            kind=data["kind"],
            effective=raw["effective"],
            basis=raw["basis"],
            sources=texts(raw["sources"]),
            file=path,
            review_by=raw.get("review_by"),
            cells=packed(rows),
        )


def sources(data: Raw, where: Where) -> dict[str, Source]:  # noqa: ARG001 - the compilers' common form
    """sources.yaml."""
    return {raw["id"]: Source(**({"note": ""} | raw)) for raw in data["sources"]}


def benefits(data: Raw, where: Where) -> dict[str, BenefitRule]:
    """benefits.yaml: shares in 1/10,000, days in tenths, hours in hundredths."""

    def value(raw: Raw, where: Where) -> Fact[Any]:
        key = next(key for key in _BENEFIT_UNITS if raw.get(key) is not None)
        return fact(raw, _BENEFIT_UNITS[key](raw[key]), where(key))

    return {
        raw["id"]: BenefitRule(
            id=raw["id"],
            title=raw["title"],
            kind=raw["kind"],
            employers=texts(raw["employers"]),
            values=tuple(value(one, spot) for one, spot in each(raw["values"], at, "values")),
        )
        for raw, at in each(data["benefits"], where, "benefits")
    }


_BENEFIT_UNITS: dict[str, Callable[[Any], Any]] = {
    "percent": _hundredths,
    "tiers": lambda rows: [[_hundredths(rate), _hundredths(of_pay)] for rate, of_pay in rows],
    "by_service": lambda rows: [[years, _tenths(days)] for years, days in rows],
    "days": _tenths,
    "hours": _hundredths,
}


def names(agencies: Iterable[Agency], adjustments: Iterable[Adjustment]) -> dict[str, dict[str, str]]:
    """Every name people type, folded, to its id: of agencies, and of the levels of each adjustment."""
    levels = {rule.id: index((one.id, one.aliases) for one in rule.levels.values()) for rule in adjustments}
    return levels | {"agency": index((one.id, one.aliases) for one in agencies)}
