"""One row tried: the estimate for its job, carried to its date, beside the pay observed.

The nation's published medians by month carry pay from one date to another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.backtest.observation import Fault
from ehrpay.domain.estimate.result import Percentiles
from ehrpay.domain.money import UNIT, divide, ratio, times
from ehrpay.errors import NoRuleError, UsageError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ehrpay.domain.backtest.observation import Observation
    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.profile import Profile

    Estimator = Callable[[Profile, str], Estimate]

MONTHS = 12
CARRIED = 24
"""How many months past the last median its pace may carry pay."""
DROPPED_FIRST = ("location", "certs", "degree", "ehr", "years", "setting", "role")
"""What is left out, in this order, where an error names no column of the row."""


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
            raise NoRuleError(f"pay of {date[:7]} is older than the first national median, of {self.first}")
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


class Trial(NamedTuple):
    """An observation with its estimate.

    `points` are the estimate's percentiles on the date of the pay: times `factor`, in 1/10,000. `nation` and `area`
    are the middles of the estimates that know nothing, and nothing but the place, on that date.
    """

    seen: Observation
    estimate: Estimate
    points: Percentiles
    factor: int
    nation: int
    area: int

    @property
    def error(self) -> int:
        """How far the middle is over the pay, in 1/10,000 of the pay."""
        return over(self.points.p50, self.seen.pay)

    @property
    def inner(self) -> bool:
        """Whether the pay lies within P25 to P75."""
        return self.points.p25 <= self.seen.pay <= self.points.p75

    @property
    def outer(self) -> bool:
        """Whether the pay lies within P10 to P90."""
        return self.points.p10 <= self.seen.pay <= self.points.p90


def over(amount: int, pay: int) -> int:
    """How far an amount is over the pay, in 1/10,000 of the pay."""
    return ratio(amount, pay) - UNIT


class Trier(NamedTuple):
    """What every row is tried with: an estimator for a profile on a date, the rules' date, and the medians."""

    estimate: Estimator
    as_of: str
    medians: Medians

    def trial(self, seen: Observation, empty: Profile) -> tuple[Trial | None, tuple[Fault, ...]]:
        """The row tried, without what the rules don't know; and what was wrong with it."""
        profile = seen.profile
        faults: list[Fault] = []
        while True:
            try:
                return self._tried(seen, profile, empty), tuple(faults)
            except UsageError as error:
                field = _at_fault(profile, error)
                if field is None:
                    return None, (*faults, Fault(seen.line, "", str(error)))
                faults.append(Fault(seen.line, field, str(error), tested=True))
                profile = profile.with_value(field, _instead(seen, profile, field))
            except NoRuleError as error:
                return None, (*faults, Fault(seen.line, "date_stated", str(error)))

    def _tried(self, seen: Observation, profile: Profile, empty: Profile) -> Trial:
        """Market estimates are carried to the date by the nation's median; a pay table has a date of its own."""
        found, factor = self.estimate(profile, self.as_of), self.medians.factor(self.as_of, seen.day)
        nation = times(self.estimate(empty, self.as_of).mid, factor)
        area = times(self.estimate(empty._replace(location=profile.location), self.as_of).mid, factor)
        if found.method == "grade":
            found, factor = self.estimate(profile, seen.day), UNIT
        points = Percentiles(*(times(point, factor) for point in found.percentiles))
        return Trial(seen=seen, estimate=found, points=points, factor=factor, nation=nation, area=area)


def _at_fault(profile: Profile, error: UsageError) -> str | None:
    """The field to do without: the one the error names, else the one most likely at fault; None without any."""
    given = {name for name, value in profile._asdict().items() if value is not None}
    if error.field in given:
        return error.field
    return next((name for name in DROPPED_FIRST if name in given), None)


def _instead(seen: Observation, profile: Profile, field: str) -> str | None:
    """A city that is unknown gives way to its state; anything else to nothing."""
    return seen.wider or None if field == "location" and profile.location != seen.wider else None
