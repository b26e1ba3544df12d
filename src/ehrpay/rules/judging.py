"""Whether a file has the shape of its kind: what its model finds wrong, as findings in words of ours."""

from __future__ import annotations

import copy
import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from ehrpay.rules.finding import Finding
from ehrpay.rules.shape.fields import ID, UNJUDGED, URL
from ehrpay.rules.shape.layout import Columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.rules.finding import Passage, RuleFile
    from ehrpay.rules.shape.kinds import Kind
    from ehrpay.rules.shape.layout import Path

UNKNOWN_KEY, MISSING_KEY, WRONG_VALUE = "E201", "E202", "E203"
REPLACED = "what has sources of its own is replaced whole; write all its keys"
BOUNDS = {
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "greater_than": "must be more than {gt}",
    "too_short": "has {actual_length} items and must have at least {min_length}",
    "too_long": "has {actual_length} items and must have at most {max_length}",
    "string_too_long": "has more than {max_length} characters",
}
"""What is said of a bound, whose number pydantic knows."""
TYPES = {
    "int_type": "expected a whole number",
    "string_type": "expected text",
    "string_too_short": "expected text, not an empty one",
    "string_pattern_mismatch": "is not written as expected here",
    "bool_type": "expected true or false",
    "list_type": "expected a list",
    "tuple_type": "expected a list",
    "dict_type": "expected keys with values",
    "model_type": "expected keys with values",
}
"""What is said of a value of another type."""
FORMS = {
    ID: "use lowercase letters, digits and single hyphens, as in our-survey-2026",
    URL: "write an address that starts with https:// or http://, without spaces",
    r"^\d\d-\d{4}$": 'write the code of an occupation in quotes, such as "29-2072"',
    r"^\d{4}$": 'write four digits in quotes, such as "0675"',
    r"^\d{5}$": 'write five digits in quotes, such as "19740"',
    r"^\d{4}Q[1-4]$": 'write the year and the quarter, such as "2026Q2"',
    r"^\d{2,4}(\.\d{1,3})?$": 'write a number in quotes, with at most three decimals, such as "179.1"',
    r"^[A-Z]{2}$": 'write a state\'s two capital letters in quotes, such as "CO"',
    r"^[A-Z]{2,4}$": 'write the capital letters of OPM\'s code, such as "DEN"',
    r"^([3-9]|10)$": 'write a grade from 3 to 10 in quotes, such as "5"',
}
"""How to write what has to be of a form."""


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
    ids: dict[Path, list[str]] = {}
    for one in error.errors(include_url=False, include_input=False):
        loc = (*one["loc"], *one.get("ctx", {}).get("at", ()))
        path, last = _in_file(file.data, loc), str(loc[-1]) if loc else ""
        if one["type"] == UNJUDGED:
            continue
        here, around = file.below(path), file.below(path[:-1])
        if one["type"] == "extra_forbidden":
            keys = tuple(around.layout.keys)
            message, hint = f"unknown key '{last}'", f"keys allowed here: {', '.join(keys)}"
            yield Finding(here, UNKNOWN_KEY, message, help=hint, key=True, word=last, choices=keys)
        elif one["type"] == "missing":
            yield _missing(file, around, last, ids)
        else:
            help_ = one.get("ctx", {}).get("help", "") or _written(one, here)
            yield Finding(here, WRONG_VALUE, _sentence(one), help=help_)


def _missing(file: Passage, here: Passage, key: str, ids: dict[Path, list[str]]) -> Finding:
    """What a mapping lacks, or a row of a table; `ids` keeps those of lists that were asked for."""
    above, over = file.below(here.path[:-1]), _source(here) != _source(file)
    columns = above.layout.mark(Columns)
    if columns and isinstance(here.data, list):
        names = ", ".join(columns.names)
        message = f"a row has {len(columns.names)} values ({names}), not {len(here.data)}"
        return Finding(here, WRONG_VALUE, message)
    # An overlay's value never takes a key from the one that it replaces.
    whole = REPLACED if over and "sources" in here.layout.keys else ""
    word, choices = _mistyped(file, here, ids) if over and not whole else ("", [])
    message = f"key '{key}' is missing"
    return Finding(here, MISSING_KEY, message, help=whole, key=True, word=word, choices=choices)


def _mistyped(file: Passage, here: Passage, ids: dict[Path, list[str]]) -> tuple[str, list[str]]:
    """The id of an item that an overlay adds to a list, and those below it that it may have meant to change."""
    item, top = here.data, here.path[:-1]
    if not isinstance(item, dict) or not isinstance(item.get("id"), str):
        return "", []
    if top not in ids:
        below = (one.data for one in file.below(top).items("id") if _source(one) == _source(file))
        ids[top] = [id_ for id_ in below if isinstance(id_, str)]
    # An id that is there twice isn't mistyped.
    return item["id"], [] if item["id"] in ids[top] else ids[top]


def _source(here: Passage) -> str:
    """The file that a value was written in."""
    return here.where.rpartition(":")[0]


def _written(one: Any, here: Passage) -> str:
    """How to write a value of the type or the form that is expected."""
    kind, value = one["type"], here.data
    if kind == "string_pattern_mismatch":
        return FORMS.get(one["ctx"]["pattern"], "")
    if kind == "model_type":
        return f"keys allowed here: {', '.join(here.layout.keys)}"
    if kind == "string_type" and type(value) in (int, Decimal):
        return f'write "{value}"'
    if kind == "list_type":
        single = isinstance(value, str) and re.fullmatch(r"[\w-]+", value)
        return f"write [{value}]" if single else 'start each item on its own line with "- "'
    return _whole_like(value) if kind.startswith("int_") else ""


def _whole_like(value: Any) -> str:
    """How to write a whole number where something else stands: `$45,000` is 45000."""
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
    if bound := BOUNDS.get(one["type"]):
        # A decimal's bound comes as the text `Decimal('0.1')`.
        return re.sub(r"Decimal\('(.*?)'\)", r"\1", bound.format(**one["ctx"]))
    message = TYPES.get(one["type"]) or str(one["msg"]).removeprefix("Value error, ")
    message = message.replace("Input should be", "should be")
    return message[0].lower() + message[1:]
