"""Files in the publishers' own shapes, written from plain figures: a workbook of BLS's, OPM's XML, BEA's CSVs."""

from __future__ import annotations

import io
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

OEWS = [
    "AREA",
    "AREA_TITLE",
    "AREA_TYPE",
    "PRIM_STATE",
    "NAICS",
    "NAICS_TITLE",
    "I_GROUP",
    "OWN_CODE",
    "OCC_CODE",
    "OCC_TITLE",
    "O_GROUP",
    "TOT_EMP",
    "EMP_PRSE",
    "JOBS_1000",
    "LOC_QUOTIENT",
    "PCT_TOTAL",
    "PCT_RPT",
    "H_MEAN",
    "A_MEAN",
    "MEAN_PRSE",
    "H_PCT10",
    "H_PCT25",
    "H_MEDIAN",
    "H_PCT75",
    "H_PCT90",
    "A_PCT10",
    "A_PCT25",
    "A_MEDIAN",
    "A_PCT75",
    "A_PCT90",
    "ANNUAL",
    "HOURLY",
]
FIGURES = ("TOT_EMP", "A_MEAN", "A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90")
ALL_INDUSTRIES = {
    "NAICS": "000000",
    "NAICS_TITLE": "Cross-industry",
    "I_GROUP": "cross-industry",
    "OWN_CODE": "1235",
    "O_GROUP": "detailed",
}


def workbook(
    path: Path, rows: Iterable[Mapping[str, Any]], *, year: int, header: Sequence[str] = OEWS, title: str = ""
) -> Path:
    """A workbook as BLS makes it: the table, then field descriptions, the time of update, a filler."""
    book = openpyxl.Workbook(write_only=True)
    table = book.create_sheet(title or f"All May {year} data")
    table.append(list(header))
    for row in rows:
        table.append([{**ALL_INDUSTRIES, **row}.get(name) for name in header])
    described = book.create_sheet("Field Descriptions")
    described.append([f"May {year} OEWS Estimates", None, None])
    described.append([None, None, None])
    described.append(["Field", "Field Description", None])
    book.create_sheet("UpdateTime").append(["alldataupdate"])
    book.create_sheet("Filler")
    book.save(path)
    return path


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a workbook's table by column."""
    header, *lines = _lines(path.read_bytes())
    return [dict(zip(map(str, header), line, strict=False)) for line in lines]


@cache
def _lines(data: bytes) -> list[tuple[Any, ...]]:
    """The cells of a workbook's first sheet: reading thousands takes a second."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    return list(book.worksheets[0].iter_rows(values_only=True))


_STEP = """\
        <Step>
          <Annual>{annual}</Annual>
          <Hourly>{hourly}</Hourly>
          <Overtime>{hourly}</Overtime>
          <Statutory_Cap_Applies>{capped}</Statutory_Cap_Applies>
          <Value>{step}</Value>
        </Step>
"""
_TABLE = """\
<?xml version="1.0" encoding="utf-8"?>
<PayTable xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.datacontract.org/2004/07/PayTables.Business">
  <Abbreviation>{code}</Abbreviation>
  <Description>Salary Table {year}-{code}
Incorporating the 1% General Schedule Increase and a Locality Payment of {percent}%
For the Locality Pay Area of {area}
Total Increase: 1%
Effective January {year}</Description>
  <Grades>
{grades}  </Grades>
  <LocalityPayArea>{area}</LocalityPayArea>
  <Notes></Notes>
  <SalaryCap>{cap}</SalaryCap>
  <Type>GS</Type>
</PayTable>
"""


def locality(path: Path, base: Sequence[Sequence[int]], about: Mapping[str, Any]) -> Path:
    """An area's table as OPM's site gives it, from base rates; `about`: code, year, percent, area, cap."""
    factor = 1 + Decimal(about["percent"]) / 100
    grades = ""
    for grade, rates in enumerate(base, start=1):
        steps = ""
        for step, rate in enumerate(rates, start=1):
            full = int((rate * factor).quantize(Decimal(1), ROUND_HALF_UP))
            annual = min(full, int(about["cap"]))
            hourly = (Decimal(annual) / 2087).quantize(Decimal("0.01"), ROUND_HALF_UP)
            capped = "true" if full > annual else "false"
            steps += _STEP.format(annual=annual, hourly=hourly, capped=capped, step=step)
        grades += (
            f"    <Grade>\n      <Steps>\n{steps}      </Steps>\n      <Value>{grade}</Value>\n    </Grade>\n"
        )
    path.write_text(_TABLE.format(grades=grades, **about), encoding="utf-8")
    return path
