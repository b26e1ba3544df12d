"""Work counted in calls, which are the same on a fast and on a slow machine; seconds are not."""

from __future__ import annotations

import math
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def calls(at_most: float = math.inf) -> Iterator[list[int]]:
    """Count the calls of Python and C functions made within; fail at the first past a limit."""
    made = [0]

    def count(*_: object) -> None:
        made[0] += 1
        assert made[0] <= at_most, f"more than {at_most:,} calls"

    sys.setprofile(count)
    try:
        yield made
    finally:
        sys.setprofile(None)
