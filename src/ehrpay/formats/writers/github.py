"""Problems of files as GitHub's workflow commands, which show each beside its line in a review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.text import clean

if TYPE_CHECKING:
    from ehrpay.strict.problem import Problem

NEEDS = "problems"
LEVELS = {"error": "error", "warning": "warning", "note": "notice"}
"""What GitHub calls each severity in its annotations."""


def write(view: Any, _screen: object) -> str:
    """One command a problem."""
    return "".join(f"{_annotation(one)}\n" for one in view.problems())


def _annotation(one: Problem) -> str:
    places = {"file": one.path, "line": one.line, "endLine": one.line, "col": one.column}
    named = {**places, "endColumn": one.end_column, "title": f"{one.code} {one.severity}"}
    fields = ",".join(f"{key}={_escaped(str(value), field=True)}" for key, value in named.items())
    return f"::{LEVELS[one.severity]} {fields}::{_escaped(one.sentences)}"


def _escaped(text: str, *, field: bool = False) -> str:
    """A text as a workflow command carries it: nothing in it ends the command or a field."""
    for char in "%\r\n" + (":," if field else ""):
        text = text.replace(char, f"%{ord(char):02X}")
    return clean(text)
