"""The level that a job title names: "Coder III" is senior."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_AFTER = re.compile(r"\(| - |,|:")
"""What ends the name of the job in a title; a place, department or schedule follows."""
_WORD = re.compile(r"[a-z0-9]+")


def level_of(title: str, names: Mapping[str, str]) -> str | None:
    """The level named last in a title; `names` has every name of a level with its id."""
    job = _AFTER.split(title.casefold(), maxsplit=1)[0]
    return next((names[word] for word in reversed(_WORD.findall(job)) if word in names), None)
