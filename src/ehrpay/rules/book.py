"""Rule files to a rulebook: read, judge, check and compile, or take what an earlier run compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay import shipped
from ehrpay.errors import RulesError
from ehrpay.rules import cache

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ehrpay.rules.folder import File

SHOWN = 20


def core(top: Path, files: Sequence[File]) -> dict[str, Any]:
    """Everything but the area tables, compiled. RulesError lists every problem of every file."""
    found: dict[str, Any] = _part("core", top, files)
    return found


def areas(top: Path, files: Sequence[File]) -> dict[str, Any]:
    """The area wage tables, compiled: `tables` and `names` by kind."""
    found: dict[str, Any] = _part("areas", top, files)
    return found


def _part(part: str, top: Path, files: Sequence[File]) -> Any:
    kept = cache.load(part, files)
    if kept is not None:
        return kept
    from ehrpay.rules.validate import judged
    from ehrpay.strict.problem import concise

    compiled, problems = judged(part, files, _prefix(top))
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        lines = [concise(problem) for problem in errors[:SHOWN]]
        more = f"\n  and {len(errors) - SHOWN} more" if len(errors) > SHOWN else ""
        msg = f"the rules in {top} have {len(errors)} problem(s):\n  " + "\n  ".join(lines) + more
        raise RulesError(msg)
    cache.store(part, files, compiled)
    return compiled


def _prefix(top: Path) -> str:
    return "rules" if top == shipped.folder() else top.as_posix()
