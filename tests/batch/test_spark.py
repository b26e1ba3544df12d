"""The recipe for Spark in docs/scale.md, run as it is printed: the rows of the command line."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from tests.batch.people import people
from tests.program import clean, ehrpay

from ehrpay import load_rulebook
from ehrpay.domain.profile import FIELDS

PAGE = Path(__file__).parents[2] / "docs" / "scale.md"
RECIPE = re.compile(r"<!-- the recipe for Spark -->\n```python\n(.*?)```\n", re.DOTALL)
DAY = "2026-11-23"
LONGEST = 600


@pytest.mark.spark
def test_the_recipe_for_spark_has_the_rows_of_the_command_line(tmp_path: Path) -> None:
    with (tmp_path / "people.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, ["id", *FIELDS], lineterminator="\n")
        writer.writeheader()
        rows = people(load_rulebook(DAY), 3, 400, wrong=0.01)
        writer.writerows({"id": number} | row for number, row in enumerate(rows))
    found = RECIPE.search(PAGE.read_text("utf-8"))
    assert found is not None
    ran = subprocess.run(
        [sys.executable, "-c", found[1], "people.csv", "out", DAY],
        cwd=tmp_path,
        env=clean(PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1"),
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    alone = ehrpay("batch", "people.csv", "-o", "alone.csv", "--as-of", DAY, env=clean(), cwd=tmp_path)
    assert alone.returncode == 1, alone.stderr
    found_rows = pl.read_parquet(tmp_path / "out" / "*.parquet")
    good = pl.col("error_reason").is_null()
    for theirs, expected in (
        (found_rows.filter(good).drop("error_reason"), "alone.csv"),
        (found_rows.filter(~good).select("id", *FIELDS, "error_reason"), "alone.errors.csv"),
    ):
        ours = pl.read_csv(tmp_path / expected, infer_schema=False).select(theirs.columns)
        assert theirs.height > 0
        assert text(theirs).equals(text(ours), null_equal=True)


def text(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.all().cast(pl.String)).sort("id")
