"""A backtest as people and programs read it: the JSON contract `ehrpay/backtest/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.backtest.result import weak
from ehrpay.domain.numerals import Decimal, decimal, fixed
from ehrpay.formats import Record, fields, table
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.domain.backtest.measures import Limits, Measure, Measures, Weighed
    from ehrpay.domain.backtest.result import Backtest
    from ehrpay.formats.bars import Chart
    from ehrpay.formats.document import Document

SCHEMA = "ehrpay/backtest/1"

COLUMNS = (
    "line", "id", "title", "date", "kind", "role", "setting", "state", "method", "confidence", "weight", "pay",
    "pay_low", "pay_high", "p10", "p25", "p50", "p75", "p90", "error", "inside_p10_p90", "inside_p25_p75", "factor",
    "nation", "area",
)  # fmt: skip


class Accuracy(NamedTuple):
    """How well estimates met the pay observed in a file: so many of the worst rows are explained."""

    result: Backtest
    file: str
    worst: int
    limits: Limits
    unread: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.backtest.document import document

        missed = self.limits.missed(self.result.measures)
        return document(self.result, self.file, self.worst, self.unread, missed)

    def charts(self) -> tuple[Chart, ...]:
        """For a picture."""
        from ehrpay.formats.backtest.document import reliability

        return (reliability(self.result.reached),)

    def record(self) -> Record:
        """For JSON. Amounts are whole dollars a year; shares and errors are decimals as text, 1 being all."""
        result = self.result
        found = weak(result.strata)
        return {
            "schema": SCHEMA,
            **fields(result, "rules_version as_of"),
            "currency": "USD",
            "file": self.file,
            "since": result.since,
            "rows": {
                "read": result.rows,
                "tested": result.measures.rows,
                "older": 0 if result.older is None else result.older.rows,
                "not_tested": len({fault.line for fault in result.untested}),
            },
            "measures": _measures(result.measures),
            "older": None if result.older is None else _measures(result.older),
            "baselines": [
                fields(one) | {"error": decimal(one.error), "bias": decimal(one.bias)}
                for one in result.baselines
            ],
            "reliability": [
                {"percentile": n, "stated": decimal(n * 100), "observed": decimal(share)}
                for n, share in result.reached
            ],
            "strata": [
                fields(one, "field value") | {"weak": one in found} | _measures(one.measures)
                for one in result.strata
            ],
            "worst": list(map(_explained, result.worst[: self.worst])),
            "problems": list(map(fields, result.faults)),
            "limits": {
                "min_coverage": _optional(self.limits.least_coverage),
                "max_error": _optional(self.limits.most_error),
                "missed": list(self.limits.missed(result.measures)),
            },
            "observations": list(map(_row, result.tried)),
            "warnings": list(self.warnings),
        }

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row for each row of the file that counts."""
        rows = map(_row, self.result.tried)
        return table(COLUMNS, ({name: _flat(value) for name, value in row.items()} for row in rows))


def _optional(points: int | None) -> str | None:
    return None if points is None else decimal(points)


def _measures(found: Measures) -> Record:
    weight = found.weight
    return {
        "rows": found.rows,
        "weight": fixed(weight, 2),
        "median_error": _measure(found.error),
        "bias": _measure(found.bias),
        "p10_p90": _measure(found.outer),
        "p25_p75": _measure(found.inner),
        "log_width": decimal(found.width),
    }


def _measure(found: Measure) -> Record:
    return {"value": decimal(found.value), "low": _optional(found.low), "high": _optional(found.high)}


def _row(one: Weighed) -> Record:
    trial, seen = one.trial, one.trial.seen
    profile = trial.estimate.profile
    return {
        **fields(seen, "line id title date kind"),
        **fields(profile, "role setting"),
        "state": profile.place.state if profile.place else None,
        "method": trial.estimate.method,
        "confidence": trial.estimate.confidence.word,
        "weight": decimal(one.share),
        "pay": seen.pay,
        "pay_low": seen.low,
        "pay_high": seen.high,
        **trial.points._asdict(),
        "error": decimal(trial.error),
        "inside_p10_p90": trial.outer,
        "inside_p25_p75": trial.inner,
        "factor": decimal(trial.factor),
        **fields(trial, "nation area"),
    }


def _explained(one: Weighed) -> Record:
    estimate = one.trial.estimate
    steps = [
        {"id": step.id, "label": step.story.label, "change_cents": step.change_cents}
        for step in estimate.steps
    ]
    return {
        **fields(one.trial.seen, "line id title"),
        "error": decimal(one.trial.error),
        "headline": estimate.headline,
        "profile": estimate.profile.typed(),
        "steps": steps,
    }


def _flat(value: object) -> object:
    """A decimal as a number to a spreadsheet, a flag as a word."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value.lstrip("-").replace(".", "", 1).isdigit() and "." in value:
        return Decimal(value)
    return value
