"""The General Schedule compiled: tables, localities, ladders, people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.compiled.federal import GradeCount, LadderEntry, Locality, QualificationLadder, Staff

if TYPE_CHECKING:
    from ehrpay.rules.compiling.parts import Raw, Where

from ehrpay.rules.compiling.parts import cited, dated, each, hundredths, made, tenths, texts


def base_tables(data: Raw, where: Where) -> Raw:
    """federal/gs-base.yaml: grade (as text) to ten steps."""
    rows = each(data["tables"], where, "tables")
    return {"base": dated(rows, "rows", lambda grades: {str(grade): steps for grade, *steps in grades})}


def localities(data: Raw, where: Where) -> Raw:
    """federal/gs-locality.yaml: percents in 1/10,000."""

    def locality(raw: Raw, where: Where) -> Locality:
        percents = dated(each(raw["percents"], where, "percents"), "percent", hundredths)
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
    return made(
        QualificationLadder,
        raw,
        default=raw.get("default", False),
        entries=tuple(map(_entry, raw["entries"])),
        advance=cited(raw["advance"]),
        where=where,
    )


def _entry(raw: Raw) -> LadderEntry:
    years = tenths(raw.get("years", 0))
    return LadderEntry(raw["grade"], years, raw.get("degree"), texts(raw.get("certs")), cited(raw))
