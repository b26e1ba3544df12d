"""Judged adjustments/*.yaml to the compiled form: levels, curves, sets of credentials, the order of roles."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from ehrpay.domain.compiled.adjustments import (
    Adjustment,
    Level,
    Order,
    Point,
    Span,
    Special,
)
from ehrpay.domain.facts import Factor
from ehrpay.rules.compiling.parts import basis_points, dated, each, fact, made, texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ehrpay.domain.compiled.adjustments import Curve, Factors
    from ehrpay.rules.compiling.parts import Raw, Where

DETAILS = ("issuer", "prerequisite", "fee", "renewal")


def adjustment(data: Raw, where: Where) -> Adjustment:
    """One adjustments file."""
    ranks = data.get("ranks") or {}
    return made(
        Adjustment,
        data,
        id=data["adjustment"],
        levels={raw["id"]: _level(raw, at) for raw, at in each(data.get("levels"), where, "levels")},
        curve=dated(each(data.get("curve"), where, "curve"), "points", _curve),
        none=_ranked(data.get("none"), partial(where, "none")),
        none_by_role=_special(data.get("none") or {}, partial(where, "none"), "by_role", "roles"),
        core=_ranked(data.get("core"), partial(where, "core")),
        second=_ranked(ranks.get("second"), partial(where, "ranks", "second")),
        third=_ranked(ranks.get("third"), partial(where, "ranks", "third")),
        beside_level=_ranked(data.get("beside_level"), partial(where, "beside_level")),
    )


def _ranked(raw: Raw | None, where: Where) -> Factors:
    """Dated factors under `values`."""
    rows = each((raw or {}).get("values"), where, "values")
    return tuple(
        fact(one, Factor(*(basis_points(one[key]) for key in ("factor", "low", "high"))), at("factor"))
        for one, at in rows
    )


def _special(raw: Raw, where: Where, key: str, ids: str) -> tuple[Special, ...]:
    """Dated factors for some roles or occupations."""
    return tuple(Special(texts(one[ids]), _ranked(one, at)) for one, at in each(raw.get(key), where, key))


def _curve(rows: Iterable[list[Any]]) -> Curve:
    return tuple(Point(years, Factor(*map(basis_points, factors))) for years, *factors in rows)


def _level(raw: Raw, where: Where) -> Level:
    return made(
        Level,
        raw,
        short=raw.get("short") or raw["id"].upper(),
        where=where("id"),
        values=_ranked(raw, where),
        by_role=_special(raw, where, "by_role", "roles"),
        by_occupation=_special(raw, where, "by_occupation", "occupations"),
        order=_order(raw["order"], where("order")) if raw.get("order") else None,
        asks_years=fact(raw["asks"], raw["asks"]["years"], where("asks")) if raw.get("asks") else None,
        details={key: raw[key] for key in DETAILS if raw.get(key)},
        titles=tuple(name for one in raw.get("titles") or () for name in one["names"]),
    )


def _order(raw: Raw, where: str) -> Order:
    bounds = (None if raw.get(key) is None else basis_points(raw[key]) for key in Span._fields)
    return Order(raw["role"], fact(raw, Span(*bounds), where))
