"""The people that two sets of rules are compared by: the shipped reference profiles, or a file of one's own."""

from __future__ import annotations

from pathlib import Path

from ehrpay import shipped
from ehrpay.domain.profile import from_texts
from ehrpay.domain.review.moves import Person
from ehrpay.errors import DataError, InputError
from ehrpay.rules.case_files import read_named
from ehrpay.rules.rule_file import concise_list
from ehrpay.rules.shape.kinds import PEOPLE
from ehrpay.text import clean

SHIPPED = "tests/reference/profiles.yaml"
UNREADABLE = "E134"


def people(file: str | None = None) -> list[Person]:
    """The profiles of a file, the shipped ones without. InputError (66) and DataError (65) name file and line."""
    path = shipped.folder() / SHIPPED if file is None else Path(file)
    read, problems = read_named(path, f"rules/{SHIPPED}" if file is None else clean(path.as_posix()), PEOPLE)
    if problems:
        error = InputError if problems[0].code == UNREADABLE else DataError
        raise error(concise_list("the profiles have", problems))
    return [
        Person(one["name"].strip(), from_texts(one.get("profile") or {}), one.get("method", "auto"))
        for one in read.data["profiles"]
    ]
