"""Where each value of a JSON text stands, found by walking its tokens, with what is wrong besides the grammar.

Python's own reader knows no lines behind a value, keeps the last of two equal keys and takes NaN for a number.
The text has passed it already, so that here every token is where the grammar wants it.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from ehrpay.errors import DataError, shown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

DEPTH = 40
"""The deepest nesting, as in YAML files; an offer needs four."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]++')
_NO_NUMBERS = ("NaN", "Infinity", "-Infinity")


class _Open:
    """A collection being walked: its path, the keys so far, and the step of the next value."""

    __slots__ = ("keys", "path", "step", "wants_key")

    def __init__(self, path: tuple[Any, ...], *, mapping: bool) -> None:
        self.path = path
        self.keys: set[str] | None = set() if mapping else None
        self.step: Any = 0
        self.wants_key = mapping


class Spots(NamedTuple):
    """The place of every value by its path, and of the file."""

    file: str
    starts: Sequence[int]
    at: dict[tuple[Any, ...], int]

    def place(self, path: Sequence[Any]) -> str:
        """The file and line of the value at a path, or of its nearest parent that is in the file."""
        steps = tuple(path)
        while steps not in self.at:
            steps = steps[:-1]
        return f"{self.file}:{bisect_right(self.starts, self.at[steps])}"


def spots(text: str, file: str) -> Spots:
    """The spots of a text that the JSON reader accepts. DataError for a key given twice, NaN, or deep nesting."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    at: dict[tuple[Any, ...], int] = {}
    stack: list[_Open] = []
    for found in _TOKEN.finditer(text):
        sign = found[0]
        if sign in "]}":
            stack.pop()
        elif sign == ",":
            _next(stack[-1])
        elif stack and stack[-1].wants_key:
            _key(stack[-1], sign, f"{_place(file, starts, found.start())}: ")
        elif sign != ":":
            path = (*stack[-1].path, stack[-1].step) if stack else ()
            at[path] = found.start()
            if sign in _NO_NUMBERS:
                _stop(f"{_place(file, starts, found.start())}: {sign} is not JSON")
            if sign in "[{":
                stack.append(_Open(path, mapping=sign == "{"))
            if len(stack) > DEPTH:
                _stop(f"{_place(file, starts, found.start())}: nested deeper than {DEPTH}")
    return Spots(file, starts, at)


def _next(top: _Open) -> None:
    """A comma: the next key, or the next item of the list."""
    if top.keys is None:
        top.step += 1
    else:
        top.wants_key = True


def _key(top: _Open, sign: str, label: str) -> None:
    key = json.loads(sign)
    if top.keys is None or key in top.keys:
        _stop(f"{label}key {shown(key)} is given twice in one object")
    else:
        top.keys.add(key)
        top.step, top.wants_key = key, False


def _place(file: str, starts: Sequence[int], offset: int) -> str:
    line = bisect_right(starts, offset)
    return f"{file}:{line}:{offset - starts[line - 1] + 1}"


def _stop(message: str) -> None:
    raise DataError(message)
