"""Files of cases and of people: read, judged by their models, each name once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ehrpay import shipped
from ehrpay.domain.profile import from_texts
from ehrpay.domain.review.moves import Person
from ehrpay.errors import DataError, InputError
from ehrpay.rules.finding import RuleFile, concise_list, placed, twice
from ehrpay.rules.judging import judge
from ehrpay.rules.shape.kinds import PEOPLE
from ehrpay.strict.source import read_yaml
from ehrpay.text import clean

if TYPE_CHECKING:
    from ehrpay.rules.shape.kinds import Kind
    from ehrpay.strict.problem import Problem

TESTS = "tests"
"""The folder of cases in a folder of rules."""
REFERENCE = "tests/reference/profiles.yaml"
"""The people that two sets of rules are compared by."""
UNREADABLE = "E134"


def read_named(path: Path, shown: str, kind: Kind) -> tuple[RuleFile, list[Problem]]:
    """A file that is a list of named things, and every problem of it; `shown` is its name in problems."""
    data, marks, problems = read_yaml(path, shown)
    file = RuleFile(shown, data, marks)
    if not problems:
        found = judge(file, kind) or [one for things in file.passage.each() for one in twice(things, "name")]
        problems = sorted(placed(found), key=lambda one: (one.line, one.column))
    return file, problems


def people(file: str | None = None) -> list[Person]:
    """The profiles of a file, the shipped ones without. InputError (66) and DataError (65) name file and line."""
    path = shipped.folder() / REFERENCE if file is None else Path(file)
    read, problems = read_named(
        path, f"rules/{REFERENCE}" if file is None else clean(path.as_posix()), PEOPLE
    )
    if problems:
        error = InputError if problems[0].code == UNREADABLE else DataError
        raise error(concise_list("the profiles have", problems))
    return [
        Person(one["name"].strip(), from_texts(one.get("profile") or {}), one.get("method", "auto"))
        for one in read.data["profiles"]
    ]
