"""The General Schedule: base rates by grade and step, locality percentages, caps and service rules."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from _localities import gs_locality
from _rule_text import ADD_A_YEAR, head, row
from _sheets import Row, read_sheet
from ehrpay.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["gs_base", "gs_locality", "gs_rules"]

BASE = ("year", "grade", "step", "annual")
CAPS = ("year", "locality_pay_cap_ex_level_iv", "verified_in")
GRADES, STEPS = range(1, 16), range(1, 11)

_FIRST_PAY_PERIOD = (
    "A year's rates start with the first pay period that begins on or after January 1, so up to two weeks after "
    "the `effective` date here."
)
_BASE_HEAD = head(
    "General Schedule base pay (OPM Salary Table GS of each year), whole dollars a year without locality pay: "
    "one row a grade, the grade and then its steps 1 to 10. Rates of grades 3 to 15 follow from the year before by "
    "rule; those of GS-1 and GS-2 do not, so the whole table is kept.",
    _FIRST_PAY_PERIOD,
    ADD_A_YEAR.format(command="gs-base"),
)
_RULES_HEAD = head(
    "Rules of General Schedule pay that belong to no grade or place. Annual locality rate = base x (1 + percent), "
    "to the whole dollar, half up, and never above the cap (Executive Schedule level IV). Hourly = annual rate "
    "after the cap / 2087, to the cent, half up.",
    "Waiting periods and the divisor are older than the first table here and are dated from it.",
    _FIRST_PAY_PERIOD,
    ADD_A_YEAR.format(command="gs-locality"),
)
_SERVICE = """\
# 5 CFR 531.405(a)(1): weeks of service at steps 1 to 9 before the next step; 18 years from step 1 to step 10.
within_grade:
  - {effective: 2021-01-01, weeks: [52, 52, 52, 104, 104, 104, 156, 156, 156], sources: [cfr-531-405], basis: official}
# 5 CFR 531.607(a)(1)
hourly_divisor:
  - {effective: 2021-01-01, hours: 2087, sources: [cfr-531-607], basis: official}
"""


def gs_base(data: Path) -> str:
    """Return federal/gs-base.yaml: one table a year, ascending; every grade must have its ten steps."""
    rows = read_sheet(data, "federal/gs_base.csv", BASE)
    rows.sort(key=lambda r: (r.number("year"), r.number("grade"), r.number("step")))
    years = [(year, list(group)) for year, group in groupby(rows, key=lambda r: r.number("year"))]
    return _BASE_HEAD + "pay_plan: GS\ntables:\n" + "".join(_base_table(year, group) for year, group in years)


def _base_table(year: int, group: list[Row]) -> str:
    found = [(r.number("grade"), r.number("step")) for r in group]
    if found != [(grade, step) for grade in GRADES for step in STEPS]:
        raise DataError(f"federal/gs_base.csv: {year} must have grades 1 to 15 with steps 1 to 10, once each")
    lines = (f"      - {row(cells)}\n" for cells in _grades(group))
    return "  - " + "\n    ".join(dated(year)) + "\n    rows:\n" + "".join(lines)


def _grades(group: list[Row]) -> list[list[int]]:
    """Return each grade with its ten rates, which must rise."""
    rates = [r.number("annual") for r in group]
    grades = [[grade, *rates[10 * (grade - 1) : 10 * grade]] for grade in GRADES]
    for grade, *steps in grades:
        if any(one >= two for one, two in pairwise(steps)):
            raise DataError(f"{group[10 * (grade - 1)].where}: GS-{grade} does not rise from step to step")
    return grades


def dated(year: int) -> list[str]:
    """Return what a year's table is cited with; next year's is out by the end of January."""
    return [
        f"effective: {year}-01-01",
        f"sources: [opm-gs-{year}]",
        "basis: official",
        f"review_by: {year + 1}-01-31",
    ]


def gs_rules(data: Path) -> str:
    """Return federal/gs-rules.yaml: the cap of each year, waiting periods, the hourly divisor."""
    rows = sorted(read_sheet(data, "federal/gs_caps.csv", CAPS), key=lambda r: r.number("year"))
    years = [r.number("year") for r in rows]
    if len(set(years)) != len(years):
        raise DataError("federal/gs_caps.csv: a year has two caps")
    about = "# 5 CFR 531.606(a); each cap is the amount of the capped cells in OPM's locality tables of its year\n"
    return _RULES_HEAD + about + "caps:\n" + "".join(map(_cap, rows)) + _SERVICE


def _cap(line: Row) -> str:
    year, cap = line.number("year"), line.number("locality_pay_cap_ex_level_iv")
    if not re.search(rf"\bOPM\b.*\b{year}\b", line.text("verified_in")):
        raise DataError(f"{line.where}: verified_in must name an OPM table of {year}")
    rest = f"sources: [opm-locality-{year}, cfr-531-606], basis: official, review_by: {year + 1}-01-31"
    return f"  - {{effective: {year}-01-01, cap: {cap}, {rest}}}\n"
