"""Problems of files as a SARIF 2.1.0 log, which code scanners exchange.

A view says what each code means, and which version of this program found the problems.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.formats.writers.json import as_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.strict.problem import Mark, Problem

NEEDS = "problems"
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/")
"""The bytes that stand for themselves in an address."""


def write(view: Any, _screen: object) -> str:
    """One run with every problem."""
    used = sorted({one.code for one in view.problems()})
    driver = {
        "name": "ehrpay",
        "version": view.version,
        "rules": [{"id": code, "shortDescription": {"text": view.meanings[code]}} for code in used],
    }
    results = [_result(one, used) for one in view.problems()]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(one: Problem, used: Sequence[str]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": used.index(one.code),
        "level": one.severity,
        "message": {"text": one.sentences},
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
