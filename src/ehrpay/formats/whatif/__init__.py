"""A what-if, and one scenario, as people and programs read them: the JSON contract `ehrpay/whatif/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.whatif.change import difference
from ehrpay.domain.whatif.gains import group_of
from ehrpay.domain.whatif.notes import ranking_notes, scenario_notes
from ehrpay.formats import Record, fields, table
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.facts import Source
    from ehrpay.domain.profile import Profile
    from ehrpay.domain.whatif.change import Baseline
    from ehrpay.domain.whatif.gains import Gain, WhatIf
    from ehrpay.domain.whatif.scenario import Scenario
    from ehrpay.formats.bars import Chart
    from ehrpay.formats.document import Document

SCHEMA = "ehrpay/whatif/1"

ENDS = ("low", "mid", "high")
COLUMNS = (
    "status", "rank", "kind", "id", "label", "set", "gain_low", "gain_mid", "gain_high", "low", "mid", "high",
    "method", "wait", "fee", "needs", "basis", "confidence", "reason", "note", "sources",
    "group", "adjusted_low", "adjusted_mid", "adjusted_high",
)  # fmt: skip


class Ranking(NamedTuple):
    """The ranked changes, at most so many of them."""

    result: WhatIf
    start: Baseline
    most: int | None

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.whatif.document import ranking

        return ranking(self.result, self.start, self.most)

    def charts(self) -> tuple[Chart, ...]:
        """For a picture."""
        from ehrpay.formats.whatif.document import changes

        return (changes(self.result, self.start, self.most),)

    def record(self) -> Record:
        """For JSON, every change; `set` is what it changes, as one would type it (null for what is removed)."""
        gains, start, now = self.result.gains[: self.most], self.start, self.result.now
        ids = [id_ for gain in gains for id_ in gain.proof.sources]
        return _head(now, [*now.sources, *ids], start.book.sources) | {
            "ranked_by": "gain_low",
            "changes": [_gain(n, gain, now, start.profile) for n, gain in enumerate(gains, 1)],
            "changes_total": len(self.result.gains),
            "left": list(map(fields, self.result.unpriced)),
            "scenario": None,
            "notes": list(ranking_notes(self.result, start)),
        }

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV, a row a change: the ranked ones first, then those without a number."""
        record = self.record()
        ranked = [{"status": "ranked", **change, **_flattened(change)} for change in record["changes"]]
        return table(COLUMNS, [*ranked, *record["left"]])


class Route(NamedTuple):
    """One scenario."""

    result: Scenario
    profile: Profile
    sources: Mapping[str, Source]

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.whatif.document import route

        return route(self.result)

    def charts(self) -> tuple[Chart, ...]:
        """For a picture."""
        from ehrpay.formats.whatif.document import ends

        return (ends(self.result),)

    def record(self) -> Record:
        """For JSON: `legs` carry the middle from start to end, and their changes sum to its gain."""
        now, then = self.result.now, self.result.then
        scenario = {
            "set": difference(self.profile, self.result.profile),
            **_ends(now, then),
            **fields(then, "headline method"),
            "legs": list(map(fields, self.result.legs)),
            "warnings": list(then.warnings),
        }
        rest: Record = {
            "ranked_by": None,
            "changes": [],
            "changes_total": 0,
            "left": [],
            "scenario": scenario,
        }
        head = _head(now, [*now.sources, *then.sources], self.sources)
        return head | rest | {"notes": list(scenario_notes(self.result))}

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row a leg."""
        legs = (
            {"status": "leg", "rank": n, "gain_mid": leg.change, "mid": leg.total, **leg._asdict()}
            for n, leg in enumerate(self.result.legs, 1)
        )
        return table(COLUMNS, legs)


def _head(now: Estimate, ids: Sequence[str], sources: Mapping[str, Source]) -> Record:
    """Who is priced and how, as an estimate's record has it, without the steps."""
    from ehrpay.formats.estimate.record import cited, head

    rules = [overlay._asdict() for overlay in now.overlays]
    whole = {"schema": SCHEMA, **head(now), **fields(now, "warnings")}
    return whole | {"rules": rules, "sources": cited(ids, sources)}


def _ends(now: Estimate, then: Estimate) -> Record:
    gains = {f"gain_{end}": getattr(then, end) - getattr(now, end) for end in ENDS}
    return gains | fields(then, "low mid high")


def _gain(rank: int, gain: Gain, now: Estimate, profile: Profile) -> Record:
    change, proof, then = gain.change, gain.proof, gain.then
    return {
        "rank": rank,
        **fields(change, "kind id label"),
        "set": difference(profile, change.profile),
        **_ends(now, then),
        "group": group_of(change.kind),
        "adjusted": None if gain.adjusted is None else dict(zip(ENDS, gain.adjusted, strict=True)),
        "method": then.method,
        **fields(change, "wait fee needs"),
        **fields(proof, "basis confidence sources where"),
        "note": "; ".join(text for text in (change.note, proof.note) if text) or None,
    }


def _flattened(change: Record) -> Record:
    """The gains at the prices of home, a column each, and what is set as `NAME=VALUE`: without a value, removed."""
    prices = {f"adjusted_{end}": amount for end, amount in (change["adjusted"] or {}).items()}
    return prices | {"set": [f"{name}={text or ''}" for name, text in change["set"].items()]}
