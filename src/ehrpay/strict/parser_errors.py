"""What the YAML parser says when it can't read on, as a problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.strict.marks import mark, problem

if TYPE_CHECKING:
    from ehrpay.strict.marks import SourceFile, Spot
    from ehrpay.strict.problem import Problem

# The words are those of PyYAML's two parsers.
_HINTS = {
    "mapping values are not allowed": "put text with ': ' in quotes, or check the indentation",
    "cannot start any token": "put text that starts with a special character in quotes",
    "expected <block end>": "check the indentation: keys of one mapping start in the same column",
    "did not find expected key": "check the indentation: keys of one mapping start in the same column",
    "block sequence entries are not allowed": "put the list on the next line",
}


def broken(error: Exception, file: SourceFile, last: Spot) -> Problem:
    """A parser's error as a problem; an error without a place stands where the last value did."""
    at = getattr(error, "problem_mark", None)
    began = getattr(error, "context_mark", None)
    spot = file.before_end((file, at.line, at.column, at.column) if at else last)
    said = getattr(error, "problem", None) or "it can't be read past here"
    others = []
    if began and (began.line, began.column) != spot[1:3]:
        context = getattr(error, "context", None) or "started here"
        others.append(mark((file, began.line, began.column, began.column), context))
    hint = next((hint for words, hint in _HINTS.items() if words in said), "")
    return problem("E105", spot, f"not valid YAML: {said}", help=hint, others=others)
