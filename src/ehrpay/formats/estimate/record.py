"""An estimate as one record: the JSON contract `ehrpay/estimate/1`, and the same flat for CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.result import TIMES
from ehrpay.domain.numerals import decimal, fixed
from ehrpay.domain.profile import FIELDS
from ehrpay.formats import Record, fields
from ehrpay.formats.estimate.sentences import advice, opening
from ehrpay.formats.estimate.shown import ShownEstimate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ehrpay.domain.estimate.bands import Band
    from ehrpay.domain.estimate.result import Estimate, GradeUsed, Step
    from ehrpay.domain.estimate.verdict import Verdict
    from ehrpay.domain.facts import Source
    from ehrpay.formats.amounts import Period

SCHEMA = "ehrpay/estimate/1"

ENDS = ("low", "mid", "high")
HEAD = (
    "rules_version", "as_of", "headline", "method", "currency", "low", "mid", "high", "percentiles", "confidence",
    "profile", "area",
)  # fmt: skip
_GRADE = {"grade": "grade", "step": "step", "locality": "locality", "locality_percent": "percent"}
_SAME = {
    "": ("method", "as_of", "low", "mid", "high"),
    "percentiles": ("p10", "p25", "p50", "p75", "p90"),
    "profile": tuple(name for name in FIELDS if name not in _GRADE),
}
"""Parts of the record whose fields are columns by their own name."""

_NAMED = {
    "confidence": {"confidence": "word", "confidence_reason": "reason"},
    "period": {
        "period": "unit",
        "hours": "hours",
        "low_cents": "low_cents",
        "mid_cents": "mid_cents",
        "high_cents": "high_cents",
    },
    "area": {"area_kind": "kind", "area": "code", "area_name": "name"},
    "grade": _GRADE,
    "band": {"band_min": "min", "band_max": "max", "band_position": "position", "band_basis": "basis"},
    "cross_check": {"other_method": "method", "other_low": "low", "other_mid": "mid", "other_high": "high"},
    "offer": {
        "offer_cents": "offer_cents",
        "offer_percentile": "percentile",
        "offer_standing": "standing",
        "compa_ratio": "compa_ratio",
        "range_penetration": "penetration",
        "to_middle_cents": "to_middle_cents",
    },
}  # fmt: skip
"""Parts of the record whose fields have a column name of their own."""


def record(answer: ShownEstimate) -> Record:
    """The whole answer. Pay is whole dollars a year, names in `_cents` hold integer cents, factors are text."""
    estimate, period, offer = answer.estimate, answer.per, answer.offer
    check, grade, band = estimate.cross_check, estimate.grade, estimate.band
    return {
        "schema": SCHEMA,
        "ehrpay_version": answer.version or None,
        **fields(estimate, "rules_version as_of"),
        "headline": estimate.headline,
        "sentence": opening(estimate, period),
        "method": estimate.method,
        "currency": "USD",
        **fields(estimate, "low mid high"),
        "percentiles": estimate.percentiles._asdict(),
        "period": _period(estimate, period),
        "confidence": estimate.confidence._asdict(),
        "profile": estimate.profile.typed() | {"occupation": estimate.profile.occupation},
        "area": fields(estimate.area),
        "steps": list(map(_step, estimate.steps)),
        "grade": None if grade is None else _grade(grade),
        "band": None if band is None else _band(band, estimate.mid, applied=estimate.band_applied),
        # Where the other method has no range, it has a reason and no amounts.
        "cross_check": check and fields(check) | (dict.fromkeys(ENDS) if check.skipped else {}),
        "offer": None if offer is None else _offer(offer, estimate, period),
        **fields(estimate, "warnings notes"),
        "sources": cited(estimate.sources, answer.sources),
        "rules": [overlay._asdict() for overlay in estimate.overlays],
    }


def head(estimate: Estimate) -> Record:
    """Who is priced and how, for records of what comes from an estimate."""
    whole = record(ShownEstimate(estimate, {}))
    return {name: whole[name] for name in HEAD}


def _period(estimate: Estimate, period: Period) -> Record:
    cents = {f"{end}_cents": period.cents(getattr(estimate, end) * 100) for end in ENDS}
    return fields(period, "unit hours formula") | cents


def _step(step: Step) -> Record:
    about, term, times = step.story, step.term, step.kind == TIMES
    return {
        "id": step.id,
        "label": about.label,
        "kind": step.kind,
        "factor": decimal(step.factor) if times else None,
        "low": decimal(about.low) if times else None,
        "high": decimal(about.high) if times else None,
        "amount_cents": term.plus,
        "bounds_cents": None if term.low is None else [term.low, term.high],
        **fields(step, "change_cents total_cents"),
        **fields(about, "basis confidence sources where said evidence review_by formula note"),
    }


def _grade(grade: GradeUsed) -> Record:
    return {
        **fields(grade, "grades steps"),
        **fields(grade.rate, "grade step base uncapped annual capped"),
        **fields(grade, "year locality locality_name"),
        "percent": fixed(grade.percent, 2),
        **fields(grade, "reasons next_increase mean paid"),
    }


def _band(band: Band, mid: int, *, applied: bool) -> Record:
    return {
        "min": band.minimum,
        "max": band.maximum,
        "label": band.label,
        "position": band.place(mid),
        **fields(band, "effective basis sources where review_by contradicted"),
        "applied": applied,
        "not_applied": None if applied else band.held_back or "the grade method prices by the pay table",
    }


def _offer(offer: Verdict, estimate: Estimate, period: Period) -> Record:
    penetration = offer.penetration
    return {
        **offer._asdict(),
        "sentence": advice(offer, estimate, period),
        "ask_cents": list(offer.ask),
        "steps": [rate._asdict() | {"label": rate.label} for rate in offer.steps],
        "compa_ratio": decimal(offer.compa_ratio),
        "penetration": None if penetration is None else decimal(penetration),
    }


def cited(ids: Iterable[str], sources: Mapping[str, Source]) -> Record:
    """Each source in full by its id; one that the rules don't have is left out."""
    return {
        id_: {name: value for name, value in sources[id_]._asdict().items() if name != "id"}
        for id_ in dict.fromkeys(ids)
        if id_ in sources
    }


def rows(record: Record) -> Iterator[tuple[object, ...]]:
    """For CSV: a header and one row, the columns in order; what was not specified is empty."""
    row: Record = {}
    for part, names in _SAME.items():
        values = record[part] if part else record
        row |= {name: values[name] for name in names}
    for part, renamed in _NAMED.items():
        values = record[part] or {}
        row |= {name: values.get(key) for name, key in renamed.items()}
    row |= {key: record[key] for key in ("headline", "warnings", "rules_version")}
    row["sources"] = list(record["sources"])
    yield tuple(row)
    yield tuple(row.values())
