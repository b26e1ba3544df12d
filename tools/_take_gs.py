"""A year of the General Schedule put into federal/: base rates; locality percentages with their cap."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import yaml

from _gs import dated
from _localities import Percent, flow
from _opm import GRADES, STEPS, PayTable, Rates, percent
from _rule_text import quoted, row
from _splice import RuleText
from _stage import read_rules
from ehrpay.errors import DataError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

BASE, LOCALITY, RULES = "federal/gs-base.yaml", "federal/gs-locality.yaml", "federal/gs-rules.yaml"
MOST_LOST = 20
_EVEN_FROM = 3
"""From this grade on all ten steps are as far apart, so that one wrong digit shows."""


def take_base(rules: Path, table: PayTable, year: int) -> tuple[dict[str, str], list[str]]:
    """gs-base.yaml with the year's table, and what to tell."""
    if table.code != "GS" or table.area:
        raise DataError(
            f"{table.name}: is the table of {table.code} ({table.area}) and not the base table, GS"
        )
    for grade, steps in enumerate(table.rates, start=1):
        gaps = {two - one for one, two in pairwise(steps)}
        if grade >= _EVEN_FROM and len(gaps) > 1:
            raise DataError(
                f"{table.name}: GS-{grade} does not rise evenly, as it has in every year: by {sorted(gaps)}"
            )
    text = RuleText(BASE, read_rules(rules, BASE))
    held = yaml.safe_load(text.text)["tables"] or []
    before = [one for one in held if str(one["effective"]) < f"{year}-01-01"]
    if before and [list(line[1:]) for line in before[-1]["rows"]] == [list(steps) for steps in table.rates]:
        raise DataError(
            f"{table.name}: every rate equals that of {before[-1]['effective']}: is it last year's table?"
        )
    lines = "".join(f"      - {row([grade, *table.rates[grade - 1]])}\n" for grade in GRADES)
    block = "  - " + "\n    ".join(dated(year)) + "\n    rows:\n" + lines
    text.put(text.after("tables:"), 2, f"{year}-01-01", block)
    told = [f"{BASE}: {len(GRADES)} grades x {len(STEPS)} steps of {year}{_raise(before, table)}"]
    if f"effective: {year}-01-01" not in read_rules(rules, LOCALITY):
        told.append(f"{LOCALITY} has no percentage of {year} yet: import the locality tables next")
    return {BASE: text.text}, told


def _raise(before: Sequence[Any], table: PayTable) -> str:
    if not before:
        return ""
    old, new = before[-1]["rows"][8][1], table.rates[8][0]
    return f"; GS-9 step 1 {old:,} to {new:,}, {Decimal(new * 100) / old - 100:+.2f} %"


def take_localities(
    rules: Path, tables: Sequence[PayTable], base: Rates, year: int
) -> tuple[dict[str, str], list[str]]:
    """gs-locality.yaml with each area's percentage and gs-rules.yaml with the cap, and what to tell."""
    text = RuleText(LOCALITY, read_rules(rules, LOCALITY))
    held = {one["code"]: one for one in yaml.safe_load(text.text)["localities"]}
    cap = _cap(tables)
    found: dict[str, PayTable] = {}
    for table in tables:
        if table.code in found:
            raise DataError(f"{table.name}: area {table.code} is also in {found[table.code].name}")
        _agrees(table, base, cap)
        found[table.code] = table
    told = _complete(found, held, rules)
    for code, table in sorted(found.items()):
        told += _area(text, code, table, year, held)
    amounts = f"all {len(found) * 150:,} amounts follow from base, percentage and cap"
    areas = f"{LOCALITY}: {len(found)} areas of {year}; {amounts}"
    return {LOCALITY: text.text, RULES: _with_cap(rules, cap, year)}, [*told, areas, f"{RULES}: cap {cap:,}"]


