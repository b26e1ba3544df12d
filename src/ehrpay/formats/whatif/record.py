"""A what-if as one record: the JSON contract `ehrpay/whatif/1`, and a row a change for CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.whatif.change import difference
from ehrpay.domain.whatif.gains import group_of
from ehrpay.domain.whatif.notes import ranking_notes, scenario_notes
from ehrpay.formats.amounts import Period
from ehrpay.formats.estimate.record import cited
from ehrpay.formats.estimate.record import record as whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.facts import Source
    from ehrpay.domain.profile import Profile
    from ehrpay.domain.whatif.change import Baseline, Unpriced
    from ehrpay.domain.whatif.gains import Gain, WhatIf
    from ehrpay.domain.whatif.scenario import Scenario

SCHEMA = "ehrpay/whatif/1"

Record = dict[str, Any]

ENDS = ("low", "mid", "high")
COLUMNS = (
    "status", "rank", "kind", "id", "label", "set", "gain_low", "gain_mid", "gain_high", "low", "mid", "high",
    "method", "wait", "fee", "needs", "basis", "confidence", "reason", "note", "sources",
    "group", "adjusted_low", "adjusted_mid", "adjusted_high",
)  # fmt: skip


def record(result: WhatIf, start: Baseline, most: int | None) -> Record:
    """Every change; `set` is what it changes, as one would type it (null for what is removed)."""
    gains, profile = result.gains[:most], start.profile
    ids = [id_ for gain in gains for id_ in gain.proof.sources]
    return _head(result.now, [*result.now.sources, *ids], start.book.sources) | {
        "ranked_by": "gain_low",
        "changes": [_gain(n, gain, result.now, profile) for n, gain in enumerate(gains, 1)],
        "changes_total": len(result.gains),
        "left": [_unpriced(one) for one in result.unpriced],
        "scenario": None,
        "notes": list(ranking_notes(result, start)),
    }


def route_record(result: Scenario, profile: Profile, sources: Mapping[str, Source]) -> Record:
    """A scenario: `legs` carry the middle from start to end, and their changes sum to its gain."""
    now, then = result.now, result.then
    scenario = {
        "set": difference(profile, result.profile),
        **_ends(now, then),
        "headline": then.headline,
        "method": then.method,
        "legs": [leg._asdict() for leg in result.legs],
        "warnings": list(then.warnings),
    }
    rest: Record = {"ranked_by": None, "changes": [], "changes_total": 0, "left": [], "scenario": scenario}
    head = _head(now, [*now.sources, *then.sources], sources)
    return head | rest | {"notes": list(scenario_notes(result))}


def _head(now: Estimate, ids: Sequence[str], sources: Mapping[str, Source]) -> Record:
    """Who is priced and how, as an estimate's record has it, without the steps."""
    fields = whole(now, Period("year", now.hours), None, sources, "")
    names = ("rules_version", "as_of", "headline", "method", "currency", "low", "mid", "high", "percentiles")
    head = {name: fields[name] for name in (*names, "confidence", "profile", "area", "warnings", "rules")}
    return {"schema": SCHEMA, **head, "sources": cited(ids, sources)}


def _ends(now: Estimate, then: Estimate) -> Record:
    return {
        "gain_low": then.low - now.low,
        "gain_mid": then.mid - now.mid,
        "gain_high": then.high - now.high,
        "low": then.low,
        "mid": then.mid,
        "high": then.high,
    }


def _gain(rank: int, gain: Gain, now: Estimate, profile: Profile) -> Record:
    change, proof, then = gain.change, gain.proof, gain.then
    return {
        "rank": rank,
        "kind": change.kind,
        "id": change.id,
        "label": change.label,
        "set": difference(profile, change.profile),
        **_ends(now, then),
        "group": group_of(change.kind),
        "adjusted": None if gain.adjusted is None else dict(zip(ENDS, gain.adjusted, strict=True)),
        "method": then.method,
        "wait": change.wait or None,
        "fee": change.fee or None,
        "needs": change.needs or None,
        "basis": proof.basis,
        "confidence": proof.confidence,
        "sources": list(proof.sources),
        "where": proof.where or None,
        "note": "; ".join(text for text in (change.note, proof.note) if text) or None,
    }


def _unpriced(change: Unpriced) -> Record:
    return change._asdict() | {"fee": change.fee or None, "needs": change.needs or None}


def rows(record: Record) -> Iterable[Sequence[object]]:
    """A row a change: the ranked ones first, then those without a number; a scenario is its legs."""
    lines = [{"status": "ranked", **change, **_flattened(change)} for change in record["changes"]]
    lines += record["left"]
    if record["scenario"] is not None:
        lines = [
            {"status": "leg", "rank": n, "gain_mid": leg["change"], "mid": leg["total"], **leg}
            for n, leg in enumerate(record["scenario"]["legs"], 1)
        ]
    yield COLUMNS
    for row in lines:
        yield [_flat(row.get(column)) for column in COLUMNS]


def _flattened(change: Record) -> Record:
    """The gains at the prices of home, a column each."""
    return {f"adjusted_{end}": amount for end, amount in (change["adjusted"] or {}).items()}


def _flat(value: object) -> object:
    """What a change sets as `NAME=VALUE`, joined like a list; a name without a value is removed."""
    if isinstance(value, dict):
        return [f"{name}={text or ''}" for name, text in value.items()]
    return value
