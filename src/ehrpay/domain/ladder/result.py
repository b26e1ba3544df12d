"""Pay through the years: each year's pay, what brought it, and the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.estimate.result import Estimate
    from ehrpay.domain.federal.schedule import Rate
    from ehrpay.domain.ladder.options import LadderOptions
    from ehrpay.domain.typed_numbers import Years


EXPERIENCE = "experience"


class Event(NamedTuple):
    """What brings a year's pay: `kind` is `step`, `promotion` or `experience`.

    `week` counts from today, None for experience; it happens to `placements` of `of` (one of one where
    grade and step are fixed); `rule` has the rule in words, `basis` how it is known, `where` its file and line.
    """

    kind: str
    label: str
    week: int | None
    placements: int
    of: int
    rule: str
    basis: str
    sources: tuple[str, ...]
    where: str


class Rung(NamedTuple):
    """The cell in the middle and all that are possible, or the years of experience."""

    rate: Rate | None = None
    grades: tuple[int, int] | None = None
    steps: tuple[int, int] | None = None
    years: Years | None = None


class LadderYear(NamedTuple):
    """One year: whole dollars a year in the dollars of the options, and in today's (`*_today`).

    `change` is the middle's over the year before; `total` is what the middle paid from year 0 up to this one.
    """

    year: int
    low: int
    mid: int
    high: int
    change: int
    total: int
    low_today: int
    mid_today: int
    high_today: int
    rung: Rung
    events: tuple[Event, ...]
    capped: bool


class Ladder(NamedTuple):
    """Pay by year. `sources` are the ids that the events rest on, besides the estimate's own.

    `last_grade` is the highest grade of the qualification ladder, 0 without one, None by the market method.
    """

    now: Estimate
    options: LadderOptions
    years: tuple[LadderYear, ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    last_grade: int | None

    @property
    def sums(self) -> tuple[int, int, int]:
        """Low, middle and high of all years together."""
        return (
            sum(year.low for year in self.years),
            sum(year.mid for year in self.years),
            sum(year.high for year in self.years),
        )


class PricedYear(NamedTuple):
    """A year in today's dollars."""

    low: int
    mid: int
    high: int
    rung: Rung
    events: tuple[Event, ...]
    warnings: tuple[str, ...] = ()
    capped: bool = False
