"""Copies of the shipped rules as they were before a publisher's newest values."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXCERPTS = Path(__file__).parent / "excerpts"

# What the excerpts are of; docs/refresh.md says how to make them anew when the rules have newer values.
OEWS_YEAR, GS_YEAR, PARITY_YEAR, ECI_QUARTER = 2025, 2026, 2024, "2026Q1"


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path below it."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def edit(rules: Path, name: str, pattern: str, new: str) -> None:
    """Change every match in a file; there must be one."""
    text = (rules / name).read_text(encoding="utf-8")
    changed, count = re.subn(pattern, new, text)
    assert count, f"{name}: no {pattern}"
    (rules / name).write_text(changed, encoding="utf-8", newline="\n")


def without_oews(rules: Path) -> None:
    edit(rules, "occupations.yaml", rf"      - effective: {OEWS_YEAR}-05-01\n(?:        .*\n)+", "")
    for name in ("states", "metros", "nonmetros"):
        edit(rules, f"areas/{name}.yaml", rf"  - effective: {OEWS_YEAR}-05-01\n(?:    .*\n)+", "")
    # Puerto Rico, and every metropolitan area, is there from May 2025 only.
    edit(rules, "areas/states.yaml", r'  "PR": .*\n', "")
    edit(rules, "areas/metros.yaml", r'  "\d{5}": .*\n', "")


def without_gs_base(rules: Path) -> None:
    edit(rules, "federal/gs-base.yaml", rf"  - effective: {GS_YEAR}-01-01\n(?:    .*\n)+", "")


def without_gs_locality(rules: Path) -> None:
    edit(rules, "federal/gs-locality.yaml", rf"      - \{{effective: {GS_YEAR}-01-01,.*\n", "")
    edit(rules, "federal/gs-rules.yaml", rf"  - \{{effective: {GS_YEAR}-01-01,.*\n", "")


def without_parities(rules: Path) -> None:
    """The file holds one year: every parity but the nation's is made another."""
    edit(rules, "places/parities.tsv", r"(?m)^(?!US)(\S+)\t(\d+)(\d)$", r"\1\t\g<2>0")


def without_eci(rules: Path) -> None:
    """Without the newest quarter; the assumption that follows the readings starts earlier."""
    edit(rules, "ageing.yaml", rf'    - \{{quarter: "{ECI_QUARTER}".*\n', "")
    edit(
        rules,
        "ageing.yaml",
        r"    effective: .*\n    sources: .*\n",
        f"    effective: 2025-12-01\n    sources: [{OLD}]\n",
    )
    edit(rules, "ageing.yaml", "    review_by: .*\n", "    review_by: 2026-09-30\n")


OLD = "eci-ciu202"
