"""Problems of files, a line each: `file:line:column: code sentence`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.strict.problem import concise

if TYPE_CHECKING:
    from ehrpay.formats.writers import Screen
    from ehrpay.formats.writers.full import Problematic

NEEDS = "problems"


def write(view: Problematic, screen: Screen) -> str:  # noqa: ARG001 - a writer's signature
    """One line a problem."""
    return "".join(f"{concise(one)}\n" for one in view.problems())
