"""The answer: an explained range, frozen. Result and explanation are the same objects, so they cannot drift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.money import UNIT
from ehrpay.named_tuple import LateTuple, NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.estimate.bands import Band
    from ehrpay.domain.facts import Overlay
    from ehrpay.domain.federal.schedule import Rate
    from ehrpay.domain.profile import ResolvedProfile
    from ehrpay.domain.running import Term
    from ehrpay.domain.story import Story

SHARES = (10, 25, 50, 75, 90)
"""The percentiles of a range."""
PLUS, TIMES, CLIP, ROUND = "plus", "times", "clip", "round"
BAND, MINIMUM_WAGE = "band", "minimum-wage"
"""Bounds on the whole range: they have a line where they move any point of it."""


def kind_of(term: Term) -> str:
    """How numbers move the total."""
    return PLUS if term.plus is not None else TIMES if term.low is None else CLIP


class Step(NamedTuple):
    """One line of "how it adds up": a step's numbers and words, what it changed and the running total, in cents.

    `kind` is how it moves the total: `plus` cents, `times` a factor, `clip` to bounds, `round`.
    """

    id: str
    kind: str
    term: Term
    story: Story
    change_cents: int
    total_cents: int

    @property
    def factor(self) -> int:
        """What it multiplies by, in 1/10,000; 1.0000 for a step that does not."""
        return UNIT if self.term.factor is None else self.term.factor


class Percentiles(NamedTuple):
    """Five points of the estimated range, whole dollars a year, never decreasing."""

    p10: int
    p25: int
    p50: int
    p75: int
    p90: int


class AreaUsed(NamedTuple):
    """The area whose wages or pay table were used, and what it fell back from."""

    kind: str
    code: str
    name: str
    fell_back: tuple[str, ...] = ()
    locality: str | None = None
    locality_name: str | None = None


class Doubt(NamedTuple):
    """How sure a link of an answer lets one be, and why; `if_changed` where it counts only if it moved the middle."""

    word: str
    why: str
    if_changed: bool = False


class MethodResult(NamedTuple):
    """What is to be said of one method's answer.

    `said` are the stories of all that was said, of steps that did nothing too; `doubts` tell how sure they let one be.
    """

    steps: tuple[Step, ...]
    said: tuple[Story, ...]
    area: AreaUsed
    warnings: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()
    grade: GradeUsed | None = None


class CrossCheck(NamedTuple):
    """The other method's range, whole dollars a year; or, where it has none, the reason."""

    method: str
    low: int = 0
    mid: int = 0
    high: int = 0
    label: str = ""
    skipped: str = ""


class Confidence(NamedTuple):
    """A word, and the reason for it."""

    word: str
    reason: str


class GradeUsed(NamedTuple):
    """The General Schedule part of an answer: the cells that were possible and the one in the middle.

    `span` names the grades, `basis` is how the weakest sentence that gives them is known, `mean` the average of
    the cells by their weights, `paid` what people of the series there are paid; `late` is whether the date has
    a newer table, which is not here.
    """

    grades: tuple[int, int]
    steps: tuple[int, int]
    rate: Rate
    year: str
    locality: str
    locality_name: str
    percent: int
    reasons: tuple[str, ...]
    span: str
    mean: int
    next_increase: str
    met: bool
    basis: str
    paid: str
    late: bool


class Numbers(NamedTuple):
    """What of an estimate is there at once."""

    method: str
    profile: ResolvedProfile
    as_of: str
    percentiles: Percentiles
    hours: int
    rules_version: str
    band: Band | None
    overlays: tuple[Overlay, ...]
    apply_band: bool


class Words(NamedTuple):
    """What of an estimate is made when it is asked for: how it adds up, and all that is said of it."""

    headline: str
    steps: tuple[Step, ...]
    area: AreaUsed
    confidence: Confidence
    cross_check: CrossCheck | None
    grade: GradeUsed | None
    warnings: tuple[str, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]


class Estimate(LateTuple):
    """An estimated pay range with everything it rests on. Amounts are whole dollars a year.

    `low`, `mid` and `high` are the 25th, 50th and 75th percentile; the steps' `change_cents` sum to `mid`.
    `hours` is the divisor for hourly pay (2,087 federal, 2,080 otherwise); `notes` say what the data on the
    employer can't support; `overlays` are the folders of rules laid over the shipped ones, the last acting;
    `apply_band` says that a band was to move the range whatever its evidence.
    """

    method: str
    profile: ResolvedProfile
    headline: str
    as_of: str
    percentiles: Percentiles
    steps: tuple[Step, ...]
    area: AreaUsed
    confidence: Confidence
    hours: int
    rules_version: str
    band: Band | None
    cross_check: CrossCheck | None
    grade: GradeUsed | None
    warnings: tuple[str, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    overlays: tuple[Overlay, ...]
    apply_band: bool

    @property
    def band_applied(self) -> bool:
        """Whether the band that is shown was a bound of the range."""
        return self.method == "market" and self.band is not None and (self.band.acts or self.apply_band)

    @property
    def low(self) -> int:
        """The 25th percentile, whole dollars a year."""
        return self.percentiles.p25

    @property
    def mid(self) -> int:
        """The median, whole dollars a year."""
        return self.percentiles.p50

    @property
    def high(self) -> int:
        """The 75th percentile, whole dollars a year."""
        return self.percentiles.p75
