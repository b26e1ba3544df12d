"""A ladder, or two side by side, as people and programs read them: the JSON contract `ehrpay/ladder/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.ladder.versus import sentences
from ehrpay.domain.whatif.change import difference
from ehrpay.formats import Record, fields, table
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ehrpay.domain.facts import Source
    from ehrpay.domain.ladder.options import LadderOptions
    from ehrpay.domain.ladder.result import Ladder, LadderYear
    from ehrpay.domain.ladder.versus import Versus
    from ehrpay.domain.profile import Profile
    from ehrpay.formats.bars import Chart
    from ehrpay.formats.document import Document

SCHEMA = "ehrpay/ladder/1"

COLUMNS = (
    "ladder", "year", "grade", "step", "experience", "low", "mid", "high", "change", "total", "low_today",
    "mid_today", "high_today", "capped", "events", "rules", "basis", "sources", "b_less_a", "b_less_a_total",
)  # fmt: skip
PAID = "low mid high change total low_today mid_today high_today capped"
"""Figures of a year that the record has by their own names."""


class Years(NamedTuple):
    """Pay by year; pay is whole dollars a year in the money that the record's `money` names."""

    ladder: Ladder
    sources: Mapping[str, Source]

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.ladder.document import document

        return document(self.ladder)

    def charts(self) -> tuple[Chart, ...]:
        """For a picture."""
        from ehrpay.formats.ladder.document import chart

        return (chart(self.ladder),)

    def record(self) -> Record:
        """For JSON."""
        ids = (*self.ladder.now.sources, *self.ladder.sources)
        return _whole(self.ladder, None, ids, self.sources)

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row a year."""
        return table(COLUMNS, _rows(self.record()))


class Pair(NamedTuple):
    """Two ladders; the profiles as typed say what the second changes."""

    versus: Versus
    profiles: tuple[Profile, Profile]
    sources: Mapping[str, Source]

    def document(self) -> Document:
        """For people."""
        from ehrpay.formats.ladder.pair import document

        return document(self.versus)

    def charts(self) -> tuple[Chart, ...]:
        """For a picture."""
        from ehrpay.formats.ladder.pair import chart

        return (chart(self.versus),)

    def record(self) -> Record:
        """For JSON: the first ladder with the second under `versus`, as one would type what it changes."""
        versus = self.versus
        a, b = versus.a, versus.b
        second = {
            "set": difference(*self.profiles),
            "names": {"a": versus.names[0], "b": versus.names[1]},
            **_one(b),
            "differences": list(versus.differences),
            "difference_totals": list(versus.totals),
            "difference_total": versus.totals[-1],
            "crossings": list(map(fields, versus.crossings)),
            "recovered": versus.recovered,
            "verdict": list(sentences(versus)),
        }
        ids = (*a.now.sources, *a.sources, *b.now.sources, *b.sources)
        return _whole(a, second, ids, self.sources)

    def rows(self) -> Iterable[Sequence[object]]:
        """For CSV: a row a year of the first ladder, then of the second with the differences."""
        return table(COLUMNS, _rows(self.record()))


def _whole(
    ladder: Ladder, versus: Record | None, ids: Iterable[str], sources: Mapping[str, Source]
) -> Record:
    from ehrpay.formats.estimate.record import cited

    rules = [overlay._asdict() for overlay in ladder.now.overlays]
    whole = {"schema": SCHEMA, **_one(ladder), "versus": versus}
    return whole | {"sources": cited(ids, sources), "rules": rules}


def _one(ladder: Ladder) -> Record:
    from ehrpay.formats.estimate.record import head

    low, mid, high = ladder.sums
    return head(ladder.now) | {
        "horizon": ladder.options.horizon,
        "money": _money(ladder.options),
        **fields(ladder.options, "promotions to_grade"),
        "years": list(map(_year, ladder.years)),
        "sum": {"years": len(ladder.years), "low": low, "mid": mid, "high": high},
        **fields(ladder, "warnings notes"),
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
        **fields(rung, "grades steps"),
        "experience": None if rung.years is None else str(rung.years),
        **fields(year, PAID),
        "events": list(map(fields, year.events)),
    }


def _rows(record: Record) -> Iterator[Record]:
    """A row a year; of two ladders A's rows come first, and B's have the differences."""
    for letter, part in (("A", record), ("B", record["versus"])):
        for n, year in enumerate([] if part is None else part["years"]):
            row = {"ladder": letter, **year, **_joined(year["events"]), "capped": int(year["capped"])}
            if letter == "B":
                row |= {"b_less_a": part["differences"][n], "b_less_a_total": part["difference_totals"][n]}
            yield row


def _joined(events: list[Record]) -> Record:
    """What happened and by which rules; empty where nothing did."""
    ids = dict.fromkeys(id_ for event in events for id_ in event["sources"])
    return {
        "events": "; ".join(event["label"] for event in events) or None,
        "rules": "; ".join(dict.fromkeys(event["rule"] for event in events)) or None,
        "basis": "; ".join(dict.fromkeys(event["basis"] for event in events)) or None,
        "sources": "; ".join(ids) or None,
    }
