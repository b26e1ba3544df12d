"""Make `tests/frozen_rules` anew: the shipped rules of a day, with the wages of a few areas.

Golden screens rest on it, so that a new employer or a corrected number changes no screen. Run it when the shape of
rule files changes (`uv run python -m tests.freeze_rules`), then `pytest --update-snapshots`.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

HERE = Path(__file__).parent
FROZEN = HERE / "frozen_rules"
KEPT = {
    *(
        "10180",
        "14260",
        "17140",
        "19740",
        "35620",
        "41740",
        "41860",
        "41940",
        "46700",
        "47900",
        "40900",
        "35300",
    ),
    *("0800001", "0800002", "0800003", "1600006", "1600007"),
}
"""The metropolitan and nonmetropolitan areas that stay, by code; all states do."""
ROW = re.compile(r'\s*(?:- \[)?"(\d{5}|\d{7})"[:,]')


def cut(text: str) -> str:
    """An area table with the rows and names of the areas that are kept."""
    lines = text.splitlines(keepends=True)
    return "".join(line for line in lines if not (found := ROW.match(line)) or found[1] in KEPT)


def freeze() -> None:
    """Copy the rule files and the reference people; of places, only the page that cites their sources."""
    if FROZEN.exists():
        shutil.rmtree(FROZEN)
    shutil.copytree(HERE.parent / "rules", FROZEN, ignore=shutil.ignore_patterns("tests", "*.tsv"))
    shutil.copytree(HERE.parent / "rules/tests/reference", FROZEN / "tests/reference")
    for path in (FROZEN / "areas").iterdir():
        path.write_text(cut(path.read_text("utf-8")), "utf-8", newline="\n")


if __name__ == "__main__":
    freeze()
