"""The observed pay that ships with ehrpay, and the medians that carry pay further back than the rules do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.csv_lines import csv_lines
from ehrpay.shipped import folder

if TYPE_CHECKING:
    from pathlib import Path


def path() -> Path:
    """The file of observed pay; rules/observed/README.md says where it is from."""
    return folder() / "observed" / "observed.csv"


def older_medians() -> dict[str, int]:
    """The nation's medians before the first table of the rules, by the ISO date of their month."""
    file = folder() / "observed" / "medians.csv"
    _, *rows = csv_lines(file.name, file.read_bytes())
    return {f"{month}-01": int(median) for _, (month, _, median, _) in rows}
