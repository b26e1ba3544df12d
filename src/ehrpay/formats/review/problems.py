"""Problems of rule files as text: for people, for scripts, for the reviews of a code host."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ehrpay.strict.problem import concise, full
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ehrpay.strict.problem import Mark, Problem

SCHEMA = "ehrpay/rules-validate/1"
SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/")
"""The bytes that stand for themselves in an address."""

LEVELS = {"error": "error", "warning": "warning", "note": "notice"}
"""What a code host calls each severity in its annotations."""


def as_full(problems: Sequence[Problem]) -> str:
    """Each with its line and a caret, a blank line between two."""
    return "".join(f"{full(one)}\n\n" for one in problems)


def as_concise(problems: Sequence[Problem]) -> str:
    """One line each: `file:line:column: code sentence`."""
    return "".join(f"{concise(one)}\n" for one in problems)


def as_github(problems: Sequence[Problem]) -> str:
    """Workflow commands, which show each problem beside its line in a review."""
    return "".join(f"{_annotation(one)}\n" for one in problems)


def as_json(problems: Sequence[Problem], files: int, as_of: str) -> str:
    """One object: counts, and the problems with their places."""
    told = {
        "schema": SCHEMA,
        "as_of": as_of,
        "files": files,
        **counts(problems),
        "problems": [_record(one) for one in problems],
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def as_sarif(problems: Sequence[Problem], meanings: Mapping[str, str], version: str) -> str:
    """A SARIF 2.1.0 log, which code scanners exchange."""
    used = sorted({one.code for one in problems})
    driver = {
        "name": "ehrpay",
        "version": version,
        "rules": [{"id": code, "shortDescription": {"text": meanings[code]}} for code in used],
    }
    results = [_result(one, used) for one in problems]
    log = {
        "$schema": SARIF,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def counts(problems: Sequence[Problem]) -> dict[str, int]:
    """How many errors, warnings and notes."""
    severities = [one.severity for one in problems]
    return {f"{name}s": severities.count(name) for name in ("error", "warning", "note")}


def summary(problems: Sequence[Problem], files: int) -> str:
    """One line: `28 files: no errors, 10 warnings, 1 note`."""
    told = [
        f"{count or 'no'} {name if count != 1 else name[:-1]}" for name, count in counts(problems).items()
    ]
    return f"{files} {'file' if files == 1 else 'files'}: {', '.join(told)}\n"


def _annotation(one: Problem) -> str:
    places = {"file": one.path, "line": one.line, "endLine": one.line, "col": one.column}
    told = {**places, "endColumn": one.end_column, "title": f"{one.code} {one.severity}"}
    fields = ",".join(f"{key}={_escaped(str(value), field=True)}" for key, value in told.items())
    words = ". ".join(text.rstrip(".") for text in (one.message, one.help, one.note) if text)
    return f"::{LEVELS[one.severity]} {fields}::{_escaped(words)}"


def _escaped(text: str, *, field: bool = False) -> str:
    """A text as a workflow command carries it: nothing in it ends the command or a field."""
    for char in "%\r\n" + (":," if field else ""):
        text = text.replace(char, f"%{ord(char):02X}")
    return clean(text)


def _record(one: Problem) -> dict[str, Any]:
    return {
        "code": one.code,
        "severity": one.severity,
        "message": one.message,
        **_place(one),
        "help": one.help,
        "note": one.note,
        "others": [_place(other) | {"label": other.label} for other in one.others],
    }


def _place(mark: Mark) -> dict[str, Any]:
    return {"file": mark.path, "line": mark.line, "column": mark.column, "end_column": mark.end_column}


def _result(one: Problem, used: Sequence[str]) -> dict[str, Any]:
    words = ". ".join(text.rstrip(".") for text in (one.message, one.help, one.note) if text)
    made: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": used.index(one.code),
        "level": one.severity,
        "message": {"text": words},
        "locations": [_location(one)],
    }
    if one.others:
        made["relatedLocations"] = [_location(other) for other in one.others]
    return made


def _location(mark: Mark) -> dict[str, Any]:
    region = {
        "startLine": mark.line,
        "startColumn": mark.column,
        "endColumn": max(mark.end_column, mark.column),
    }
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(mark.path)}, "region": region}}


def _uri(path: str) -> str:
    """A path as a relative address."""
    return "".join(
        chr(byte) if byte in PLAIN else f"%{byte:02X}" for byte in path.encode(errors="surrogateescape")
    )
