"""Whether a file has the shape of its kind: what its model finds wrong, as findings in words of ours."""

from __future__ import annotations

import copy
from collections import Counter
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ehrpay.rules.finding import Finding
from ehrpay.rules.shape.fields import UNJUDGED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.rules.finding import Path, RuleFile
    from ehrpay.rules.shape.kinds import Kind

UNKNOWN_KEY, MISSING_KEY, WRONG_VALUE = "E201", "E202", "E203"
BOUNDS = {"greater_than_equal": ("at least", "ge"), "less_than_equal": ("at most", "le")}


def judge(file: RuleFile, kind: Kind) -> list[Finding]:
    """What is wrong with a file's shape; nothing where it is right."""
    try:
        kind.model.model_validate(file.data, context=Counter())
    except ValidationError as error:
        found = list(_findings(error, file, kind))
        return [*found, *_hidden(found, file, kind)]
    return []


def _hidden(found: list[Finding], file: RuleFile, kind: Kind) -> Iterator[Finding]:
    """What is wrong besides unknown keys, which keep pydantic from judging a mapping as a whole."""
    extra = [one.path for one in found if one.code == UNKNOWN_KEY]
    if not extra:
        return
    rest = copy.deepcopy(file.data)
    for *path, key in extra:
        inside: Any = rest
        for step in path:
            inside = inside[step]
        inside.pop(key, None)
    seen = {(one.path, one.message) for one in found}
    try:
        kind.model.model_validate(rest, context=Counter())
    except ValidationError as error:
        again = _findings(error, file, kind)
        yield from (one for one in again if (one.path, one.message) not in seen)


def _findings(error: ValidationError, file: RuleFile, kind: Kind) -> Iterator[Finding]:
    for one in error.errors(include_url=False, include_input=False):
        path, last = _in_file(file.data, one["loc"]), str(one["loc"][-1]) if one["loc"] else ""
        if one["type"] == UNJUDGED:
            continue
        if one["type"] == "extra_forbidden":
            keys = tuple(kind.layout.at(path[:-1]).keys)
            message, hint = f"unknown key '{last}'", f"keys allowed here: {', '.join(keys)}"
            yield Finding(file.name, path, UNKNOWN_KEY, message, help=hint, key=True, word=last, choices=keys)
        elif one["type"] == "missing":
            yield Finding(file.name, path[:-1], MISSING_KEY, f"key '{last}' is missing", key=True)
        else:
            yield Finding(file.name, path, WRONG_VALUE, _sentence(one))


def _in_file(data: Any, loc: tuple[Any, ...]) -> Path:
    """The part of a model's path that stands in the file: not the names of a union's members or of validators."""
    path: list[Any] = []
    for key in loc:
        inside = isinstance(data, dict) and key in data
        if inside or (isinstance(data, list) and isinstance(key, int) and key < len(data)):
            data = data[key]
            path.append(key)
        elif key == loc[-1]:
            path.append(key)
    return tuple(path)


def _sentence(one: Any) -> str:
    if one["type"] in BOUNDS:
        words, key = BOUNDS[one["type"]]
        bound = str(one["ctx"][key]).removeprefix("Decimal('").removesuffix("')")
        return f"must be {words} {bound}"
    message = str(one["msg"]).removeprefix("Value error, ").replace("Input should be", "should be")
    return message[0].lower() + message[1:]
