"""Whether a file has the shape of its kind: what its model finds wrong, as findings in words of ours."""

from __future__ import annotations

import copy
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ehrpay.rules.finding import Finding
from ehrpay.rules.shape.fields import UNJUDGED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.rules.finding import Passage, RuleFile
    from ehrpay.rules.shape.kinds import Kind
    from ehrpay.rules.shape.layout import Path

UNKNOWN_KEY, MISSING_KEY, WRONG_VALUE = "E201", "E202", "E203"
BOUNDS = {"greater_than_equal": ("at least", "ge"), "less_than_equal": ("at most", "le")}


def judge(file: RuleFile, kind: Kind) -> list[Finding]:
    """What is wrong with a file's shape; nothing where it is right."""
    here = file.passage._replace(layout=kind.layout)
    try:
        kind.model.model_validate(file.data, context=Counter())
    except ValidationError as error:
        found = list(_findings(error, here))
        return [*found, *_hidden(found, here, kind)]
    return []


def _hidden(found: list[Finding], file: Passage, kind: Kind) -> Iterator[Finding]:
    """What is wrong besides unknown keys, which keep pydantic from judging a mapping as a whole."""
    extra = [one.here.path for one in found if one.code == UNKNOWN_KEY]
    if not extra:
        return
    rest = copy.deepcopy(file.data)
    for *path, key in extra:
        inside: Any = rest
        for step in path:
            inside = inside[step]
        inside.pop(key, None)
    seen = {(one.here.path, one.message) for one in found}
    try:
        kind.model.model_validate(rest, context=Counter())
    except ValidationError as error:
        again = _findings(error, file)
        yield from (one for one in again if (one.here.path, one.message) not in seen)


def _findings(error: ValidationError, file: Passage) -> Iterator[Finding]:
    for one in error.errors(include_url=False, include_input=False):
        path, last = _in_file(file.data, one["loc"]), str(one["loc"][-1]) if one["loc"] else ""
        if one["type"] == UNJUDGED:
            continue
        here, around = file.below(path), file.below(path[:-1])
        if one["type"] == "extra_forbidden":
            keys = tuple(around.layout.keys)
            message, hint = f"unknown key '{last}'", f"keys allowed here: {', '.join(keys)}"
            yield Finding(here, UNKNOWN_KEY, message, help=hint, key=True, word=last, choices=keys)
        elif one["type"] == "missing":
            word, choices = _mistyped(file, around)
            message = f"key '{last}' is missing"
            yield Finding(around, MISSING_KEY, message, key=True, word=word, choices=choices)
        else:
            help_ = one.get("ctx", {}).get("help", "") or _whole_like(one["type"], here.data)
            yield Finding(here, WRONG_VALUE, _sentence(one), help=help_)


def _mistyped(file: Passage, here: Passage) -> tuple[str, list[str]]:
    """The id of an item that an overlay adds to a list, and those it may have meant to change."""
    item, above = here.data, file.below(here.path[:-1]).data
    if not isinstance(above, list) or not isinstance(item, dict) or not isinstance(item.get("id"), str):
        return "", []
    if _source(here) == _source(file):
        return "", []
    others = (one.get("id") for one in above if isinstance(one, dict) and one is not item)
    return item["id"], [id_ for id_ in others if isinstance(id_, str)]


def _source(here: Passage) -> str:
    """The file that a value was written in."""
    return here.where.rpartition(":")[0]


def _whole_like(kind: str, value: Any) -> str:
    """How to write a whole number where something else stands: `$45,000` is 45000."""
    if not kind.startswith("int_"):
        return ""
    digits = re.sub(r"[$,_\s]", "", value) if isinstance(value, str) else ""
    if re.fullmatch(r"[0-9]{1,12}", digits):
        return f"write {digits}"
    return "write a whole number of digits alone, such as 45000"


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
