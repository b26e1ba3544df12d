"""Files of cases to data with marks, and every problem found: unknown keys get the nearest name."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.shape.cases import Ahead, Case, Cases, Person, Refusal
from ehrpay.strict.source import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic import BaseModel

    from ehrpay.strict.marks import Marks
    from ehrpay.strict.problem import Problem

PARTS: dict[str, type[BaseModel]] = {"profile": Person, "error": Refusal, "ladder": Ahead}


class CaseFile(NamedTuple):
    """A file of cases: its cases, where each value stands, and what is wrong (then there are no cases)."""

    cases: list[dict[str, Any]]
    marks: Marks
    problems: list[Problem]


def read_cases(path: Path, shown: str) -> CaseFile:
    """Read and judge one file; `shown` is its name in problems."""
    data, marks, problems = read_yaml(path, shown)
    if problems:
        return CaseFile([], marks, problems)
    try:
        Cases.model_validate(data)
    except ValidationError as error:
        return CaseFile([], marks, list(_problems(error, data, marks)))
    return CaseFile(data["cases"], marks, list(_twice(data["cases"], marks)))


def _problems(error: ValidationError, data: Any, marks: Marks) -> Iterator[Problem]:
    for one in error.errors(include_url=False):
        path = _in_file(data, one["loc"])
        if one["type"] == "extra_forbidden":
            name = str(one["loc"][-1])
            hint = _near(name, _keys(path[:-1]))
            yield marks.problem("E201", path, f"unknown key '{name}'", key=True, help=hint)
        elif one["type"] == "missing":
            yield marks.problem("E202", path, f"key '{one['loc'][-1]}' is missing", key=True)
        else:
            message = str(one["msg"]).removeprefix("Value error, ").replace("Input should be", "should be")
            yield marks.problem("E203", path, message[0].lower() + message[1:])


def _in_file(data: Any, loc: tuple[Any, ...]) -> tuple[Any, ...]:
    """The part of a model's path that stands in the file; names of a union's members do not."""
    path: list[Any] = []
    for key in loc:
        inside = isinstance(data, dict) and key in data
        if inside or (isinstance(data, list) and isinstance(key, int) and key < len(data)):
            data = data[key]
            path.append(key)
    return tuple(path)


def _keys(path: tuple[Any, ...]) -> list[str]:
    """The keys allowed in the mapping at a path."""
    model: type[BaseModel] = Case if path else Cases
    for key in path:
        model = PARTS.get(key, model)
    return list(model.model_fields)


def _near(name: str, keys: list[str]) -> str:
    near = get_close_matches(name, keys, n=1)
    return f"did you mean '{near[0]}'?" if near else f"keys allowed here: {', '.join(keys)}"


def _twice(cases: list[dict[str, Any]], marks: Marks) -> Iterator[Problem]:
    """A sentence names one case: two with the same could not be told apart."""
    seen: dict[str, int] = {}
    for i, raw in enumerate(cases):
        first = seen.setdefault(raw["name"], i)
        if first != i:
            other = marks.mark(("cases", first, "name"), "the first")
            path = ("cases", i, "name")
            yield marks.problem("E304", path, f"'{raw['name']}' stands twice", others=[other])
