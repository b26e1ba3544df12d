"""Problems of rule files counted, and as one record: the JSON contract `ehrpay/rules-validate/1`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.strict.problem import Mark, Problem

SCHEMA = "ehrpay/rules-validate/1"


def record(problems: Sequence[Problem], files: int, as_of: str) -> dict[str, Any]:
    """Counts, and the problems with their places."""
    return {
        "schema": SCHEMA,
        "as_of": as_of,
        "files": files,
        **counts(problems),
        "problems": [_problem(one) for one in problems],
    }


def counts(problems: Sequence[Problem]) -> dict[str, int]:
    """How many errors, warnings and notes."""
    severities = [one.severity for one in problems]
    return {f"{name}s": severities.count(name) for name in ("error", "warning", "note")}


def summary(problems: Sequence[Problem], files: int) -> str:
    """One line: `28 files: no errors, 10 warnings, 1 note`."""
    parts = [
        f"{count or 'no'} {name if count != 1 else name[:-1]}" for name, count in counts(problems).items()
    ]
    return f"{files} {'file' if files == 1 else 'files'}: {', '.join(parts)}\n"


def _problem(one: Problem) -> dict[str, Any]:
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
