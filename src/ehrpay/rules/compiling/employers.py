"""Employers, and what they give besides pay, compiled."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ehrpay.domain.compiled.employers import (
    Agency,
    BandRule,
    BenefitRule,
    EmployerKind,
    TypicalBenefit,
    TypicalBenefits,
)
from ehrpay.domain.names import folded
from ehrpay.rules.compiling.parts import cited, each, fact, hundredths, made, scaled, tenths, texts
from ehrpay.rules.shape.employers import DAYS, PERCENT
from ehrpay.rules.shape.fields import DOLLARS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ehrpay.domain.facts import Fact
    from ehrpay.rules.compiling.parts import Raw, Where


def agency(data: Raw, where: Where) -> Agency:
    """One agencies file."""
    return made(
        Agency,
        data,
        id=data["agency"],
        aliases=texts(data.get("aliases")),
        bands=tuple(_band(raw, at("effective")) for raw, at in each(data.get("bands"), where, "bands")),
        benefits=tuple(map(cited, data.get("benefits") or ())),
        notes=texts(data.get("notes")),
        where=where("agency"),
    )


def _band(raw: Raw, where: str) -> BandRule:
    against = raw.get("contradicted_by") or {"text": "", "sources": [], "effective": ""}
    return made(
        BandRule,
        raw,
        minimum=raw.get("min"),
        maximum=raw.get("max"),
        roles=texts(raw.get("roles")),
        sources=(*raw["sources"], *against["sources"]),
        where=where,
        contradicted=against["text"],
        contradicted_on=against.get("effective") or "",
    )


def benefits(data: Raw, where: Where) -> dict[str, BenefitRule]:
    """benefits.yaml: shares in 1/10,000, days in tenths, hours in hundredths."""

    def value(raw: Raw, where: Where) -> Fact[Any]:
        key = next(key for key in _BENEFIT_UNITS if raw.get(key) is not None)
        return fact(raw, _BENEFIT_UNITS[key](raw[key]), where(key))

    return {
        raw["id"]: made(
            BenefitRule,
            raw,
            values=tuple(value(one, spot) for one, spot in each(raw["values"], at, "values")),
        )
        for raw, at in each(data["benefits"], where, "benefits")
    }


_BENEFIT_UNITS: dict[str, Callable[[Any], Any]] = {
    "percent": hundredths,
    "tiers": lambda rows: [[hundredths(rate), hundredths(of_pay)] for rate, of_pay in rows],
    "by_service": lambda rows: [[years, tenths(days)] for years, days in rows],
    "days": tenths,
    "hours": hundredths,
}


UNITS: dict[str, Callable[[Any], int]] = {DOLLARS: partial(scaled, unit=1), PERCENT: hundredths, DAYS: tenths}


def typical_benefits(data: Raw, where: Where) -> TypicalBenefits:
    """typical-benefits.yaml: whole dollars, shares in 1/10,000, days in tenths."""
    return TypicalBenefits(
        employers=tuple(map(_employer, data["employers"])),
        benefits=tuple(_benefit(raw, at) for raw, at in each(data["benefits"], where, "benefits")),
    )


def _employer(raw: Raw) -> EmployerKind:
    names = tuple(map(folded, texts(raw.get("names"))))
    return EmployerKind(raw["id"], raw["title"], texts(raw.get("settings")), names, raw.get("note") or "")


def _benefit(raw: Raw, where: Where) -> TypicalBenefit:
    def value(one: Raw, at: Where) -> Fact[tuple[int, int, int, str]]:
        number = UNITS[raw["unit"]]
        amounts = (number(one["value"]), number(one["low"]), number(one["high"]))
        return fact(one, (*amounts, one.get("range_basis") or one["basis"]), at("value"))

    values = tuple(value(one, at) for one, at in each(raw["values"], where, "values"))
    return TypicalBenefit(raw["id"], raw["title"], raw["employer"], raw["part"], values)
