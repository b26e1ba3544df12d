"""Rosters as people send them, one case each of the list of bad input: areas roster, number and output."""

from __future__ import annotations

import gzip
import io
import json
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.program import Ran, clean, ehrpay

from ehrpay.batch.job import oddities

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "role,years\ncoder,5\n"
ROW = "coder,5,46935,54060,66710,market,,,medium\n"


class Case(NamedTuple):
    """A roster of a name, the exit code, and words of standard error; `out` is in standard output."""

    id: str
    name: str
    data: str | bytes
    code: int
    err: str
    out: str = ""
    args: str = ""


CASES = (
    Case("ROS-04", "a.csv", "", 65, "'a.csv' is empty; it needs a header line, then a row for each person"),
    Case("ROS-05", "a.csv", "role,years\n", 0, "a.csv: no rows after the header", "role,years,low,mid,high"),
    Case("ROS-05j", "a.csv", "role\n", 0, "no rows", args="--to jsonl"),
    Case("ROS-08", "a.csv", "role,note\ncoder,caf\xe9\n".encode("latin-1"), 65,
         "a.csv:2: not UTF-8 at column 10 (0xe9); save it as UTF-8, or try --encoding cp1252"),
    Case("ROS-08e", "a.csv", "role,note\ncoder,caf\xe9\n".encode("cp1252"), 0, "", "café", "--encoding cp1252"),
    Case("ROS-08u", "a.csv", "role\ncoder\n".encode("utf-16"), 65, "it is UTF-16; save it as UTF-8"),
    Case("ROS-08n", "a.csv", GOOD, 2, "--encoding: unknown encoding 'foo'", args="--encoding foo"),
    Case("ROS-11", "a.csv", "role,yeers\ncoder,5\n", 0, "'yeers' is carried through unread; did you mean 'years'?"),
    Case("ROS-12", "a.csv", "role,role\ncoder,lead\n", 65, "a.csv: column 'role' appears twice"),
    Case("ROS-12a", "a.csv", "role,title\ncoder,lead\n", 65, "columns 'role' and 'title' both mean 'role'"),
    Case("ROS-12n", "a.csv", "role,\ncoder,x\n", 65, "a.csv: a column has no name"),
    Case("ROS-13", "a.csv", "\ufeff Role , YEARS \ncoder,5\n", 0, "", ROW),
    Case("ROS-14", "a.csv", "role,years\ncoder,5,x\n", 1, "a.csv:2: 3 cells, where the header has 2"),
    Case("ROS-15", "a.csv", "role,years\ncoder\n", 1, "a.csv:2: 1 cell, where the header has 2"),
    Case("ROS-16", "a.csv", 'role,years\ncoder,5\ncoder,"5\ncoder,6\n', 65,
         "a.csv:3: a quote opened here never closes"),
    Case("ROS-16c", "a.csv", f'role,note\ncoder,"{"x" * 1_000_001}"\n', 65, "a.csv:2: a cell is longer than 1,000,000"),
    Case("ROS-16m", "a.csv", "role;years\ncoder;5\n", 65, "a.csv: the columns are separated by ';'"),
    Case("ROS-16r", "a.csv", "role,years\rcoder,5\r", 65, "a.csv:1: a carriage return ends the line"),
    Case("ROS-16z", "a.csv", "role\nco\0der\n", 65, "a.csv:2: a NUL character at column 3; this is not a text file"),
    Case("ROS-21", "a.csv", "id,role\n17,coder\n17,lead\n", 0, "a.csv:3: id '17' is already at a.csv:2"),
    Case("ROS-24s", "-", GOOD, 0, "", ROW),
    Case("ROS-24z", "-", gzip.compress(GOOD.encode()), 0, "", ROW),
    Case("ROS-24p", "-", GOOD, 2, "Parquet can't be read from standard input", args="--from parquet"),
    Case("ROS-27", "a.jsonl", '{"role":"coder"}\n{"role":\n{"role":"lead"}\n', 1,
         "a.jsonl:2: not valid JSON at column", '"role":"lead"', "--to jsonl"),
    Case("ROS-27n", "a.jsonl", '{"role":"coder"}\n{"rol":"lead"}\n', 1, "the first line has no 'rol'"),
    Case("ROS-27o", "a.jsonl", '{"role":"coder"}\n{"role":{"a":1}}\n', 1, "'role' holds an object"),
    Case("ROS-27t", "a.jsonl", '{"role":"coder"}\n{"role":"x","role":"lead"}\n', 1, "'role' appears twice"),
    Case("ROS-27h", "a.jsonl", '{"role":"coder"}\n{"role":"\\ud800"}\n', 1, "is half a character and no text"),
    Case("ROS-27d", "a.jsonl", '{"role":"coder"}\n{"role":' + "9" * 5000 + "}\n", 1, "too many digits"),
    Case("ROS-27i", "a.jsonl", '{"role":"coder"}\n{"role":1e999}\n', 1, "'1e999' is too large a number"),
    Case("ROS-28", "a.jsonl", '{"role":"coder","pay":NaN}\n', 65, "a.jsonl:1: NaN is not JSON"),
    Case("ROS-28i", "a.jsonl", '{"role":"coder"}\n{"role":-Infinity}\n', 65, "a.jsonl:2: -Infinity is not JSON"),
    Case("ROS-30", "a.jsonl", '{"role":"coder"}\n' + "[" * 100_000 + "\n", 65, "a.jsonl:2: JSON is nested too deep"),
    Case("ROS-31", "a.csv", 'role,pay\ncoder,"62,500.00"\n', 0, "", '"62,500.00",48916'),
    Case("ROS-32", "a.csv", "role,series\ncoder,675\n", 0, "column 'series': 675 is written as 0675", "coder,0675,"),
    Case("NUM-01", "a.csv", "years\nabc\n", 1, "'abc' is not a number of years"),
    Case("NUM-05", "a.csv", "years\n1e400\n", 1, "a.csv:2: years: '1e400'"),
    Case("NUM-06", "a.csv", 'years\n"5,5"\n', 1, "use a decimal point, like 5.5"),
    Case("NUM-07", "a.csv", "years\n1_0\n", 1, "a.csv:2: years: '1_0'"),
    Case("NUM-08", "a.csv", "years,role\n 5 ,coder\n", 0, "", "46935,54060"),
    Case("NUM-09", "a.csv", "years\n\u0665\n", 1, "a.csv:2: years: '\u0665'"),
    Case("NUM-12", "a.csv", "years,role\n,coder\n", 0, "", ",coder,48916"),
    Case("NUM-13", "a.csv", "years\n61\n", 1, "years must be 0 to 60"),
    Case("NUM-15", "a.csv", "agency,grade\nva,9.0\n", 1, "a.csv:2: grade: '9.0'"),
    Case("NUM-17", "a.csv", f"agency,grade\nva,{'9' * 5000}\n", 1, "a.csv:2: grade: '9999"),
    Case("NUM-20", "a.csv", 'role,pay\ncoder,"75.000,00"\n', 1, "a.csv:2: pay: '75.000,00'"),
    Case("NUM-21", "a.csv", "role,pay\ncoder,75k\n", 0, "", "coder,75k,48916"),
    Case("NUM-22", "a.csv", "role,pay\ncoder,1E+99999999\n", 1, "a.csv:2: pay: '1E+99999999'"),
    Case("NUM-23", "a.csv", "role,pay\ncoder,75000.005\n", 1, "a.csv:2: pay: '75000.005'"),
    Case("NUM-24", "a.csv", "role,pay\ncoder,-5\n", 1, "a.csv:2: pay: '-5'"),
    Case("NUM-25", "a.csv", "role,pay\ncoder,1O0000\n", 1, "a.csv:2: pay: '1O0000'"),
    Case("OUT-20", "a.csv", "role,note\ncoder,=HYPERLINK(1)\ncoder,-5\n", 0, "", "coder,'=HYPERLINK(1),48916"),
    Case("OUT-20n", "a.csv", "role,note\ncoder,-1.5e3\n", 0, "", "coder,-1.5e3,48916"),
    Case("OUT-20r", "a.csv", "role,note\ncoder,=1\n", 0, "", "coder,=1,48916", "--raw-csv"),
    Case("OUT-20c", "a.csv", "role,note\ncoder,a\x1b[31m\n", 0, "", "coder,a\\x1b[31m,48916"),
    Case("OUT-21", "a.csv", 'role,note\ncoder,"a ""b"", c\nd"\n', 0, "", 'coder,"a ""b"", c\nd",48916'),
)  # fmt: skip


