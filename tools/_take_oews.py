"""Wages of one May put into occupations.yaml and areas/*.yaml, beside those of the years before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import yaml

from _eci import AGEING
from _oews import METROS, NONMETROS, OCCUPATIONS, STATES, WAGES, AreaKind, dated
from _oews_download import METRO, NATION, NONMETRO, STATE, Oews, Wage
from _rule_text import quoted, row, scalar
from _splice import RuleText
from _stage import read_rules
from ehrpay.errors import DataError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


MOST_LOST = 20
"""Per cent of last year's rows that may be missing; BLS publishes some cells one year and not the next."""


class Place(NamedTuple):
    """Where one kind of wages goes: the file, the source's id before the year, and its title after it."""

    file: str
    source: str
    title: str
    kind: AreaKind | None


PLACES: Mapping[str, Place] = {
    NATION: Place("occupations.yaml", "oews", "national", None),
    STATE: Place("areas/states.yaml", STATES.source, "states", STATES),
    METRO: Place("areas/metros.yaml", METROS.source, "metropolitan areas", METROS),
    NONMETRO: Place("areas/nonmetros.yaml", NONMETROS.source, "nonmetropolitan areas", NONMETROS),
}


def take(rules: Path, found: Oews, year: int) -> tuple[dict[str, str], list[str]]:
    """The changed files' texts by name, and what to tell: renamed areas, top-coded wages."""
    made, told = {}, []
    for kind, wages in found.wages.items():
        if not wages:
            continue
        name = PLACES[kind].file
        text = RuleText(name, read_rules(rules, name))
        if kind == NATION:
            told += _nation(text, wages, year)
        else:
            told += _areas(text, kind, wages, year, rules)
        made[name] = text.text
    _can_age(rules, year)
    if found.top_coded:
        told.append(f"{found.top_coded} wages are marked # (top-coded) and kept as null: not known")
    return made, told


def _can_age(rules: Path, year: int) -> None:
    """Refuse wages that no index reading reaches: they would be newer than what carries them to another date."""
    if f'quarter: "{year}Q2"' not in read_rules(rules, AGEING):
        raise DataError(
            f"{AGEING} has no reading of {year}Q2, where wages of May {year} start: import the index first "
            f"(refresh.py eci), or no market estimate has an answer"
        )


def _nation(text: RuleText, wages: Sequence[Wage], year: int) -> list[str]:
    by_soc = {wage.soc: wage for wage in wages}
    missing = [soc for soc in OCCUPATIONS if soc not in by_soc]
    if missing:
        raise DataError(f"{wages[0].where.split(':')[0]}: no national row of occupation {', '.join(missing)}")
    for soc, wage in by_soc.items():
        gaps = [name for name, value in zip(WAGES, wage.wages, strict=True) if value is None]
        if gaps:
            raise DataError(f"{wage.where}: the nation's {', '.join(gaps)} of {soc} must be published")
        start = text.after("    wages:", text.after(f"  - id: {quoted(soc)}"))
        lines = [*dated(year, f"{PLACES[NATION].source}-{year}")]
        lines += [f"{name}: {value}" for name, value in zip(WAGES, wage.wages, strict=True)]
        text.put(start, 6, f"{year}-05-01", "      - " + "\n        ".join(lines) + "\n")
    return [f"{text.where}: {len(by_soc)} occupations of May {year}"]


def _areas(text: RuleText, kind: str, wages: Sequence[Wage], year: int, rules: Path) -> list[str]:
    place = PLACES[kind]
    kept = [wage for wage in wages if any(value is not None for value in wage.wages[1:])]
    kept.sort(key=lambda wage: (wage.area, wage.soc))
    _known(kind, kept, rules)
    tables = text.items(text.after("tables:"), 2)
    _enough(text, tables, kept, year)
    newest = all(item.key <= f"{year}-05-01" for item in tables)
    told = _names(text, {wage.area: wage.title for wage in kept}, newest=newest)
    lines = [*dated(year, f"{place.source}-{year}")]
    lines += [f"columns: [{', '.join(('area', 'occupation', *WAGES))}]", "rows:"]
    block = "  - " + "\n    ".join(lines) + "\n"
    block += "".join(f"      - {row([wage.area, wage.soc, *wage.wages])}\n" for wage in kept)
    text.put(text.after("tables:"), 2, f"{year}-05-01", block)
    rows = f"{len(kept):,} rows of May {year}, {len(wages) - len(kept)} without any wage left out"
    return [f"{text.where}: {rows}", *told]


def _known(kind: str, wages: Sequence[Wage], rules: Path) -> None:
    """Refuse an area that the gazetteer does not have: nobody could ask for it."""
    listed = "places/names.tsv" if kind == STATE else "places/areas.tsv"
    lines = [line.split("\t") for line in read_rules(rules, listed).splitlines()]
    codes = (
        {cells[2] for cells in lines if cells[1] == "state"}
        if kind == STATE
        else {cells[0] for cells in lines}
    )
    for wage in wages:
        if wage.area not in codes:
            raise DataError(
                f"{wage.where}: area {wage.area} ({wage.title}) is not in {listed}{did_you_mean(wage.area, codes)}; "
                "if the areas were drawn anew, make the places first (docs/refresh.md)"
            )


def _enough(text: RuleText, tables: Sequence[tuple[str, int, int]], kept: Sequence[Wage], year: int) -> None:
    """Refuse a table that has lost much of last year's rows, or is last year's own under another name."""
    before = [item for item in tables if item[0] < f"{year}-05-01"]
    if not before:
        return
    key, start, stop = before[-1]
    held = {tuple(cells) for cells in yaml.safe_load("".join(text.lines[start:stop]))[0]["rows"]}
    if len(kept) * 100 < len(held) * (100 - MOST_LOST):
        raise DataError(
            f"{text.where}: the download has {len(kept):,} rows and {key} had {len(held):,}: more than {MOST_LOST} % "
            "are gone; is the file whole?"
        )
    if all((wage.area, wage.soc, *wage.wages) in held for wage in kept):
        raise DataError(f"{text.where}: every row equals that of {key}: this is last year's file")


def _names(text: RuleText, titles: Mapping[str, str], *, newest: bool) -> list[str]:
    """Add the areas' names; an area renamed takes the name of the newest table."""
    start = text.after("names:")
    stop = next(i for i in range(start, len(text.lines)) if not text.lines[i].startswith("  "))
    held: dict[str, str] = yaml.safe_load("".join(text.lines[start:stop])) or {}
    told = [
        f"{text.where}: {code} was {held[code]} and is now {title}"
        for code, title in titles.items()
        if newest and held.get(code, title) != title
    ]
    merged = {**held, **titles} if newest else {**titles, **held}
    text.replace(
        start, stop, [f"  {quoted(code)}: {scalar(name)}\n" for code, name in sorted(merged.items())]
    )
    return told
