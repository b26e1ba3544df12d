"""Cut BLS's workbook down to the rows that the importer reads, for the excerpts.

`python -m tests.tools.cut_workbook all_data_M_2026.xlsx 2026` writes tests/tools/excerpts/all_data_M_2026.xlsx.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.tools.older import EXCERPTS
from tests.tools.shapes import rows_of, workbook

OCCUPATIONS = {"29-2072", "29-9021", "11-9111", "15-1211", "31-9094", "43-4071"}


def main(download: Path, year: int) -> None:
    rows = rows_of(download)
    kept = [row for row in rows if row["OCC_CODE"] in OCCUPATIONS and row["I_GROUP"] == "cross-industry"]
    workbook(EXCERPTS / f"all_data_M_{year}.xlsx", kept, year=year, header=list(rows[0]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
