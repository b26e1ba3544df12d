"""Offers from YAML and JSON: a mapping with `offers`, and perhaps `person` and `home`, or the list alone in JSON.

A value's place is its line in YAML; in JSON, whose reader keeps no lines, its path, as `offers.json:offers[2]`.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ehrpay.csv_lines import decode
from ehrpay.errors import DataError, shown
from ehrpay.offers.cells import Cell, Problems, Row, Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ehrpay.strict.problem import Problem

    Locate = Callable[[Sequence[Any]], str]

TOP = ("home", "person", "offers")
DRAWN = 5
"""The most problems of the YAML itself shown with their source lines; the others take one line each."""

_FOR_OFFERS = {
    "E106": ("the file lists no offers: it is empty or only comments", ""),
    "E107": ("expected a mapping at the top", "write 'offers:' on a line above the list"),
}
"""Message and help of problems whose own words are about rule files."""


def yaml_rows(path: str, data: bytes, problems: Problems) -> Rows:
    """The rows of a YAML file, read as strictly as rules. DataError with every problem of the YAML itself."""
    from ehrpay.strict.problem import concise, full
    from ehrpay.strict.source import read_bytes

    content = read_bytes(data, path)
    if content.problems:
        worded = [_for_offers(problem) for problem in content.problems]
        lines = [full(problem) for problem in worded[:DRAWN]] + [
            concise(problem) for problem in worded[DRAWN:]
        ]
        raise DataError("\n".join([f"{path} is not a list of offers:", *lines]))
    return _rows(content.data, content.marks.place, problems)


def _for_offers(problem: Problem) -> Problem:
    message, hint = _FOR_OFFERS.get(problem.code, (problem.message, problem.help))
    return replace(problem, message=message, help=hint)


def json_rows(path: str, data: bytes, problems: Problems) -> Rows:
    """The rows of a JSON file. DataError for anything else, NaN and duplicate keys included."""
    content = _parsed(path, decode(path, data))
    if not isinstance(content, (dict, list)):
        raise DataError(f"{path}:1: should be an object with a list of offers")
    bare = isinstance(content, list)

    def locate(keys: Sequence[Any]) -> str:
        match keys:
            case ("offers", number, *_):
                return f"{path}:{'' if bare else 'offers'}[{number}]"
            case ("person", *_):
                return f"{path}:person"
            case _:
                return path

    return _rows({"offers": content} if isinstance(content, list) else content, locate, problems)


def _parsed(path: str, text: str) -> Any:
    """Plain data; numbers stay as written, so that 61000.50 is no binary fraction."""

    def constant(name: str) -> None:
        raise DataError(f"{path}: {name} is not JSON")

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        content = dict(pairs)
        if len(content) < len(pairs):
            key = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
            raise DataError(f"{path}: key {shown(key)} is given twice in one object")
        return content

    try:
        return json.loads(
            text, parse_int=str, parse_float=str, parse_constant=constant, object_pairs_hook=unique
        )
    except json.JSONDecodeError as error:
        raise DataError(f"{path}:{error.lineno}:{error.colno}: not valid JSON: {error.msg}") from error
    except RecursionError as error:
        raise DataError(f"{path}: nested too deep") from error


def _rows(data: dict[str, Any], locate: Locate, problems: Problems) -> Rows:
    """The rows of a file's data; `locate` gives the place of a path of keys."""
    for key in data:
        if key not in TOP:
            problems.add_unknown(locate((key,)), key, TOP)
    listed = data.get("offers")
    if not isinstance(listed, list):
        problems.add(locate(("offers",)), "offers: should be a list of offers")
        listed = []
    rows = [_row(raw, f"offer {n + 1}", ("offers", n), locate, problems) for n, raw in enumerate(listed)]
    offers = tuple(row for row in rows if row is not None)
    given = data.get("person")
    person = None if given is None else _row(given, "person", ("person",), locate, problems)
    home = None if data.get("home") is None else Cell(data["home"], locate(("home",)))
    if person is not None and "home" in person.cells:
        cells = dict(person.cells)
        home, person = cells.pop("home"), person._replace(cells=cells)
    return Rows(offers, person, home)


def _row(raw: Any, name: str, keys: tuple[Any, ...], locate: Locate, problems: Problems) -> Row | None:
    if not isinstance(raw, dict):
        problems.add(locate(keys), f"{name}: should be a mapping of keys to values")
        return None
    return Row({key: Cell(value, locate((*keys, key))) for key, value in raw.items()}, locate(keys))
