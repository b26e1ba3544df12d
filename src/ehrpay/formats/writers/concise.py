"""Problems of files, a line each: `file:line:column: code sentence`."""

from __future__ import annotations

from typing import Any

from ehrpay.strict.problem import concise

NEEDS = "problems"


def write(view: Any, _screen: object) -> str:
    """One line a problem."""
    return "".join(f"{concise(one)}\n" for one in view.problems())
