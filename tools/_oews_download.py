"""BLS's workbook of wages by area and occupation: `all_data_M_2025.xlsx`, or the nation, states or areas alone."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from _download import Download, columns
from _oews import OCCUPATIONS, PERCENTILES, WAGES
from _workbook import Sheet, table
from ehrpay.errors import DataError, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NATION, STATE, METRO, NONMETRO = "nation", "state", "metro", "nonmetro"
_CELLS = dict(zip(WAGES, ("TOT_EMP", "A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90"), strict=True))
_PLACE = ("AREA", "AREA_TITLE", "AREA_TYPE", "PRIM_STATE")
_INDUSTRY = ("NAICS", "I_GROUP", "OWN_CODE")
_OCCUPATION = ("OCC_CODE", "OCC_TITLE", "O_GROUP")
_OTHERS = ("NAICS_TITLE", "H_MEAN", "A_MEAN", "H_PCT10", "H_PCT25", "H_MEDIAN", "H_PCT75", "H_PCT90")
"""Columns that are like ours and are not read."""
_KINDS = {"1": NATION, "2": STATE, "3": STATE, "4": METRO, "6": NONMETRO}
_ALL = {"I_GROUP": "cross-industry", "OWN_CODE": "1235"}
# `*`, `**`: not available. `#`: at or above the top code, so not known.
UNPUBLISHED = ("*", "**", "#")
_STATES_OF_TERRITORIES = ("PR",)
"""Of the territories only Puerto Rico is kept as a state; Guam and the Virgin Islands are wage areas of their own."""


class Wage(NamedTuple):
    """One area and occupation: code and title of the area, and the wages, None where not published."""

    where: str
    kind: str
    area: str
    title: str
    soc: str
    occupation: str
    wages: tuple[int | None, ...]


class Oews(NamedTuple):
    """What a workbook holds of our occupations, by kind of area, and what to tell of it."""

    wages: Mapping[str, Sequence[Wage]]
    top_coded: int


def oews(download: Download, year: int) -> Oews:
    """The rows of our occupations, all industries and owners. DataError unless it is of May of the year."""
    sheet = table(download, ("OCC_CODE", "TOT_EMP"))
    _of_year(download, sheet, year)
    wages: dict[str, list[Wage]] = {NATION: [], STATE: [], METRO: [], NONMETRO: []}
    seen: dict[tuple[str, str, str], str] = {}
    tops: Counter[str] = Counter()
    for wage in _wages(download, sheet, tops):
        key = (wage.kind, wage.area, wage.soc)
        if key in seen:
            raise DataError(
                f"{wage.where}: area {wage.area} and occupation {wage.soc} are also in {seen[key]}"
            )
        seen[key] = wage.where
        wages[wage.kind].append(wage)
    if not seen:
        raise DataError(f"{download.name}: no row of {', '.join(OCCUPATIONS)} for all industries together")
    return Oews(wages, tops["#"])


def _of_year(download: Download, sheet: Sheet, year: int) -> None:
    """Refuse another year's file: the sheet, its field descriptions and the file's name say the year."""
    texts = [("the sheet", sheet.title), ("the file's name", download.name)]
    texts += [("its field descriptions", text) for text in sheet.remarks if re.match(r"May \d{4} OEWS", text)]
    said = [(where, int(found[1])) for where, text in texts if (found := _YEAR.search(text))]
    if not said:
        raise DataError(f"{download.name}: says nowhere which year it is of; keep the name BLS gave it")
    for where, other in said:
        if other != year:
            raise DataError(f"{download.name}: {where} says May {other}, and --year says {year}")


_YEAR = re.compile(r"(?:May |_?M_?)(20\d\d)(?!\d)")


def _wages(download: Download, sheet: Sheet, tops: Counter[str]) -> Iterator[Wage]:
    """Every row of our occupations. The nation's own workbook has no columns of area and industry in some years."""
    alone = "AREA" not in {str(cell).strip().upper() for cell in sheet.header}
    if alone and not sheet.title.lower().startswith("nat"):
        columns(sheet.header, _PLACE, f"{download.name}, sheet {sheet.title}", _OTHERS)
    wanted = [*_OCCUPATION, *_CELLS.values(), *(() if alone else (*_PLACE, *_INDUSTRY))]
    at = columns(sheet.header, wanted, f"{download.name}, sheet {sheet.title}", _OTHERS)
    for number, cells in sheet.rows:
        where = f"{download.name}:{number}"
        row = {name: _text(cells, index) for name, index in at.items()}
        if row["OCC_CODE"] not in OCCUPATIONS or row["O_GROUP"] != "detailed":
            continue
        if not alone and any(row[name] != value for name, value in _ALL.items()):
            continue
        kind, area = (NATION, "99") if alone else _area(row, where)
        if kind:
            yield _wage(row, where, kind, area, tops)


def _text(cells: Sequence[object], index: int) -> str:
    """A cell as text; BLS stores codes as text in some years and as numbers in others."""
    value = cells[index] if index < len(cells) else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _area(row: Mapping[str, str], where: str) -> tuple[str, str]:
    """Kind and code of a row's area: the nation, a state's letters, a CBSA code, BLS's seven digits."""
    kind, code = _KINDS.get(row["AREA_TYPE"], ""), row["AREA"]
    if not kind:
        raise DataError(
            f"{where}: AREA_TYPE must be one of {', '.join(_KINDS)}, not {shown(row['AREA_TYPE'])}"
        )
    if not (code.isascii() and code.isdigit()):
        raise DataError(f"{where}: AREA must be digits, not {shown(code)}")
    if kind == STATE:
        other = row["AREA_TYPE"] == "3" and row["PRIM_STATE"] not in _STATES_OF_TERRITORIES
        return ("", "") if other else (STATE, row["PRIM_STATE"])
    return kind, str(int(code)).zfill({NATION: 2, METRO: 5, NONMETRO: 7}[kind])


def _wage(row: Mapping[str, str], where: str, kind: str, area: str, tops: Counter[str]) -> Wage:
    wages = tuple(_number(row, name, column, where, tops) for name, column in _CELLS.items())
    known = [value for value in wages[1:] if value is not None]
    if known != sorted(known):
        raise DataError(
            f"{where}: percentiles fall: {', '.join(map(str, known))}; columns may have been shifted"
        )
    title = row.get("AREA_TITLE", "U.S.")
    return Wage(where, kind, area, title, row["OCC_CODE"], row["OCC_TITLE"], wages)


def _number(row: Mapping[str, str], name: str, column: str, where: str, tops: Counter[str]) -> int | None:
    text = row[column].replace(",", "")
    if text in UNPUBLISHED:
        tops[text] += name in PERCENTILES
        return None
    if not text and name not in PERCENTILES:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) == 0:
        marks = ", ".join(UNPUBLISHED)
        raise DataError(
            f"{where}: {column} must be a whole number or one of {marks}, not {shown(row[column])}"
        )
    return int(text)
