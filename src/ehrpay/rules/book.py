"""Rule files to a rulebook: read, judge, check and compile, or take what an earlier run compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay import shipped
from ehrpay.errors import RulesError
from ehrpay.rules import cache
from ehrpay.rules.folder import Layer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ehrpay.rules.folder import File


def core(top: Path, files: Sequence[File], overlays: Sequence[Layer] = ()) -> dict[str, Any]:
    """Everything but the area tables, compiled. RulesError lists every problem of every file."""
    found: dict[str, Any] = _part("core", top, files, overlays)
    return found


def areas(top: Path, files: Sequence[File], overlays: Sequence[Layer] = ()) -> dict[str, Any]:
    """The area wage tables, compiled: `tables` and `names` by kind."""
    found: dict[str, Any] = _part("areas", top, files, overlays)
    return found


def _part(part: str, top: Path, files: Sequence[File], overlays: Sequence[Layer]) -> Any:
    layers = [Layer(_prefix(top), files), *overlays]
    kept = cache.load(part, layers)
    if kept is not None:
        return kept
    from ehrpay.rules.pipeline import judged
    from ehrpay.rules.rule_file import concise_list

    compiled, problems, _ = judged(part, layers)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        told = " and ".join([str(top), *(layer.prefix for layer in overlays)])
        raise RulesError(concise_list(f"the rules in {told} have", errors))
    cache.store(part, layers, compiled)
    return compiled


def _prefix(top: Path) -> str:
    return "rules" if top == shipped.folder() else top.as_posix()
