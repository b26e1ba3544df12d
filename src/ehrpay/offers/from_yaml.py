"""Offers from YAML, read as strictly as rules: `home`, `person` and a list of `offers`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ehrpay.errors import DataError
from ehrpay.offers.tree import rows_of
from ehrpay.strict.problem import concise, full
from ehrpay.strict.source import read_bytes

if TYPE_CHECKING:
    from ehrpay.offers.sheet import Problems, Rows
    from ehrpay.strict.problem import Problem

DRAWN = 5
"""So many problems are drawn with their lines; the others take a line each."""

# What the reader says of rules, said of offers.
_SAID = {
    "E106": ("the file lists no offers: it is empty or only comments", ""),
    "E107": ("expected a mapping at the top", "write 'offers:' on a line above the list"),
}


def rows(path: str, data: bytes, problems: Problems) -> Rows:
    """The file's offers. DataError with every problem of the YAML, its line and a caret."""
    found = read_bytes(data, path)
    if found.problems:
        told = [_of_offers(problem) for problem in found.problems]
        lines = [full(problem) for problem in told[:DRAWN]] + [concise(problem) for problem in told[DRAWN:]]
        msg = "\n".join([f"{path} is not a list of offers:", *lines])
        raise DataError(msg)
    return rows_of(found.data, found.marks.place, problems)


def _of_offers(problem: Problem) -> Problem:
    message, hint = _SAID.get(problem.code, (problem.message, problem.help))
    return replace(problem, message=message, help=hint)
