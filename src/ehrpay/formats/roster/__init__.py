"""A priced roster in a few figures, as people and programs read them: the JSON contract `ehrpay/roster/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.result import SHARES
from ehrpay.domain.money import UNIT, divide
from ehrpay.domain.roster import LEAST_PEOPLE
from ehrpay.formats import Record, fields
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ehrpay.domain.roster import Gap, Summary
    from ehrpay.formats.document import Document

SCHEMA = "ehrpay/roster/1"


class RosterSummary(NamedTuple):
    """A roster's figures, by which rules and as of which day; `errors` is the file of rows without a price.

    A frame in memory has no files. `read` has the column of each field, `unread` the others.
    """

    summary: Summary
    files: tuple[str, ...]
    rules_version: str
    as_of: str
    engine: str
    errors: str = ""
    warnings: tuple[str, ...] = ()
    read: Mapping[str, str] = {}
    unread: tuple[str, ...] = ()

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.roster.document import columns, document

        files, by = ", ".join(self.files) or "a frame", f"rules of {self.as_of}, engine {self.engine}"
        return tuple(document(self.summary, files, by, self.errors, columns(self.read, self.unread)))

    def record(self) -> Record:
        """For JSON. Amounts are whole dollars a year; gaps are shares, 0.05 being 5 % more than everyone."""
        summary = self.summary
        return {
            "schema": SCHEMA,
            **fields(self, "rules_version as_of"),
            "currency": "USD",
            **fields(self, "engine files errors"),
            "columns": {"read": dict(self.read), "unread": list(self.unread)},
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
            "warnings": list(self.warnings),
        }

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row a group."""
        yield ("group", "people", "mean_pay", "raw", "adjusted", "adjusted_low", "adjusted_high")
        for gap in self.summary.gaps:
            yield tuple(_gap(gap).values())


def _pay(summary: Summary) -> Record | None:
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


def _gap(gap: Gap) -> Record:
    shares = {name: getattr(gap, name) / UNIT for name in ("raw", "adjusted", "low", "high")}
    return {"name": gap.name, "people": gap.people, "mean_pay": gap.pay, **shares}
