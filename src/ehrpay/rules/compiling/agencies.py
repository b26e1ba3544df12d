"""Employers compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.compiled.agencies import Agency, BandRule

if TYPE_CHECKING:
    from ehrpay.rules.compiling.parts import Raw, Where

from ehrpay.rules.compiling.parts import cited, each, texts


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
        benefits=tuple(map(cited, data.get("benefits") or ())),
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
