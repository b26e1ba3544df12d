"""Counts of people by grade: what their file may hold, and counts that can never act."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError
from tests.each import each

from ehrpay.rules.advice.unreached import unreached
from ehrpay.rules.finding import Files, RuleFile
from ehrpay.rules.shape.federal import Employment
from ehrpay.strict.marks import Marks, SourceFile


def counts(*rows: tuple[int, int, int], id_: str = "va-0675", agency: str = "va") -> dict[str, Any]:
    """One agency's count of one day."""
    return {
        "id": id_,
        "who": "VHA",
        "agencies": [agency],
        "series": "0675",
        "counts": [
            {
                "effective": "2025-03-01",
                "sources": ["opm"],
                "basis": "official",
                "rows": [[*row] for row in rows],
            }
        ],
    }


def test_grades_that_rise_with_people_and_pay_are_right() -> None:
    assert Employment.model_validate({"employment": [counts((4, 47, 42_834), (5, 132, 46_732))]})


@each(
    ("employment", "message"),
    [
        ([counts((5, 132, 46_732), (4, 47, 42_834))], "must rise"),
        ([counts((4, 47, 42_834), (4, 48, 42_900))], "must rise"),
        ([counts((4, 0, 42_834))], "greater than 0"),
        ([counts((4, 47, 42))], "greater than or equal to 1000"),
        ([counts((16, 47, 42_834))], "less than or equal to 15"),
        ([counts((4, 47, 42_834)), counts((4, 47, 42_834), id_="again")], "counted in two lists"),
    ],
)
def test_a_slip_in_a_count_is_an_error(employment: list[dict[str, Any]], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Employment.model_validate({"employment": employment})


def test_a_count_at_an_employer_without_grades_never_acts() -> None:
    data: dict[str, dict[str, Any]] = {
        "agencies/private.yaml": {"agency": "private", "pay_plan": None},
        "federal/employment.yaml": {"employment": [counts((4, 47, 42_834), agency="private")]},
    }
    files = (RuleFile(name, below, Marks(SourceFile(name).start)) for name, below in data.items())
    found = unreached(Files("rules", {file.name: file.passage for file in files}))
    told = [one.message for one in found if one.here.marks.file.path == "federal/employment.yaml"]
    assert told == ["an employer without a pay plan has no grades"]
