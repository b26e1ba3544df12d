"""Problems of files with their lines and carets, for people."""

from __future__ import annotations

from typing import Any

from ehrpay.strict.problem import full

NEEDS = "problems"


def write(view: Any, _screen: object) -> str:
    """Each with its line and a caret, a blank line between two."""
    return "".join(f"{full(one)}\n\n" for one in view.problems())
