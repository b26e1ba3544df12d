"""Observed pay, as a file gives it: what was paid, when, by whom and for what job."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ehrpay.domain.money import divide
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.profile import Profile

YEAR, MONTH = len("2024"), len("2024-05")
_AFTER = re.compile(r"\(| - |,|:")
"""What ends the name of the job in a title; a place, department or schedule follows."""
_WORD = re.compile(r"[a-z0-9]+")


class Observation(NamedTuple):
    """Pay seen once, in whole dollars a year, and the job it was paid for.

    `low` and `high` are a posting's or pay plan's range, or a payroll's quartiles; `middle` is a payroll's median.
    `profile` holds the job as written; `wider` is the state, used where the city is unknown. An empty `employer`
    was not named. Rows of one `group` are the same employer and title.
    """

    line: int
    id: str
    low: int
    high: int
    middle: int | None
    date: str
    profile: Profile
    group: str
    employer: str = ""
    title: str = ""
    kind: str = ""
    wider: str = ""

    @property
    def pay(self) -> int:
        """The pay that the middle of an estimate is compared with: the median, else the middle of the range."""
        return int(divide(self.low + self.high, 2)) if self.middle is None else self.middle

    @property
    def year(self) -> int:
        """The year the pay was stated."""
        return int(self.date[:YEAR])

    @property
    def day(self) -> str:
        """An ISO date for the pay: the middle of the year, or the first of the month, where no more is known."""
        if len(self.date) == YEAR:
            return f"{self.date}-07-01"
        return f"{self.date}-01" if len(self.date) == MONTH else self.date


class Fault(NamedTuple):
    """What was wrong with a row of the file: its line, the column, and whether the row was tested all the same."""

    line: int
    column: str
    text: str
    tested: bool = False


def level_of(title: str, names: Mapping[str, str]) -> str | None:
    """The level named last in a title; `names` has every name of a level with its id."""
    job = _AFTER.split(title.casefold(), maxsplit=1)[0]
    return next((names[word] for word in reversed(_WORD.findall(job)) if word in names), None)
