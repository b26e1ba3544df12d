"""Problems of files, a line each: `file:line:column: code sentence`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.strict.problem import concise

if TYPE_CHECKING:
    from ehrpay.formats.writers import Screen

NEEDS = "problems"


def write(view: Any, screen: Screen) -> str:  # noqa: ARG001 - a writer's signature
    """One line a problem."""
    return "".join(f"{concise(one)}\n" for one in view.problems())
