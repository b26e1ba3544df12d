"""Locality percentages of the General Schedule, published or worked out from published dollars."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NamedTuple

from _rule_text import ADD_A_YEAR, head, ids, quoted
from _sheets import Row, read_sheet
from ehrpay.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PUBLISHED = ("year", "locality_code_or_slug", "locality_name", "percent", "status", "source")
DERIVED = ("year", "locality_code", "candidates_percent", "unique", "derivation", "source_url")

_HEAD = head(
    "General Schedule locality payments: the percentage added to base pay in each locality pay area, under OPM's "
    "code and the name of its newest table. Which counties an area has is kept with the places.",
    "2025 and 2026 are complete (58 areas; every percentage of 2025 equals that of 2026). Percentages of 2025 are "
    "those, to two decimals, that alone give all 150 published amounts of an area. Of 2021 to 2024 OPM's "
    "percentages were found for some areas only. A percentage goes with the base table of its own year and no "
    "other: a missing year is unknown, and is refused, never filled in from the year before. "
    "`reported` ones were quoted by others or worked out from published amounts or raises, where just one "
    "percentage fits; where two fit, none is given (2024 Fresno, Houston, San Diego). Fresno, Reno, Rochester and "
    "Spokane are areas from 2024; before that they belonged to the Rest of U.S.",
    "A year's rates start with the first pay period that begins on or after January 1, so up to two weeks after "
    "the `effective` date here.",
    ADD_A_YEAR.format(command="gs-locality"),
)
# What the CSVs say of where a number was read -> the id in sources.yaml (\1: the year in the text).
_SOURCES = (
    (r"^OPM salary table XML (\d{4})-", r"opm-locality-\1"),
    (r"^OPM (\d{4})-general-schedule-pay-rates\.xlsx$", r"opm-locality-\1"),
    (r"^https://www\.opm\.gov/.*/salary-tables/(\d\d)Tables/html/", r"opm-locality-20\1"),
    (r"^https://www\.opm\.gov/special-rates/(\d{4})/", r"opm-special-rates-\1"),
    (r"^OPM special rate table \w+ \((\d{4})\) note$", r"opm-special-rates-\1"),
    (r"\b89 FR 58198\b", "fr-89-58198"),
    (r"fedsmith\.com/2024/03/18/", "fedsmith-2024-03"),
    (r"federalnewsnetwork\.com/pay/2023/12/", "federalnewsnetwork-2023-12"),
    (r"federaljobs\.net/salarybase/", "federaljobs-salarybase"),
    (r"savingtoinvest\.com/gs-locality-pay", "savingtoinvest-gs-dcb"),
)
_BASIS = {"published": "official", "published_table_inverted": "official", "published_secondary": "reported"}


class Percent(NamedTuple):
    """One area's percentage in one year."""

    year: int
    percent: Decimal
    basis: str
    sources: tuple[str, ...]
    note: str


def gs_locality(data: Path) -> str:
    """Return federal/gs-locality.yaml: areas by code, their percentages by year, ascending."""
    lines = read_sheet(data, "federal/gs_locality.csv", PUBLISHED)
    names = _newest_names(lines)
    areas: dict[str, dict[int, Percent]] = {code: {} for code in sorted(names)}
    for code, percent in _published(lines, names):
        if percent.year in areas[code]:
            raise DataError(f"federal/gs_locality.csv: {code} has two percentages for {percent.year}")
        areas[code][percent.year] = percent
    for code, percent in _derived(read_sheet(data, "federal/gs_locality_derived.csv", DERIVED), names):
        areas[code].setdefault(percent.year, percent)
    return _HEAD + "localities:\n" + "".join(_area(code, names[code], years) for code, years in areas.items())


def _newest_names(lines: Iterable[Row]) -> dict[str, str]:
    """Return code -> name of the newest year, the only complete list and OPM's own codes."""
    newest = max((line.number("year") for line in lines), default=0)
    return {
        line.text("locality_code_or_slug"): line.text("locality_name")
        for line in lines
        if line.number("year") == newest
    }


def _published(lines: Iterable[Row], names: dict[str, str]) -> Iterator[tuple[str, Percent]]:
    for line in lines:
        code, status = _known(line, "locality_code_or_slug", names), line.text("status")
        if status not in _BASIS:
            raise DataError(f"{line.where}: status {status!r} is none of {', '.join(_BASIS)}")
        year, percent, sources = line.number("year"), line.percent("percent"), _cited(line, "source")
        yield code, Percent(year, percent, _BASIS[status], sources, _remark(line, status, names[code]))


def _known(line: Row, column: str, names: dict[str, str]) -> str:
    code = line.text(column)
    if code not in names:
        raise DataError(f"{line.where}: {code!r} is not the OPM code of an area in the newest table")
    return code


def _remark(line: Row, status: str, newest: str) -> str:
    """Return what a reader must know of a percentage: who quoted it, or the name it stood under."""
    if status == "published_secondary":
        return "quoted from OPM's table by a secondary site"
    name = line.text("locality_name")
    return "" if name == newest else f"published as {name}"


def _derived(lines: Iterable[Row], names: dict[str, str]) -> Iterator[tuple[str, Percent]]:
    """Yield the percentages worked out: one value fits, and every other derivation allows it too."""
    groups: dict[tuple[int, str], list[Row]] = defaultdict(list)
    for line in lines:
        groups[line.number("year"), _known(line, "locality_code", names)].append(line)
    for (year, code), group in groups.items():
        unique = [line for line in group if line.text("unique") == "True"]
        fits = set.intersection(*map(_candidates, group))
        if not unique or len(fits) != 1:
            continue
        sources = tuple(dict.fromkeys(name for line in unique for name in _cited(line, "source_url")))
        how = "; ".join(line.text("derivation") for line in unique)
        note = f"worked out, not read: the only percentage with two decimals that fits {how}"
        yield code, Percent(year, fits.pop().quantize(Decimal("0.01")), "reported", sources, note)


def _candidates(line: Row) -> set[Decimal]:
    try:
        return {Decimal(text) for text in line.text("candidates_percent").split()}
    except InvalidOperation:
        raise DataError(
            f"{line.where}: candidates_percent must be percentages with a space between"
        ) from None


def _cited(line: Row, column: str) -> tuple[str, ...]:
    """Return the ids of the sources that a cell names."""
    cell = line.text(column)
    found = [match.expand(name) for pattern, name in _SOURCES if (match := re.search(pattern, cell))]
    if not found:
        raise DataError(f"{line.where}: give an id for this source in tools/_localities.py: {cell}")
    return tuple(found)


def _area(code: str, name: str, years: dict[int, Percent]) -> str:
    text = f"  - code: {quoted(code)}\n    name: {quoted(name)}\n    percents:\n"
    return text + "".join(f"      - {flow(years[year])}\n" for year in sorted(years))


def flow(p: Percent) -> str:
    """Return a percentage as one line of YAML."""
    cells = f"effective: {p.year}-01-01, percent: {p.percent}, sources: {ids(p.sources)}, basis: {p.basis}"
    note = f", note: {quoted(p.note)}" if p.note else ""
    return f"{{{cells}, review_by: {p.year + 1}-01-31{note}}}"