def batch(folder: Path, *args: str, stdin: bytes = b"") -> Ran:
    """A run in a folder, with a stream as standard input."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        return ehrpay("batch", *args, env=clean(), cwd=folder)


BOTH = [
    (case, engine)
    for case in CASES
    for engine in ("rows", "polars")
    # What a cell means is read by the same code whatever the engine.
    if engine == "rows" or (not case.id.startswith("NUM") and case.args[:10] != "--encoding")
]


@pytest.mark.parametrize(("case", "engine"), BOTH, ids=lambda part: getattr(part, "id", part))
def test_bad_input(case: Case, engine: str, tmp_path: Path) -> None:
    data = case.data if isinstance(case.data, bytes) else case.data.encode()
    if case.name != "-":
        (tmp_path / case.name).write_bytes(data)
    args = [case.name, "-o", "-", "--summary", "none", "--engine", engine, *case.args.split()]
    ran = batch(tmp_path, *args, stdin=data)
    assert ran.returncode == case.code, ran.stderr
    assert case.err in ran.stderr
    assert case.out in ran.stdout
    if not case.err:
        assert ran.stderr == ""
    assert (tmp_path / "a.errors.csv").exists() == (case.code == 1)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("no.csv", "cannot read 'no.csv': file not found"),
        ("folder", "cannot read 'folder': it is a folder; name its files, such as folder/*.csv"),
        ("pipe.csv", "cannot read 'pipe.csv': it is not a regular file; use - to read a stream"),
        ("/dev/zero", "cannot read '/dev/zero': it is not a regular file"),
        ("no*.csv", "cannot read 'no*.csv': no file matches"),
        ("", "cannot read '': file not found"),
        ("f?lder", "cannot read 'f?lder': no file matches"),
    ],
)
def test_a_file_that_cannot_be_read_is_66(name: str, sentence: str, tmp_path: Path) -> None:
    import os

    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    for engine in ("rows", "polars"):
        ran = batch(tmp_path, name, "-o", "-", "--from", "csv", "--engine", engine)
        assert (ran.returncode, ran.stdout) == (66, "")
        assert sentence in ran.stderr


@pytest.mark.parametrize("name", ["staff.xlsx", "Staff.XLS", "staff.ods"])
def test_a_spreadsheet_s_own_file_is_named_with_what_to_save(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04")
    (tmp_path / "a.csv").write_text(GOOD, "utf-8")
    read = batch(tmp_path, name, "-o", "-")
    written = batch(tmp_path, "a.csv", "-o", f"new-{name}")
    assert (read.returncode, written.returncode) == (2, 2)
    assert f"'{name}' is a spreadsheet's own file; save it as CSV or Parquet" in read.stderr
    assert f"--output: 'new-{name}' is a spreadsheet's own file; write CSV or Parquet" in written.stderr


@pytest.mark.parametrize("engine", ["rows", "polars"])
def test_a_roster_of_a_header_alone_is_said_to_have_no_rows(engine: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("role,years\n", "utf-8")
    ran = batch(tmp_path, "a.csv", "-o", "b.csv", "--engine", engine, "--report", "a.html")
    assert ran.returncode == 0
    assert "0 rows of a.csv" in ran.stderr
    assert "a.csv: no rows after the header" in ran.stderr
    assert "0 of 0 rows priced." in (tmp_path / "a.html").read_text("utf-8")


def test_a_stream_that_is_closed_or_a_terminal_is_refused(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", None)
        ran = ehrpay("batch", "-", "-o", "-", env=clean(), cwd=tmp_path)
    assert ran.returncode == 66
    assert "standard input is closed" in ran.stderr

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", Terminal())
        ran = ehrpay("batch", "-", "-o", "-", env=clean(), cwd=tmp_path)
    assert ran.returncode == 2
    assert "it waits for a roster on standard input; pipe it in" in ran.stderr


@pytest.mark.parametrize("engine", ["rows", "polars"])
def test_one_bad_row_of_many_is_in_errors_and_all_others_out(engine: str, tmp_path: Path) -> None:
    rows = ["coder,5"] * 240
    rows[99] = "codr,5"
    (tmp_path / "a.csv").write_text("role,years\n" + "\n".join(rows) + "\n", "utf-8")
    ran = batch(tmp_path, "a.csv", "-o", "p.csv", "--engine", engine, "--summary", "json")
    assert ran.returncode == 1
    assert json.loads(ran.stderr.split("\n", 1)[1])["rows"] == {"read": 240, "priced": 239, "errors": 1}
    assert len((tmp_path / "p.csv").read_text("utf-8").splitlines()) == 240
    header, row = (tmp_path / "p.errors.csv").read_text("utf-8").splitlines()
    assert header == "error_file,error_line,error_field,error_reason,error_nearest,role,years"
    assert row.startswith("a.csv,101,role,unknown role 'codr'")
    assert row.endswith(",coder,codr,5")


@pytest.mark.parametrize("engine", ["rows", "polars"])
def test_of_many_bad_rows_twenty_are_named_and_the_rest_is_counted(engine: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("role\n" + "".join(f"codr{n}\n" for n in range(50)), "utf-8")
    ran = batch(tmp_path, "a.csv", "-o", "-", "--engine", engine, "--summary", "none")
    assert ran.returncode == 1
    lines = ran.stderr.splitlines()
    assert [line.split(":")[1] for line in lines[:-1]] == [str(line) for line in range(2, 22)]
    assert lines[-1] == "and 30 more bad rows"
    assert len((tmp_path / "a.errors.csv").read_text("utf-8").splitlines()) == 51


@pytest.mark.parametrize("engine", ["rows", "polars"])
def test_bad_rows_of_one_reason_are_one_line_and_a_count(engine: str, tmp_path: Path) -> None:
    rows = "coder,x\n" + "codr,5\n" * 38 + "coder,x\n" + "lead,y\n"
    (tmp_path / "a.csv").write_text("role,years\n" + rows, "utf-8")
    ran = batch(tmp_path, "a.csv", "-o", "-", "--engine", engine, "--summary", "none")
    assert ran.returncode == 1
    first, second, third, *counts = ran.stderr.splitlines()
    assert first.startswith("a.csv:2: years: 'x' is not a number of years")
    assert second.startswith("a.csv:3: role: unknown role 'codr'")
    assert third.startswith("a.csv:42: years: 'y' is not a number of years")
    assert counts == ["1 more row like a.csv:2", "37 more rows like a.csv:3"]
    assert len((tmp_path / "a.errors.csv").read_text("utf-8").splitlines()) == 42


@pytest.mark.parametrize("engine", ["rows", "polars"])
def test_people_are_looked_for_while_few_are_kept_in_mind(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oddities, "MOST", 6)
    ids = [*range(5), *range(5), 5, 6, 0, 6]
    (tmp_path / "a.csv").write_text("id,role\n" + "".join(f"{id_},coder\n" for id_ in ids), "utf-8")
    ran = batch(tmp_path, "a.csv", "-o", "p.csv", "--engine", engine, "--summary", "none")
    *named, more = ran.stderr.splitlines()
    assert named == [
        f"ehrpay: warning: a.csv:{n + 7}: id '{n}' is already at a.csv:{n + 2}" for n in range(3)
    ]
    assert more == "ehrpay: warning: 2 more with an id that another row has"


@pytest.mark.parametrize(
    ("output", "code", "sentence"),
    [
        ("no/p.csv", 73, "cannot create 'no/p.csv': its folder does not exist"),
        ("a.csv", 2, "'a.csv' is the input; write to another file"),
        ("./link.csv", 2, "'./link.csv' is the input; write to another file"),
        ("old.csv", 73, "'old.csv' already exists; use --force to replace it"),
        ("p.xyz", 2, "can't tell the format of 'p.xyz' from its name; use --to csv, tsv, jsonl or parquet"),
    ],
)
def test_outputs_are_checked_before_the_work(output: str, code: int, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(GOOD, "utf-8")
    (tmp_path / "link.csv").symlink_to("a.csv")
    (tmp_path / "old.csv").write_text("old", "utf-8")
    ran = batch(tmp_path, "a.csv", "-o", output)
    assert (ran.returncode, ran.stdout) == (code, "")
    assert sentence in ran.stderr
    assert (tmp_path / "old.csv").read_text("utf-8") == "old"
    assert (tmp_path / "a.csv").read_text("utf-8") == GOOD


def test_the_column_of_groups_is_found_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("role,pay,Job Family \n" + "coder,50000,x\n" * 10, "utf-8")
    for by in ("Job Family ", "job family", "JOB_FAMILY"):
        ran = batch(tmp_path, "a.csv", "-o", "-", "--by", by, "--summary", "json")
        assert json.loads(ran.stderr)["groups"]["shown"][0]["people"] == 10
    ran = batch(tmp_path, "a.csv", "-o", "-", "--by", "family")
    assert ran.returncode == 2
    assert "--by: unknown column 'family'" in ran.stderr


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(GOOD, "utf-8")
    (tmp_path / "real.csv").write_text("old", "utf-8")
    (tmp_path / "link.csv").symlink_to("real.csv")
    assert batch(tmp_path, "a.csv", "-o", "link.csv", "--force").returncode == 0
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text("utf-8").endswith(ROW)


def test_json_has_no_escapes_whatever_the_terminal_wants(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(GOOD, "utf-8")
    ran = ehrpay(
        "batch",
        "a.csv",
        "-o",
        "-",
        "--to",
        "jsonl",
        "--summary",
        "json",
        env=clean(FORCE_COLOR="1"),
        cwd=tmp_path,
    )
    assert json.loads(ran.stdout)["mid"] == 54060
    summary = json.loads(ran.stderr)
    assert (summary["schema"], summary["warnings"]) == ("ehrpay/roster/1", [])
