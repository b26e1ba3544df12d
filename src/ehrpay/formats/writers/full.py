"""Problems of files with their lines and carets, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.strict.problem import full

if TYPE_CHECKING:
    from ehrpay.formats.writers import Screen

NEEDS = "problems"


def write(view: Any, screen: Screen) -> str:  # noqa: ARG001 - a writer's signature
    """Each with its line and a caret, a blank line between two."""
    return "".join(f"{full(one)}\n\n" for one in view.problems())
