"""The folder of rules that ships with ehrpay: inside the package when installed, beside `src` in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ehrpay.errors import RulesError

MARK = "sources.yaml"


@cache
def folder() -> Path:
    """The shipped folder of rules and places; RulesError if it is missing."""
    package = Path(__file__).resolve().parent
    for place in (package / "rules", package.parents[1] / "rules"):
        if (place / MARK).is_file():
            return place
    msg = f"the rules that ship with ehrpay are missing from {package / 'rules'}; install it again"
    raise RulesError(msg)
