"""BLS's flat file of the Employment Cost Index (`ci.data.1.AllData`): new quarters put into ageing.yaml."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from _ageing import BLS_SERIES, CHECKS, Checked
from _download import Download, columns
from _rule_text import ids, quoted
from _splice import RuleText
from _stage import read_rules
from ehrpay.errors import DataError, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

AGEING = "ageing.yaml"
_MOST_CHANGE = Decimal("0.05")
"""Of a quarter: the largest since 2001 is below 2 %."""
_TOLD = 5
_MONTH_DAYS = {3: 31, 6: 30, 9: 30, 12: 31}


class Beyond(NamedTuple):
    """Where the assumption after the last reading starts, and when it is due for review."""

    effective: str
    review_by: str


def series(download: Download) -> dict[str, str]:
    """The readings of our series by quarter, as printed. DataError if the file is of another shape."""
    text = download.text()
    lines = [re.split(r"\t" if "\t" in text else ",", line) for line in text.splitlines() if line.strip()]
    at = columns(lines[0] if lines else [], ("series_id", "year", "period", "value"), download.name)
    found: dict[str, str] = {}
    for number, cells in enumerate(lines[1:], start=2):
        if len(cells) <= max(at.values()):
            raise DataError(
                f"{download.name}:{number}: {len(cells)} cells where the header has {len(lines[0])}"
            )
        name, year, period, value = (cells[index].strip() for index in at.values())
        if name != BLS_SERIES:
            continue
        if not (re.fullmatch(r"\d{4}", year) and re.fullmatch(r"Q0[1-4]", period)):
            raise DataError(
                f"{download.name}:{number}: {shown(year)} {shown(period)} is no year and quarter like 2026 Q01"
            )
        if not re.fullmatch(r"\d{2,3}(\.\d{1,3})?", value):
            raise DataError(f"{download.name}:{number}: value must be index points, not {shown(value)}")
        quarter = f"{year}Q{period[-1]}"
        if quarter in found:
            raise DataError(f"{download.name}:{number}: {quarter} is there twice")
        found[quarter] = value
    if not found:
        raise DataError(
            f"{download.name}: no reading of {BLS_SERIES} (private industry, wages and salaries, index)"
        )
    return found


def take_eci(rules: Path, download: Download, quarter: str) -> tuple[dict[str, str], list[str]]:
    """ageing.yaml with every new quarter up to the one named, which must be the file's newest."""
    found = series(download)
    newest = max(found)
    if newest != quarter:
        raise DataError(f"{download.name}: its newest quarter is {newest}, and --quarter says {quarter}")
    text = RuleText(AGEING, read_rules(rules, AGEING))
    held = {one["quarter"]: one["value"] for one in yaml.safe_load(text.text)["ageing"]["readings"]}
    _unrevised(held, found, download)
    last = max(held)
    new = [one for one in sorted(found) if one > last]
    _unbroken(last, new, held | found, download)
    start = text.after("  readings:")
    for one in new:
        text.put(start, 4, one, f"    - {_reading(one, found[one])}\n")
    if new:
        _move_beyond(text, quarter)
    told = [
        f"{AGEING}: {len(held)} readings held equal the download; {len(new)} new: {', '.join(new) or 'none'}"
    ]
    return {AGEING: text.text}, told


def _unrevised(held: Mapping[str, str], found: Mapping[str, str], download: Download) -> None:
    wrong = [
        f"{one} is {value} in the rules and {found.get(one, 'missing')} in the download"
        for one, value in held.items()
        if one not in found or Decimal(found[one]) != Decimal(value)
    ]
    if wrong:
        more = f" and {len(wrong) - _TOLD} more" if len(wrong) > _TOLD else ""
        raise DataError(
            f"{download.name}: {'; '.join(wrong[:_TOLD])}{more}: a reading that was in force is not edited; find out "
            "why, then correct it by hand and say so in its note"
        )


def _unbroken(last: str, new: Sequence[str], values: Mapping[str, str], download: Download) -> None:
    for one in new:
        due = _next(last)
        if one != due:
            raise DataError(f"{download.name}: quarter {one} where {due} should be")
        change = abs(Decimal(values[one]) / Decimal(values[last]) - 1)
        if change > _MOST_CHANGE:
            raise DataError(
                f"{download.name}: from {last} to {one} the index goes from {values[last]} to {values[one]}, more than "
                "5 %: it may have a new base"
            )
        last = one


def _next(quarter: str) -> str:
    year, number = int(quarter[:4]), int(quarter[5])
    return f"{year + number // 4}Q{number % 4 + 1}"


def source_id(quarter: str) -> str:
    """The id of the release a quarter was read in."""
    return f"eci-{quarter.lower()}"


def _reading(quarter: str, value: str) -> str:
    """One line of readings; the quarters that were read in releases before this importer keep their own words."""
    own = Checked(quarter, quarter, "official", (source_id(quarter),), "read in BLS's file of the series")
    how = next((one for one in CHECKS if one.first <= quarter <= one.last), own)
    cells = (
        f"quarter: {quoted(quarter)}, value: {quoted(value)}, sources: {ids(how.sources)}, basis: {how.basis}"
    )
    return f"{{{cells}, note: {quoted(how.note)}}}"


def beyond(quarter: str) -> Beyond:
    """The last month of the quarter, and the last day of the month nine months on."""
    year, month = int(quarter[:4]), int(quarter[5]) * 3
    due = (year, month + 9) if month + 9 <= 12 else (year + 1, month - 3)  # noqa: PLR2004 - months of a year
    return Beyond(f"{year}-{month:02}-01", f"{due[0]}-{due[1]:02}-{_MONTH_DAYS[due[1]]}")


def _move_beyond(text: RuleText, quarter: str) -> None:
    """Let the assumption start at the new last reading."""
    new: dict[str, Any] = beyond(quarter)._asdict() | {"sources": f"[{source_id(quarter)}]"}
    for index in range(text.after("  beyond:"), len(text.lines)):
        name = text.lines[index].strip().partition(":")[0]
        if name in new:
            text.lines[index] = f"    {name}: {new[name]}\n"
