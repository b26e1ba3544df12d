"""The rules' own tests: every YAML case in rules/tests, by its sentence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.each import each

from ehrpay.cases import Case, mismatches, read

if TYPE_CHECKING:
    from ehrpay.domain.estimate.rulebook import Rulebook

FOLDER = Path(__file__).parents[1] / "rules" / "tests"
BOOKS: dict[str, Rulebook] = {}


@each("case", read((path, path.name) for path in sorted(FOLDER.glob("*.yaml"))))
def test_case(case: Case) -> None:
    """A case's answer is what its sentence says."""
    assert [miss.sentence for miss in mismatches(case, BOOKS)] == []
