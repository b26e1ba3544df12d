"""A what-if as one record: the JSON contract `ehrpay/whatif/1`, and a row a change for CSV."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

from ehrpay.domain.whatif.change import difference
from ehrpay.formats.amounts import Period
from ehrpay.formats.estimate.record import record as whole
from ehrpay.formats.estimate.spreadsheet import cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.facts import Source
    from ehrpay.domain.profile import Profile
    from ehrpay.domain.whatif.change import Left
    from ehrpay.domain.whatif.gains import Gain, WhatIf
    from ehrpay.domain.whatif.scenario import Scenario

SCHEMA = "ehrpay/whatif/1"

Record = dict[str, Any]

COLUMNS = (
    "status", "rank", "kind", "id", "label", "set", "gain_low", "gain_mid", "gain_high", "low", "mid", "high",
    "method", "wait", "fee", "needs", "basis", "confidence", "reason", "note", "sources",
)  # fmt: skip


def record(
    found: WhatIf, profile: Profile, notes: Sequence[str], most: int | None, sources: Mapping[str, Source]
) -> Record:
    """Every change; `set` is what it changes, as one would type it (null for what is no longer said)."""
    gains = found.gains if most is None else found.gains[:most]
    cited = [id_ for gain in gains for id_ in gain.proof.sources]
    told = _head(found.now, [*found.now.sources, *cited], sources)
    return told | {
        "ranked_by": "gain_low",
        "changes": [_gain(n, gain, profile) for n, gain in enumerate(gains, 1)],
        "changes_total": len(found.gains),
        "left": [_left(left) for left in found.left],
        "scenario": None,
        "notes": list(notes),
    }


def route_record(
    found: Scenario, profile: Profile, notes: Sequence[str], sources: Mapping[str, Source]
) -> Record:
    """A scenario: `legs` carry the middle from here to there, and their changes sum to its gain."""
    now, then = found.now, found.then
    told = _head(now, [*now.sources, *then.sources], sources)
    scenario = {
        "set": difference(profile, found.profile),
        **_ends(now, then),
        "headline": then.headline,
        "method": then.method,
        "legs": [leg._asdict() for leg in found.legs],
        "warnings": list(then.warnings),
    }
    rest: Record = {"ranked_by": None, "changes": [], "changes_total": 0, "left": [], "scenario": scenario}
    return told | rest | {"notes": list(notes)}


def _head(now: Estimate, cited: Sequence[str], sources: Mapping[str, Source]) -> Record:
    """What an estimate's record says of who is priced and how, without the steps."""
    told = whole(now, Period("year", now.hours), None, sources, "")
    kept = ("rules_version", "as_of", "headline", "method", "currency", "low", "mid", "high", "percentiles")
    head = {key: told[key] for key in (*kept, "confidence", "profile", "area", "warnings", "rules")}
    spelled: Record = {}
    for id_ in dict.fromkeys(cited):
        if id_ in sources:
            spelled[id_] = {key: text for key, text in sources[id_]._asdict().items() if key != "id"}
    return {"schema": SCHEMA, **head, "sources": spelled}


def _ends(now: Estimate, then: Estimate) -> Record:
    return {
        "gain_low": then.low - now.low,
        "gain_mid": then.mid - now.mid,
        "gain_high": then.high - now.high,
        "low": then.low,
        "mid": then.mid,
        "high": then.high,
    }


def _gain(rank: int, gain: Gain, profile: Profile) -> Record:
    change, proof, then = gain.change, gain.proof, gain.then
    return {
        "rank": rank,
        "kind": change.kind,
        "id": change.id,
        "label": change.label,
        "set": difference(profile, change.profile),
        "gain_low": gain.low,
        "gain_mid": gain.mid,
        "gain_high": gain.high,
        "low": then.low,
        "mid": then.mid,
        "high": then.high,
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


def _left(left: Left) -> Record:
    return left._asdict() | {"fee": left.fee or None, "needs": left.needs or None}


def as_csv(told: Record) -> str:
    """A row a change: the ranked ones first, then those without a number; a scenario is its legs."""
    rows = [{"status": "ranked", **change} for change in told["changes"]] + told["left"]
    if told["scenario"] is not None:
        legs = told["scenario"]["legs"]
        rows = [
            {"status": "leg", "rank": n, "gain_mid": leg["change"], "mid": leg["total"], **leg}
            for n, leg in enumerate(legs, 1)
        ]
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([cell(_flat(row.get(column))) for column in COLUMNS])
    return out.getvalue()


def _flat(value: object) -> object:
    """What a change sets as `NAME=VALUE`, joined like a list; a name without a value is no longer said."""
    if isinstance(value, dict):
        return [f"{name}={text or ''}" for name, text in value.items()]
    return value
