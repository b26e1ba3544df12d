"""Each reader on its excerpt: what it takes from the publisher's file, and what it leaves."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from tests.tools.older import EXCERPTS, ROOT
from tests.tools.shapes import OEWS, rows_of, workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType


def test_wages_by_kind_of_area(tool: Callable[[str], ModuleType]) -> None:
    download = tool("_download").read(EXCERPTS / "all_data_M_2025.xlsx")
    found = tool("_oews_download").oews(download, 2025)
    assert {kind: len(wages) for kind, wages in found.wages.items()} == {
        "nation": 6,
        "state": 309,
        "metro": 1690,
        "nonmetro": 550,
    }
    nation = found.wages["nation"][0]
    assert (nation.area, nation.soc) == ("99", "29-2072")
    assert nation.wages == (194720, 37000, 43490, 51140, 64820, 81150)
    puerto_rico = next(one for one in found.wages["state"] if one.area == "PR" and one.soc == "29-2072")
    assert (puerto_rico.title, puerto_rico.wages[0]) == ("Puerto Rico", 1850)
    assert "0100001" in {one.area for one in found.wages["nonmetro"]}


def test_codes_stored_as_numbers_and_rows_of_no_concern(
    tool: Callable[[str], ModuleType], tmp_path: Path
) -> None:
    alaska = next(row for row in rows_of(EXCERPTS / "all_data_M_2025.xlsx") if row["PRIM_STATE"] == "AK")
    rural = alaska | {
        "AREA": 200006,
        "AREA_TYPE": 6,
        "AREA_TITLE": "Alaska nonmetropolitan area",
        "OWN_CODE": 1235,
    }
    rows = [
        rural,
        alaska | {"I_GROUP": "sector", "NAICS": "62"},
        alaska | {"OCC_CODE": "29-0000", "O_GROUP": "major", "A_MEDIAN": "text"},
        alaska | {"AREA": "66", "AREA_TYPE": "3", "PRIM_STATE": "GU"},
        alaska | {"TOT_EMP": "**", "A_PCT75": "#", "A_PCT90": "#"},
    ]
    book = workbook(tmp_path / "m_2026.xlsx", rows, year=2026)
    found = tool("_oews_download").oews(tool("_download").read(book), 2026)
    assert [one.area for wages in found.wages.values() for one in wages] == ["AK", "0200006"]
    assert found.wages["state"][0].wages[0] is None
    assert (found.wages["state"][0].wages[-2:], found.top_coded) == ((None, None), 2)


def test_the_nations_own_workbook_has_no_columns_of_area(
    tool: Callable[[str], ModuleType], tmp_path: Path
) -> None:
    rows = [row for row in rows_of(EXCERPTS / "all_data_M_2025.xlsx") if row["AREA_TYPE"] == "1"]
    header = OEWS[OEWS.index("OCC_CODE") :]
    path = workbook(
        tmp_path / "national_M2026_dl.xlsx", rows, year=2026, header=header, title="national_M2026_dl"
    )
    found = tool("_oews_download").oews(tool("_download").read(path), 2026)
    assert {kind: len(wages) for kind, wages in found.wages.items() if wages} == {"nation": 6}


def test_opms_xml_and_a_csv_of_either_shape_hold_the_same_table(
    tool: Callable[[str], ModuleType], tmp_path: Path
) -> None:
    read, opm = tool("_download").read, tool("_opm")
    table = opm.pay_table(read(EXCERPTS / "opm" / "GS.xml"), 2026)
    assert (table.code, table.year, table.rates[0][0], table.rates[14][9]) == ("GS", 2026, 22584, 164301)
    wide = [
        "Salary Table 2026-GS",
        "GRADE," + ",".join(f"STEP {n}" for n in range(1, 11)) + ",WITHIN GRADE AMOUNTS",
    ]
    wide += [
        f"GS-{g}," + ",".join(f'"${rate:,}"' for rate in rates) + ",VARIES"
        for g, rates in enumerate(table.rates, 1)
    ]
    long = ["Step,Annual,Grade"]
    long += [f"{s},{rate},{g}" for g, rates in enumerate(table.rates, 1) for s, rate in enumerate(rates, 1)]
    for name, lines in {"wide.csv": wide, "long.csv": long}.items():
        (tmp_path / name).write_text("\n".join(["", *lines, ""]), encoding="utf-8")
        assert opm.pay_table(read(tmp_path / name), 2026).rates == table.rates


def test_a_locality_table(tool: Callable[[str], ModuleType]) -> None:
    opm = tool("_opm")
    table = opm.pay_table(tool("_download").read(EXCERPTS / "opm" / "SF.xml"), 2026)
    assert (table.code, table.area, table.cap) == ("SF", "San Jose-San Francisco-Oakland, CA", "197200")
    assert opm.percent(table) == Decimal("46.34")
    assert (table.rates[13][8], table.capped[13][7:]) == (197200, (False, True, True))


def test_parities(tool: Callable[[str], ModuleType]) -> None:
    bea, read = tool("_bea"), tool("_download").read
    files = [read(EXCERPTS / "bea" / f"{name}.csv") for name in ("SARPP", "MARPP", "PARPP")]
    made, told = bea.take_parities(ROOT / "rules", files, 2024, 2024)
    assert made["places/parities.tsv"].startswith("10180\t90364\n")
    assert told == ["places/parities.tsv: 486 parities of 2024"]
    assert bea.updated(files[0]) == "2026-02-19"
    # Delaware has no nonmetropolitan portion, for which BEA prints 0.000.
    assert "DE-nonmetro" not in made["places/parities.tsv"]


def test_the_index(tool: Callable[[str], ModuleType]) -> None:
    found = tool("_eci").series(tool("_download").read(EXCERPTS / "ci.data.1.AllData"))
    assert (len(found), found["2018Q4"], found["2026Q1"]) == (30, "134.7", "177.672")


@pytest.mark.parametrize(
    ("quarter", "effective", "review_by"),
    [
        ("2026Q1", "2026-03-01", "2026-12-31"),
        ("2026Q2", "2026-06-01", "2027-03-31"),
        ("2026Q3", "2026-09-01", "2027-06-30"),
        ("2026Q4", "2026-12-01", "2027-09-30"),
    ],
)
def test_when_the_assumption_after_the_last_reading_is_due(
    tool: Callable[[str], ModuleType], quarter: str, effective: str, review_by: str
) -> None:
    assert tool("_eci").beyond(quarter) == (effective, review_by)


def test_many_files_are_cited_with_the_sum_of_their_sums(tool: Callable[[str], ModuleType]) -> None:
    cited, one = tool("_download").cited, tool("_download").Download
    assert cited([one("b.csv", b"b")]) == (
        "b.csv, 1 bytes, SHA-256 3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"
    )
    four = [one(f"{letter}.xml", letter.encode()) for letter in "dbca"]
    # printf %s a > a.xml ... ; sha256sum *.xml | sha256sum
    whole = "2dbd34f79d4433a37183301bf4272927866ad46baa2e2b65669ee4a28720ccba"
    assert cited(four) == f"4 files, a.xml to d.xml, 4 bytes, SHA-256 of their sums {whole}"
    assert cited(four) == cited(four[::-1])
