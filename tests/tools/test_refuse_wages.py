"""A workbook of wages that is not what it was is refused with a sentence, and nothing is written."""

from __future__ import annotations

import io
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from tests.tools.older import EXCERPTS
from tests.tools.shapes import OEWS, rows_of, workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ERROR_PAGE = b"<!DOCTYPE html>\n<html><head><title>Access Denied</title></head></html>"
ALASKA: dict[str, Any] = {
    "AREA": "02",
    "AREA_TITLE": "Alaska",
    "AREA_TYPE": "2",
    "PRIM_STATE": "AK",
    "OCC_CODE": "29-2072",
    "OCC_TITLE": "Medical Records Specialists",
    "TOT_EMP": 1070,
    "A_MEAN": 64440,
    "A_PCT10": 46390,
    "A_PCT25": 51050,
    "A_MEDIAN": 61090,
    "A_PCT75": 72800,
    "A_PCT90": 90530,
}
ABILENE = ALASKA | {"AREA": "10180", "AREA_TITLE": "Abilene, TX", "AREA_TYPE": "4", "PRIM_STATE": "TX"}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            [ALASKA | {"A_MEDIAN": "n/a"}],
            "all_data_M_2026.xlsx:2: A_MEDIAN must be a whole number or one of *, **, #, not 'n/a'",
        ),
        ([ALASKA | {"A_PCT10": "~"}], "A_PCT10 must be a whole number or one of *, **, #, not '~'"),
        ([ALASKA | {"A_PCT10": None}], "A_PCT10 must be a whole number or one of *, **, #, not ''"),
        (
            [ALASKA | {"A_PCT25": 61091}],
            "all_data_M_2026.xlsx:2: percentiles fall: 46390, 61091, 61090, 72800, 90530",
        ),
        (
            [ALASKA, ALASKA],
            "all_data_M_2026.xlsx:3: area AK and occupation 29-2072 are also in all_data_M_2026.xlsx:2",
        ),
        ([ALASKA | {"AREA_TYPE": "5"}], "AREA_TYPE must be one of 1, 2, 3, 4, 6, not '5'"),
        ([ABILENE | {"AREA": "Abilene"}], "AREA must be digits, not 'Abilene'"),
        (
            [ABILENE | {"AREA": "10181"}],
            "area 10181 (Abilene, TX) is not in places/areas.tsv; did you mean '10180'",
        ),
        ([ALASKA | {"PRIM_STATE": "XK"}], "area XK (Alaska) is not in places/names.tsv"),
        (
            [ALASKA],
            "areas/states.yaml: the download has 1 rows and 2025-05-01 had 307: more than 20 % are gone",
        ),
        ([ALASKA | {"OWN_CODE": "5"}], "no row of 29-2072, 29-9021"),
        ([ALASKA | {"AREA_TYPE": "1", "AREA": "99"}], "no national row of occupation 29-9021, 11-9111"),
    ],
)
def test_wages(refused: Callable[..., str], tmp_path: Path, rows: list[dict[str, Any]], message: str) -> None:
    book = workbook(tmp_path / "all_data_M_2026.xlsx", rows, year=2026)
    assert message in refused("oews", book, "--year", "2026")


def test_a_workbook_of_another_year(refused: Callable[..., str], tmp_path: Path) -> None:
    newest = EXCERPTS / "all_data_M_2025.xlsx"
    assert "the sheet says May 2025, and --year says 2026" in refused("oews", newest, "--year", "2026")
    renamed = shutil.copy(newest, tmp_path / "all_data_M_2026.xlsx")
    assert "the sheet says May 2025, and --year says 2026" in refused("oews", renamed, "--year", "2026")
    book = workbook(tmp_path / "all_data_M_2027.xlsx", [ALASKA], year=2026)
    assert "the file's name says May 2027, and --year says 2026" in refused("oews", book, "--year", "2026")


def test_last_years_figures_under_this_years_name(refused: Callable[..., str], tmp_path: Path) -> None:
    rows = rows_of(EXCERPTS / "all_data_M_2025.xlsx")
    states = [row for row in rows if row["AREA_TYPE"] in {"2", "3"}]
    book = workbook(tmp_path / "state_M2026_dl.xlsx", states, year=2026)
    assert "every row equals that of 2025-05-01: this is last year's file" in refused(
        "oews", book, "--year", "2026"
    )


def test_columns_in_another_order_are_read_and_a_missing_one_is_named(
    refused: Callable[..., str], tmp_path: Path
) -> None:
    book = workbook(tmp_path / "m_2026.xlsx", [ALASKA], year=2026, header=OEWS[::-1])
    assert "the download has 1 rows" in refused("oews", book, "--year", "2026")
    header = ["A_MED" if name == "A_MEDIAN" else name for name in OEWS]
    book = workbook(tmp_path / "m_2026.xlsx", [ALASKA], year=2026, header=header)
    said = refused("oews", book, "--year", "2026")
    assert (
        "m_2026.xlsx, sheet All May 2026 data: the shape changed: no column A_MEDIAN (is it A_MED now?)"
        in said
    )
    header = ["WAGE" if name == "TOT_EMP" else name for name in OEWS]
    book = workbook(tmp_path / "m_2026.xlsx", [ALASKA], year=2026, header=header)
    assert "no sheets with a column OCC_CODE and TOT_EMP among All May 2026 data" in refused(
        "oews", book, "--year", "2026"
    )
    book = workbook(tmp_path / "m_2026.xlsx", [ALASKA], year=2026, header=[*OEWS, "OCC_CODE"])
    assert "column OCC_CODE is there twice" in refused("oews", book, "--year", "2026")


def _archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, b"")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (ERROR_PAGE, "m_2026.xlsx: is a web page and not the file: the publisher answered with an error"),
        (b"", "m_2026.xlsx: is empty"),
        (b"PK\x03\x04 and no more", "m_2026.xlsx: a damaged workbook"),
        (b"AREA,OCC_CODE\n", "m_2026.xlsx: is not a workbook (.xlsx)"),
        (b"\xd0\xcf\x11\xe0", "an Excel file of the old kind (.xls)"),
        (
            _archive("oesm26all/all_data_M_2026.xlsx"),
            "an archive and not a workbook; unpack it and give one of: oesm26all/",
        ),
        (_archive("xl/workbook.xml"), "m_2026.xlsx: a damaged workbook"),
    ],
)
def test_a_file_that_is_no_workbook(
    refused: Callable[..., str], tmp_path: Path, data: bytes, message: str
) -> None:
    (tmp_path / "m_2026.xlsx").write_bytes(data)
    assert message in refused("oews", tmp_path / "m_2026.xlsx", "--year", "2026")
