"""How many rows of two priced rosters have the same pay, and whether the order of rows is the same.

    python benchmarks/roster_same.py OURS THEIRS

Prints a JSON object: rows, and how many of them have the same low, mid and high.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl

RANGE = ("low", "mid", "high")


def rows(place: str) -> pl.DataFrame:
    """Who gets what."""
    scan = pl.scan_parquet(place) if Path(place).suffix == ".parquet" else pl.scan_csv(place)
    return scan.select(pl.col("id", *RANGE).cast(pl.Int64)).collect()


def same(ours: pl.DataFrame, theirs: pl.DataFrame) -> dict[str, int | bool]:
    """The counts."""
    both = ours.join(theirs, on="id", suffix="_theirs")
    equal = {name: int((both[name] == both[f"{name}_theirs"]).sum()) for name in RANGE}
    in_order = ours.height == theirs.height and bool((ours["id"] == theirs["id"]).all())
    return {"rows": ours.height, "theirs": theirs.height, **equal, "in_order": in_order}


if __name__ == "__main__":
    print(json.dumps(same(rows(sys.argv[1]), rows(sys.argv[2]))))