def _cap(tables: Sequence[PayTable]) -> int:
    caps = {table.cap for table in tables}
    one = caps.pop() if len(caps) == 1 else ""
    if not one.isdigit():
        told = ", ".join(sorted(filter(None, {*caps, one}))) or "none"
        raise DataError(
            f"the tables must all give one SalaryCap, the rate of Executive Schedule level IV; they give {told}"
        )
    return int(one)


def held_base(rules: Path, year: int) -> Rates:
    """The base rates of a year that the rules have. DataError if they have none."""
    for table in yaml.safe_load(read_rules(rules, BASE))["tables"]:
        if str(table["effective"]) == f"{year}-01-01":
            return tuple(tuple(line[1:]) for line in table["rows"])
    raise DataError(
        f"{BASE} has no table of {year}: import the base table first, or put GS.xml with the areas"
    )


def _agrees(table: PayTable, base: Rates, cap: int) -> None:
    """Refuse a table whose amounts are not base x (1 + percentage), to the dollar, half up, at most the cap."""
    if not table.area:
        raise DataError(f"{table.name}: gives no LocalityPayArea: it is not an area's table")
    factor = 1 + percent(table) / 100
    for grade in GRADES:
        for step in STEPS:
            due = min(cap, int((base[grade - 1][step - 1] * factor).quantize(Decimal(1), ROUND_HALF_UP)))
            said = table.rates[grade - 1][step - 1]
            if said != due:
                raise DataError(
                    f"{table.name}: GS-{grade} step {step} is {said:,}, and base x {factor} gives {due:,}: the "
                    "percentage, the base table and this table are not of one year"
                )


def _complete(found: Mapping[str, PayTable], held: Mapping[str, Any], rules: Path) -> list[str]:
    """Refuse an unknown area and a list that has lost many; tell of those that are not there."""
    known = {line.split("\t")[0] for line in read_rules(rules, "places/localities.tsv").splitlines()}
    for code, table in found.items():
        if code not in known:
            raise DataError(
                f"{table.name}: locality {code} ({table.area}) is not in places/localities.tsv"
                f"{did_you_mean(code, known)}; if OPM drew the areas anew, make the places first (docs/refresh.md)"
            )
    if len(found) * 100 < len(held) * (100 - MOST_LOST):
        raise DataError(
            f"{len(found)} localities where the rules have {len(held)}: more than {MOST_LOST} % are missing"
        )
    missing = sorted(set(held) - set(found))
    return (
        [f"{LOCALITY}: no table for {', '.join(missing)}: no rate of theirs is in force for the year"]
        if missing
        else []
    )


def _area(text: RuleText, code: str, table: PayTable, year: int, held: Mapping[str, Any]) -> list[str]:
    """Put one area's percentage in; an area that is new gets an entry, one renamed its new name."""
    told = []
    line = flow(Percent(year, percent(table), "official", (f"opm-locality-{year}",), ""))
    if code not in held:
        entry = f"  - code: {quoted(code)}\n    name: {quoted(table.area)}\n    percents:\n      - {line}\n"
        text.put(text.after("localities:"), 2, code, entry)
        return [f"{LOCALITY}: new area {code}, {table.area}"]
    at = text.after(f"  - code: {quoted(code)}")
    newest = all(str(one["effective"]) <= f"{year}-01-01" for one in held[code]["percents"])
    if newest and held[code]["name"] != table.area:
        text.replace(at, at + 1, [f"    name: {quoted(table.area)}\n"])
        told.append(
            f"{LOCALITY}: {code} was {held[code]['name']} and is now {table.area}: note it on the older percentages"
        )
    text.put(text.after("    percents:", at), 6, f"{year}-01-01", f"      - {line}\n")
    return told


def _with_cap(rules: Path, cap: int, year: int) -> str:
    text = RuleText(RULES, read_rules(rules, RULES))
    cells = (
        f"effective: {year}-01-01, cap: {cap}, sources: [opm-locality-{year}, cfr-531-606], basis: official"
    )
    text.put(text.after("caps:"), 2, f"{year}-01-01", f"  - {{{cells}, review_by: {year + 1}-01-31}}\n")
    return text.text
