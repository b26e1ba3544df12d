"""Columns of every type that Parquet has are read as their texts, and written in every form."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.program import clean, ehrpay

VALUES: dict[str, tuple[Any, Any, str]] = {
    "whole": (7, pl.UInt8, "7"),
    "float": (40.8, pl.Float32, "40.8"),
    "decimal": (Decimal("1.50"), pl.Decimal(6, 2), "1.50"),
    "flag": (True, pl.Boolean, "true"),
    "none": (None, pl.Null, ""),
    "day": (date(2021, 3, 15), pl.Date, "2021-03-15"),
    "moment": (datetime(2021, 3, 15, 8, 30), pl.Datetime("ms"), "2021-03-15T08:30:00.000"),  # noqa: DTZ001
    "clock": (time(8, 30), pl.Time, "08:30:00.000000000"),
    "while": (timedelta(hours=3), pl.Duration, "3:00:00"),
    "kind": ("=a", pl.Categorical, "'=a"),
    "one of": ("b", pl.Enum(["a", "b"]), "b"),
    "bytes": (b"\x01\xff", pl.Binary, "01ff"),
    "list": (["a", "b"], pl.List(pl.String), "a;b"),
    "struct": ({"a": "é", "b": timedelta(1)}, None, '{"a": "é", "b": "1 day, 0:00:00"}'),
}


def people(path: Path, roles: list[str], **more: pl.Series) -> None:
    """A roster with a column of every type."""
    columns = [pl.Series(name, [value] * len(roles), dtype=kind) for name, (value, kind, _) in VALUES.items()]
    pl.DataFrame({"role": roles} | more).with_columns(columns).write_parquet(path)


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "parquet"])
def test_every_type_is_written_in_every_form(form: str, tmp_path: Path) -> None:
    people(tmp_path / "a.parquet", ["coder", "codr"])
    ran = ehrpay("batch", "a.parquet", "-o", f"pay.{form}", "--summary", "none", env=clean(), cwd=tmp_path)
    assert ran.returncode == 1, ran.stderr
    for output in ("pay.csv", "pay.errors.csv") if form == "csv" else ():
        with (tmp_path / output).open(encoding="utf-8", newline="") as file:
            (row,) = csv.DictReader(file)
        # What has a clock is written by Polars with its own marks.
        same = {name for name in VALUES if output == "pay.csv" or name not in ("moment", "clock")}
        assert {name: row[name] for name in same} == {name: VALUES[name][2] for name in same}


def test_a_bad_row_has_the_texts_that_its_columns_have(tmp_path: Path) -> None:
    """A number of four bytes as it was written, and a time past every calendar."""
    years = pl.Series([40.8, 40.8, 60.1], dtype=pl.Float32)
    moments = pl.Series([2**62] * 3).cast(pl.Datetime("us"))
    frame = pl.DataFrame({"role": ["coder", "codr", "coder"], "years": years, "since": moments})
    frame.write_parquet(tmp_path / "a.parquet")
    ran = ehrpay("batch", "a.parquet", "-o", "pay.csv", env=clean(), cwd=tmp_path)
    assert ran.returncode == 1, ran.stderr
    with (tmp_path / "pay.errors.csv").open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["years"], second["years"]) == ("40.8", "60.1")
    assert "'60.1' is out of range" in second["error_reason"]
    assert first["since"] == second["since"] != ""


@pytest.mark.parametrize(
    "hired",
    [
        [datetime(2021, 3, 15), datetime(2021, 3, 15, 8)],  # noqa: DTZ001
        [datetime(2021, 3, 15, tzinfo=UTC), None],
        [date(2021, 3, 15), None],
    ],
)
def test_a_date_of_hire_may_be_a_time_at_midnight(hired: list[Any], tmp_path: Path) -> None:
    """As pandas writes dates."""
    people(tmp_path / "a.parquet", ["coder", "codr"], hired=pl.Series(hired))
    (tmp_path / "a.csv").write_text("role,hired\ncoder,2021-03-15\n")
    found = []
    for name in ("a.parquet", "a.csv"):
        ran = ehrpay("batch", name, "-o", "-", "--errors", f"{name}.bad", env=clean(), cwd=tmp_path)
        assert ran.returncode == (name == "a.parquet"), ran.stderr
        (row,) = csv.DictReader(ran.stdout.splitlines())
        found.append([row[added] for added in ("low", "mid", "high")])
    assert found[0] == found[1]


@pytest.mark.parametrize("name", sorted({*VALUES} - {"while", "struct"}))
def test_a_mended_row_has_the_values_it_had(name: str, tmp_path: Path) -> None:
    people(tmp_path / "a.parquet", ["coder", "codr"])
    pl.read_parquet(tmp_path / "a.parquet").select("role", name).write_parquet(tmp_path / "b.parquet")
    ehrpay("batch", "b.parquet", "-o", "pay.parquet", env=clean(), cwd=tmp_path)
    errors = tmp_path / "pay.errors.csv"
    errors.write_text(errors.read_text("utf-8").replace(",codr,", ",coder,"), "utf-8")
    ran = ehrpay("batch", errors.name, "-o", "pay.parquet", "--append", env=clean(), cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    first, second = pl.read_parquet(tmp_path / "pay.parquet").to_dicts()
    assert first == second


def test_a_time_zone_that_polars_does_not_know_is_65(tmp_path: Path) -> None:
    path = Path(__file__).with_name("offset.parquet")
    ran = ehrpay("batch", str(path), "-o", "pay.csv", env=clean(), cwd=tmp_path)
    assert ran.returncode == 65
    assert "unable to parse time zone: '+05:30'" in ran.stderr
