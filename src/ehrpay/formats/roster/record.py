"""A roster's summary as one record: the JSON contract `ehrpay/roster/1`, and a row a group for CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.money import UNIT, divide
from ehrpay.domain.roster.summary import LEAST_PEOPLE, SHARES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ehrpay.domain.roster.summary import Gap, Summary
    from ehrpay.formats.roster.shown import ShownRoster

SCHEMA = "ehrpay/roster/1"


def record(view: ShownRoster) -> dict[str, Any]:
    """The figures. Amounts are whole dollars a year; gaps are shares, 0.05 being 5 % more than everyone."""
    summary = view.summary
    return {
        "schema": SCHEMA,
        "rules_version": view.rules_version,
        "as_of": view.as_of,
        "currency": "USD",
        "engine": view.engine,
        "files": list(view.files),
        "errors": view.errors or None,
        "rows": {"read": summary.rows, "priced": summary.priced, "errors": summary.faults},
        "methods": dict(summary.methods),
        "confidence": dict(summary.confidences),
        "middle": {f"p{share}": value for share, value in zip(SHARES, summary.middles, strict=False)}
        | ({"mean": summary.mean} if summary.priced else {}),
        "pay": _pay(summary),
        "groups": {
            "by": summary.by or None,
            "least_people": LEAST_PEOPLE,
            "too_small": summary.hidden,
            "shown": [_gap(gap) for gap in summary.gaps],
        },
        "warnings": list(view.warnings),
    }


def _pay(summary: Summary) -> dict[str, Any] | None:
    pay = summary.pay
    if not pay.people:
        return None
    return {
        "people": pay.people,
        "mean": divide(pay.pay_cents, 100 * pay.people),
        "compa_ratio": divide(pay.pay_cents * UNIT, pay.middle_cents) / UNIT,
        "below": pay.below,
        "inside": pay.people - pay.below - pay.above,
        "above": pay.above,
        "cost_to_low": divide(pay.to_low_cents, 100),
        "cost_to_mid": divide(pay.to_middle_cents, 100),
    }


def _gap(gap: Gap) -> dict[str, Any]:
    shares = {name: getattr(gap, name) / UNIT for name in ("raw", "adjusted", "low", "high")}
    return {"name": gap.name, "people": gap.people, "mean_pay": gap.pay, **shares}


def rows(summary: Summary) -> Iterator[Sequence[object]]:
    """The header, then the groups."""
    yield ("group", "people", "mean_pay", "raw", "adjusted", "adjusted_low", "adjusted_high")
    for gap in summary.gaps:
        yield tuple(_gap(gap).values())
