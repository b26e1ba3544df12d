"""Bad rows are mended in their file and run again: nothing is lost, nothing comes twice, whatever the format."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import polars as pl
import pytest
from tests.program import Ran, clean, ehrpay

if TYPE_CHECKING:
    from pathlib import Path

PEOPLE = (
    "-id,role,years,note\n"
    "1,coder,5,=1\n"
    "2,codr,5,=2\n"
    '3,coder,"5,5",-7\n'
    "4,coder,Boise,ID,6\n"
    '5,coder,3,"a ""b"", c"\n'
    '6,codr,4,"a ""b"",\nc"\n'
)
WAYS = [
    ("rows", "csv"), ("rows", "tsv"), ("rows", "csv.gz"), ("rows", "jsonl"), ("polars", "csv"),
    ("polars", "tsv"), ("polars", "csv.gz"), ("polars", "jsonl"), ("polars", "parquet"),
]  # fmt: skip


def batch(folder: Path, *args: str) -> Ran:
    """A run without a summary."""
    return ehrpay("batch", *args, "--summary", "none", env=clean(), cwd=folder)


def notes(path: Path) -> dict[str, str]:
    """What was carried through of each row of an output."""
    kind = path.name.split(".", 1)[1]
    if kind == "parquet":
        rows = pl.read_parquet(path).to_dicts()
    elif kind == "jsonl":
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    else:
        rows = pl.read_csv(path, separator="\t" if kind == "tsv" else ",", infer_schema=False).to_dicts()
    return {row.get("-id") or row["'-id"]: row["note"].removeprefix("'") for row in rows}


@pytest.mark.parametrize(("engine", "kind"), WAYS)
def test_mended_rows_join_the_others(engine: str, kind: str, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    output, errors = f"pay.{kind}", tmp_path / "pay.errors.csv"
    assert batch(tmp_path, "people.csv", "-o", output, "--engine", engine).returncode == 1
    assert notes(tmp_path / output) == {"1": "=1", "5": 'a "b", c'}
    bad = errors.read_text("utf-8")
    for wrong, right in (
        ("codr,5", "coder,5"),
        ("codr,4", "coder,4"),
        ('"5,5"', "5.5"),
        ("Boise,ID,6", "6,x"),
    ):
        bad = bad.replace(wrong, right)
    errors.write_text(bad, "utf-8")
    again = batch(tmp_path, "pay.errors.csv", "-o", output, "--append", "--engine", engine)
    assert again.returncode == 0, again.stderr
    every = {"1": "=1", "2": "=2", "3": "-7", "4": "x", "5": 'a "b", c', "6": 'a "b",\nc'}
    assert notes(tmp_path / output) == every


@pytest.mark.parametrize("kind", ["csv", "tsv", "csv.gz", "jsonl", "jsonl.gz"])
def test_rows_are_added_after_a_last_one_without_an_end(kind: str, tmp_path: Path) -> None:
    """As some editors leave it; and a file that was packed or unpacked by hand keeps its name."""
    (tmp_path / "people.csv").write_text("role,note\ncoder,é\n", "utf-8")
    output = tmp_path / f"pay.{kind}"
    batch(tmp_path, "people.csv", "-o", output.name)
    whole = output.read_bytes()
    text = gzip.decompress(whole) if kind.endswith("gz") else whole
    for left in (text[:-1], gzip.compress(text[:-1]), text):
        output.write_bytes(left)
        assert batch(tmp_path, "people.csv", "-o", output.name, "--append").returncode == 0
        added = output.read_bytes()
        rows = (gzip.decompress(added) if kind.endswith("gz") else added).splitlines()
        assert rows == [*text.splitlines(), rows[-1]]
        assert rows[-1] == rows[-2]


@pytest.mark.parametrize(
    ("kind", "sentence"), [("csv.gz", "damaged or cut short"), ("parquet", "not a Parquet")]
)
def test_nothing_is_added_to_a_file_that_is_damaged(kind: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("role\ncoder\n")
    output = tmp_path / f"pay.{kind}"
    batch(tmp_path, "people.csv", "-o", output.name)
    for left in (output.read_bytes()[:-9], b""):
        output.write_bytes(left)
        ran = batch(tmp_path, "people.csv", "-o", output.name, "--append")
        assert ran.returncode == 65
        assert sentence in ran.stderr or not left
        assert output.read_bytes() == left


def test_what_is_run_again_unmended_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE, "utf-8")
    batch(tmp_path, "people.csv", "-o", "pay.csv")
    before = (tmp_path / "pay.csv").read_bytes()
    assert batch(tmp_path, "pay.errors.csv", "-o", "pay.csv", "--append").returncode == 1
    assert (tmp_path / "pay.csv").read_bytes() == before
    first, second = (
        pl.read_csv(tmp_path / name, infer_schema=False, truncate_ragged_lines=True).drop(
            "error_file", "error_line", "error_reason"
        )
        for name in ("pay.errors.csv", "pay.errors-2.csv")
    )
    assert first.equals(second)


def test_rows_of_text_take_the_types_of_a_parquet_file(tmp_path: Path) -> None:
    from datetime import date

    people = pl.DataFrame(
        {
            "role": ["coder", "codr"],
            "years": [5, 7],
            "certs": [["rhit", "ccs"], ["rhia"]],
            "since": [date(2020, 1, 5), date(2021, 2, 6)],
            "full": [True, False],
        }
    )
    people.write_parquet(tmp_path / "people.parquet")
    assert batch(tmp_path, "people.parquet", "-o", "pay.parquet").returncode == 1
    errors = tmp_path / "pay.errors.csv"
    errors.write_text(errors.read_text("utf-8").replace("codr,7", "coder,7"), "utf-8")
    ran = batch(tmp_path, "pay.errors.csv", "-o", "pay.parquet", "--append")
    assert ran.returncode == 0, ran.stderr
    found = pl.read_parquet(tmp_path / "pay.parquet").select(people.columns)
    assert found.equals(people.with_columns(role=pl.lit("coder")))
    errors.write_text(errors.read_text("utf-8").replace("coder,7", "coder,3-5"), "utf-8")
    ran = batch(tmp_path, "pay.errors.csv", "-o", "pay.parquet", "--append")
    assert ran.returncode == 65
    assert "column 'years' of " in ran.stderr
    assert "is Int64, and a cell to be added does not fit it" in ran.stderr


def test_rows_are_added_to_the_same_columns_only(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("role\ncoder\n", "utf-8")
    (tmp_path / "more.csv").write_text("role,years\ncoder,5\n", "utf-8")
    for kind in ("csv", "parquet"):
        assert batch(tmp_path, "people.csv", "-o", f"pay.{kind}").returncode == 0
        before = (tmp_path / f"pay.{kind}").read_bytes()
        ran = batch(tmp_path, "more.csv", "-o", f"pay.{kind}", "--append")
        assert ran.returncode == 65
        assert "has other columns than the rows to be added: lacks 'years'\n" in ran.stderr
        assert (tmp_path / f"pay.{kind}").read_bytes() == before


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_rows_without_the_map_of_the_first_run_are_refused_with_it(kind: str, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("role,Lohn\ncoder,50000\n", "utf-8")
    assert batch(tmp_path, "people.csv", "-o", f"pay.{kind}", "--map", "Lohn=pay").returncode == 0
    ran = batch(tmp_path, "people.csv", "-o", f"pay.{kind}", "--append", "-q")
    assert ran.returncode == 65
    assert ran.stderr.endswith(
        "' has other columns than the rows to be added: adds 'compa_ratio', 'range_penetration',"
        " 'percentile', 'position'; give the same --map as in the first run\n"
    )
    ran = batch(
        tmp_path, "people.csv", "-o", f"pay.{kind}", "--append", "-q", "--map", "Lohn=pay", "--percentiles"
    )
    assert "lacks 'p10', 'p90'; give the same --percentiles as in the first run\n" in ran.stderr


def test_files_of_other_columns_say_which(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("role,years\ncoder,5\n", "utf-8")
    (tmp_path / "b.csv").write_text("role,pay\ncoder,50000\n", "utf-8")
    ran = batch(tmp_path, "?.csv", "-o", "-")
    assert ran.returncode == 65
    assert "b.csv: its columns differ from those of the first file: lacks 'years'; adds 'pay'" in ran.stderr


def test_a_run_without_bad_rows_leaves_no_old_errors_file(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("role\ncodr\n", "utf-8")
    assert batch(tmp_path, "people.csv", "-o", "pay.csv").returncode == 1
    (tmp_path / "people.csv").write_text("role\ncoder\n", "utf-8")
    assert batch(tmp_path, "people.csv", "-o", "pay.csv", "--force").returncode == 0
    assert not (tmp_path / "pay.errors.csv").exists()
