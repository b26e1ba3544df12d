"""The accuracy that a caller insists on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ehrpay.domain.numerals import percent
from ehrpay.errors import UsageError, shown
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.backtest.measures import Measures

_PERCENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2}))?\s*%?")


class Limits(NamedTuple):
    """The least coverage of P10 to P90 and the largest median error, in 1/10,000; None for no limit."""

    least_coverage: int | None = None
    most_error: int | None = None

    def missed(self, measures: Measures) -> tuple[str, ...]:
        """A sentence for each limit that the measures miss."""
        covered, error = measures.outer.value, measures.error.value
        found = []
        if self.least_coverage is not None and covered < self.least_coverage:
            found.append(
                f"P10 to P90 covers {percent(covered)} of pay, less than {percent(self.least_coverage)}"
            )
        if self.most_error is not None and error > self.most_error:
            found.append(f"the median error is {percent(error)}, more than {percent(self.most_error)}")
        return tuple(found)


def read_percent(text: str | None, field: str) -> int | None:
    """A percentage from 0 to 100 in 1/10,000; None for none. UsageError for anything else."""
    if text is None:
        return None
    found = _PERCENT.fullmatch(text.strip())
    points = -1 if found is None else 100 * int(found[1]) + int((found[2] or "").ljust(2, "0"))
    if not 0 <= points <= 100 * 100:
        msg = f"{shown(text)} is not a percentage from 0 to 100, such as 75 or 12.5"
        raise UsageError(msg, field=field)
    return points
