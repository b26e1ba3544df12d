"""The nation's published medians by month, which carry pay from one date to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.money import divide, ratio
from ehrpay.errors import NoRuleError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

MONTHS = 12
CARRIED = 24
"""How many months past the last median its pace may carry pay."""


class Medians(NamedTuple):
    """Medians in whole dollars a year by their month, oldest first: at least two of them.

    Between two the median moves in a straight line, and past the last at the pace between the last two.
    """

    months: tuple[int, ...]
    dollars: tuple[int, ...]

    @classmethod
    def of(cls, published: Mapping[str, int]) -> Medians:
        """The medians by the ISO date of their month."""
        rows = sorted((_month(date), median) for date, median in published.items())
        return cls(tuple(month for month, _ in rows), tuple(median for _, median in rows))

    def factor(self, since: str, to: str) -> int:
        """What pay of one ISO date is multiplied by to be pay of another, in 1/10,000."""
        return ratio(self.cents(to), self.cents(since))

    def cents(self, date: str) -> int:
        """The median on an ISO date, in cents; NoRuleError before the first one published, and long after the last."""
        month = _month(date)
        if month < self.months[0]:
            msg = f"pay of {date[:7]} is older than the first national median, of {self.first}"
            raise NoRuleError(msg)
        if month > self.months[-1] + CARRIED:
            msg = f"pay of {date[:7]} is more than {CARRIED} months after the last national median"
            raise NoRuleError(msg)
        last = len(self.months) - 2
        at = next((n for n in range(last) if month < self.months[n + 1]), last)
        gap, done = self.months[at + 1] - self.months[at], month - self.months[at]
        return int(divide(100 * (self.dollars[at] * (gap - done) + self.dollars[at + 1] * done), gap))

    @property
    def first(self) -> str:
        """The first month, as in `2012-05`."""
        year, month = divmod(self.months[0], MONTHS)
        return f"{year}-{month + 1:02d}"


def _month(date: str) -> int:
    return int(date[:4]) * MONTHS + int(date[5:7]) - 1
