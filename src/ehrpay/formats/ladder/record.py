"""A ladder as one record: the JSON contract `ehrpay/ladder/1`, and a row a year for CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.ladder.versus import sentences
from ehrpay.domain.whatif.change import difference
from ehrpay.formats.amounts import Period
from ehrpay.formats.estimate.record import cited
from ehrpay.formats.estimate.record import record as whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ehrpay.domain.facts import Source
    from ehrpay.domain.ladder.options import LadderOptions
    from ehrpay.domain.ladder.result import Event, Ladder, LadderYear
    from ehrpay.domain.ladder.versus import Versus
    from ehrpay.domain.profile import Profile

SCHEMA = "ehrpay/ladder/1"

Record = dict[str, Any]

NAMES = (
    "rules_version", "as_of", "headline", "method", "currency", "low", "mid", "high", "percentiles",
    "confidence", "profile", "area",
)  # fmt: skip
COLUMNS = (
    "ladder", "year", "grade", "step", "experience", "low", "mid", "high", "change", "total", "low_today",
    "mid_today", "high_today", "capped", "events", "rules", "basis", "sources", "b_less_a", "b_less_a_total",
)  # fmt: skip


def record(ladder: Ladder, sources: Mapping[str, Source]) -> Record:
    """A ladder; pay is whole dollars a year in the money that `money` names."""
    ids = (*ladder.now.sources, *ladder.sources)
    return _whole(ladder, None, cited(ids, sources))


def pair_record(versus: Versus, profiles: tuple[Profile, Profile], sources: Mapping[str, Source]) -> Record:
    """The first ladder with the second under `versus`, as one would type what it changes."""
    a, b = versus.a, versus.b
    second = {
        "set": difference(*profiles),
        "names": {"a": versus.names[0], "b": versus.names[1]},
        **_one(b),
        "differences": list(versus.differences),
        "difference_totals": list(versus.totals),
        "difference_total": versus.totals[-1],
        "crossings": [one._asdict() for one in versus.crossings],
        "recovered": versus.recovered,
        "verdict": list(sentences(versus)),
    }
    ids = (*a.now.sources, *a.sources, *b.now.sources, *b.sources)
    return _whole(a, second, cited(ids, sources))


def _whole(ladder: Ladder, versus: Record | None, sources: Record) -> Record:
    rules = [overlay._asdict() for overlay in ladder.now.overlays]
    return {"schema": SCHEMA, **_one(ladder), "versus": versus, "sources": sources, "rules": rules}


def _one(ladder: Ladder) -> Record:
    fields = whole(ladder.now, Period("year", ladder.now.hours), None, {}, "")
    low, mid, high = ladder.sums
    return {name: fields[name] for name in NAMES} | {
        "horizon": ladder.options.horizon,
        "money": _money(ladder.options),
        "promotions": ladder.options.promotions,
        "to_grade": ladder.options.to_grade,
        "years": [_year(year) for year in ladder.years],
        "sum": {"years": len(ladder.years), "low": low, "mid": mid, "high": high},
        "warnings": list(ladder.warnings),
        "notes": list(ladder.notes),
    }


def _money(options: LadderOptions) -> Record:
    raised = options.raise_points
    return {
        "kind": "nominal" if raised else "today",
        "raise_percent": options.percent.removesuffix(" %") if raised else None,
        "basis": "assumption" if raised else None,
        "text": options.money,
    }


def _year(year: LadderYear) -> Record:
    rung, rate = year.rung, year.rung.rate
    return {
        "year": year.year,
        "grade": None if rate is None else rate.grade,
        "step": None if rate is None else rate.step,
        "grades": None if rung.grades is None else list(rung.grades),
        "steps": None if rung.steps is None else list(rung.steps),
        "experience": None if rung.years is None else str(rung.years),
        "low": year.low,
        "mid": year.mid,
        "high": year.high,
        "change": year.change,
        "total": year.total,
        "low_today": year.low_today,
        "mid_today": year.mid_today,
        "high_today": year.high_today,
        "capped": year.capped,
        "events": [_event(event) for event in year.events],
    }


def _event(event: Event) -> Record:
    return event._asdict() | {"sources": list(event.sources), "where": event.where or None}


def rows(record: Record) -> Iterator[tuple[object, ...]]:
    """A header and a row a year; of two ladders A's rows come first, and B's have the differences."""
    yield COLUMNS
    for letter, part in (("A", record), ("B", record["versus"])):
        for n, year in enumerate([] if part is None else part["years"]):
            row = {"ladder": letter, **year, **_joined(year["events"]), "capped": int(year["capped"])}
            if letter == "B":
                row |= {"b_less_a": part["differences"][n], "b_less_a_total": part["difference_totals"][n]}
            yield tuple(row.get(column) for column in COLUMNS)


def _joined(events: list[Record]) -> Record:
    """What happened and by which rules; empty where nothing did."""
    ids = dict.fromkeys(id_ for event in events for id_ in event["sources"])
    return {
        "events": "; ".join(event["label"] for event in events) or None,
        "rules": "; ".join(dict.fromkeys(event["rule"] for event in events)) or None,
        "basis": "; ".join(dict.fromkeys(event["basis"] for event in events)) or None,
        "sources": "; ".join(ids) or None,
    }
