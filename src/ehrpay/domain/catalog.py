"""What is in the rules, as records: the answer to `ehrpay list`."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ehrpay.domain.compiled.wages import every_cell
from ehrpay.domain.estimate.bands import of_any_role, priced
from ehrpay.domain.facts import in_force as newest
from ehrpay.domain.federal.schedule import REST_OF_US, PaySchedule
from ehrpay.domain.market.wages import REFERENCE
from ehrpay.domain.money import ratio, times
from ehrpay.domain.numerals import decimal, fixed
from ehrpay.domain.profile import LEVELS
from ehrpay.errors import NoRuleError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.compiled.adjustments import Level
    from ehrpay.domain.compiled.employers import Agency
    from ehrpay.domain.compiled.federal import Locality
    from ehrpay.domain.estimate.rulebook import Rulebook

Record = dict[str, Any]

LEVEL_KINDS = {field.plural: field.name for field in LEVELS}
"""Kind of list to the profile field whose levels it shows."""

KINDS = ("agencies", *LEVEL_KINDS, "areas", "localities", "sources")
AREA_KINDS = {"state": "states", "metro": "metros", "nonmetro": "nonmetros"}


def catalog(book: Rulebook, kind: str, state: str | None = None) -> list[Record]:
    """The records of one kind, in the rules' own order; `state` narrows areas to a two-letter code."""
    if kind == "agencies":
        return [_agency(book, rule) for rule in book.rules.agencies.values()]
    if kind == "roles":
        return [_role(book, level) for level in book.levels("role").values()]
    if kind in LEVEL_KINDS:
        return [_level(book, level) for level in book.levels(LEVEL_KINDS[kind]).values()]
    if kind == "areas":
        return _areas(book, state)
    if kind == "localities":
        return [_locality(book, area) for area in book.rules.federal.localities.values()]
    return [source._asdict() for source in book.sources.values()]


def _agency(book: Rulebook, rule: Agency) -> Record:
    table = None
    if rule.pay_plan:
        with suppress(NoRuleError):
            table = PaySchedule(book.rules.federal, book.as_of, REST_OF_US, rule.pay_plan)
    bands = [(row, priced(row, table, book.as_of)) for row in of_any_role(rule.bands, book.as_of)]
    return {
        "id": rule.id,
        "name": rule.name,
        "aliases": list(rule.aliases),
        "kind": rule.kind,
        "pay_plan": rule.pay_plan,
        "bands": [
            {
                "min": band.minimum,
                "max": band.maximum,
                "effective": band.effective,
                "basis": band.basis,
                "sources": list(band.sources),
                "contradicted": band.contradicted or None,
                "where": band.where,
                "roles": list(row.roles),
            }
            for row, band in bands
            if band is not None
        ],
        "benefits": [one._asdict() | {"sources": list(one.sources)} for one in rule.benefits],
        "notes": list(rule.notes),
    }


def _level(book: Rulebook, level: Level) -> Record:
    fact = newest(level.values, book.as_of)
    record: Record = {"id": level.id, "name": level.name, "aliases": list(level.aliases)}
    if level.occupation:
        record["occupation"] = level.occupation
    record |= level.details
    record["factor"] = decimal(fact.value.middle) if fact else None
    record["low"] = decimal(fact.value.low) if fact else None
    record["high"] = decimal(fact.value.high) if fact else None
    record["basis"] = fact.basis if fact else None
    record["pay_evidence"] = level.evidence
    record["sources"] = list(fact.sources) if fact else []
    record["where"] = level.where
    if level.titles:
        record["titles"] = list(level.titles)
    return record


def _role(book: Rulebook, level: Level) -> Record:
    """A role with its occupation by name, and its pay beside that of all records specialists."""
    record, occupation = _level(book, level), book.occupation(level.id)
    record["occupation"], record["occupation_name"] = occupation, book.wages.title(occupation)
    fact = newest(level.values, book.as_of)
    record["relative_pay"] = decimal(_relative(book, fact.value.middle, occupation)) if fact else None
    return record


def _relative(book: Rulebook, factor: int, occupation: str) -> int:
    """A factor of an occupation's median as one of the median of all records specialists."""
    own, theirs = (book.wages.nation(one).value.p50 for one in (occupation, REFERENCE))
    return times(factor, ratio(own, theirs))


def _areas(book: Rulebook, state: str | None) -> list[Record]:
    areas = book.rules.areas
    records: list[Record] = []
    for kind in AREA_KINDS:
        codes: dict[str, set[str]] = {}
        for table in areas.tables:
            if table.kind == kind and table.effective <= book.as_of:
                for occupation, code, _ in every_cell(table.cells):
                    codes.setdefault(code, set()).add(occupation)
        for code in sorted(codes):
            name = book.wages.name(kind, code)
            if state is None or state in _states(kind, code, name, areas.names):
                records.append({"code": code, "name": name, "kind": kind, "occupations": sorted(codes[code])})
    return records


def _states(kind: str, code: str, name: str, names: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The states an area lies in: its own code, those in a metro's title, or a nonmetropolitan area's one.

    Codes of nonmetropolitan areas begin with their state's number, and one of each state at least has its
    name; the longest name counts, for West Virginia's holds Virginia's too.
    """
    if kind == "state":
        return [code]
    if kind == "metro":
        return name.rpartition(", ")[2].split("-")
    neighbors = [other for key, other in names[kind].items() if key[:2] == code[:2]]
    named = [
        key for key, full in names["state"].items() if any(f"{full} nonmetro" in one for one in neighbors)
    ]
    return sorted(named, key=lambda key: -len(names["state"][key]))[:1]


def _locality(book: Rulebook, area: Locality) -> Record:
    fact = newest(area.percents, book.as_of)
    percent = fixed(fact.value, 2) if fact else None
    return {
        "code": area.code,
        "name": area.name,
        "percent": percent,
        "year": fact.effective[:4] if fact else None,
        "years": sorted({row.effective[:4] for row in area.percents}),
    }
