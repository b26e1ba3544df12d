"""Files of observed pay: what is read, and what is named with its line and column."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each

from ehrpay.errors import DataError
from ehrpay.observed.read import MOST_BYTES, older_medians, path, read

FILE = Path(__file__).parent / "files" / "payroll.csv"
FOUND = read("payroll.csv", FILE.read_bytes())
BY_ID = {row.id: row for row in FOUND.rows}


def test_every_row_is_read_or_named() -> None:
    lines = {row.line for row in FOUND.rows} | {fault.line for fault in FOUND.faults}
    assert lines == set(range(2, 13))


def test_faults_have_a_line_and_a_column() -> None:
    assert [(fault.line, fault.column, fault.text.split(";")[0]) for fault in FOUND.faults] == [
        (6, "pay_low", "'25.50' is not pay for a year, 1,000 to 10,000,000 dollars"),
        (6, "pay_high", "'30.00' is not pay for a year, 1,000 to 10,000,000 dollars"),
        (7, "pay_low", "the amounts run backwards: low, middle and high must not fall"),
        (8, "date_stated", "'May 2024' is not a date"),
        (12, "", "3 cells, where the header has 15"),
    ]


def test_a_line_with_one_cell_has_one() -> None:
    found = read("a.csv", b"pay,date_stated,role\n50000\n")
    assert [fault.text for fault in found.faults] == ["1 cell, where the header has 3"]


def test_a_row_becomes_pay_and_a_profile() -> None:
    row = BY_ID["b"]
    assert (row.low, row.high, row.middle, row.group, row.wider) == (54_000, 58_000, None, "g1", "CO")
    assert (
        row.profile._asdict() | {"location": "Nowhere At All, CO", "role": "coder"} == row.profile._asdict()
    )
    assert BY_ID["i"].profile.setting == "state-local-government"
    assert (BY_ID["d"].low, BY_ID["d"].high) == (61_000, 61_000)
    assert BY_ID["d"].group == "line 5"


def test_columns_that_are_not_read_are_named() -> None:
    assert FOUND.unread == ("'shoe size'",)


def test_other_names_of_columns() -> None:
    found = read("x.csv", b"Pay min,pay-max,posted,certs_req,remote\n50000,60000,2024-05,rhit|ccs,yes\n")
    (row,) = found.rows
    assert (row.low, row.date, row.profile.certs, row.profile.work) == (
        50_000,
        "2024-05",
        ("rhit", "ccs"),
        "remote",
    )


@each(
    ("data", "message"),
    [
        (b"", "has no rows"),
        (b"pay_low,date_stated\n", "has no rows"),
        (b"pay_low;date_stated\n1;2\n", "not separated by commas"),
        (b"id,date_stated\na,2024\n", "x.csv:1: there is no column pay_low or pay_high or pay_mid"),
        (b"pay_low\n50000\n", "x.csv:1: there is no column date_stated"),
        (b"pay_low,pay_min,date_stated\n1,2,3\n", "two columns are 'pay_low'"),
        (b'pay_low,date_stated\n"50000,2024\n', "x.csv:2: not valid CSV"),
        (b"pay_low,date_stated\n50000\xff,2024\n", "x.csv:2: not UTF-8"),
        (b"0" * (MOST_BYTES + 1), "larger than"),
    ],
)
def test_files_that_are_refused(data: bytes, message: str) -> None:
    with pytest.raises(DataError, match=message):
        read("x.csv", data)


def test_control_characters_are_shown_as_escapes() -> None:
    found = read("x.csv", b"pay_low,date_stated,title\n50000,2024,\x1b[2Jcoder\n")
    assert found.rows[0].title == "\\x1b[2Jcoder"


def test_the_shipped_rows_are_all_read() -> None:
    found = read("observed.csv", path().read_bytes())
    assert (len(found.rows), found.faults, found.unread) == (167, (), ())
    assert len({row.id for row in found.rows}) == 167
    assert min(older_medians()) == "2012-05-01"


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=12)
PAY = st.one_of(
    CELLS, st.integers(-5, 20_000_000).map(str), st.sampled_from(["$52,000", "52,000.5", "1e5", "NaN"])
)
DATES = st.one_of(CELLS, st.sampled_from(["2024", "2024-02-30", "2024-13", "2024-05", "0000", "9999-12-31"]))


@given(st.lists(st.tuples(PAY, PAY, DATES, CELLS, CELLS), min_size=1, max_size=6))
def test_whatever_the_cells_hold_each_row_is_read_or_named(cells: list[tuple[str, ...]]) -> None:
    out = StringIO()
    csv.writer(out).writerows(
        [("pay_low", "pay_high", "date_stated", "title", "city"), ("", "", "", "x", ""), *cells]
    )
    found = read("x.csv", out.getvalue().encode())
    lines = {row.line for row in found.rows} | {fault.line for fault in found.faults if not fault.tested}
    assert len(lines) == 1 + sum(any(cell.strip() for cell in row) for row in cells)
    assert all(1_000 <= row.low <= row.high <= 10_000_000 for row in found.rows)
