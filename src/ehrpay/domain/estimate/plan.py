"""The plan: rules of one date compiled to an ordered list of steps, and one profile run through it."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ehrpay.domain import money
from ehrpay.domain.estimate.result import Percentiles, Step
from ehrpay.domain.money import UNIT
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ehrpay.domain.outcome import AnyStep, Outcome
    from ehrpay.domain.profile import ResolvedProfile

DECILE = 2
"""An uncertainty that pulls a quartile outward by one pulls a decile by about two (1.28 / 0.67)."""


class Asked:
    """A step with its table: each distinct tuple of inputs is asked once."""

    __slots__ = ("_answers", "_ask", "_inputs")

    def __init__(self, step: AnyStep) -> None:
        """Take a step."""
        names = step.inputs
        self._ask = step.ask
        self._inputs: Callable[[ResolvedProfile], Any] = attrgetter(*names)
        if len(names) == 1:
            self._inputs = lambda known: (getattr(known, names[0]),)
        self._answers: dict[Any, Outcome] = {}

    def __call__(self, known: ResolvedProfile) -> Outcome:
        """The answer for one profile."""
        key = self._inputs(known)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = self._ask(*key)
        return answer


class Width(NamedTuple):
    """How far the range reaches: a factor on the area's shape, and what uncertainty pulls the quartiles by."""

    factor: int
    down: int
    up: int


def ask(steps: Iterable[Asked], known: ResolvedProfile) -> list[Outcome]:
    """Every step's answer for one profile, in order."""
    return [step(known) for step in steps]


def told(outcomes: Sequence[Outcome]) -> tuple[Step, ...]:
    """The outcomes with what each changed and the running total; clips and roundings that did nothing are dropped."""
    totals = money.running([(o.kind, o.value) for o in outcomes], money.clip)
    lines = []
    before = 0
    for outcome, total in zip(outcomes, totals, strict=True):
        if total != before or outcome.kind in (money.PLUS, money.TIMES):
            lines.append(Step(outcome, total - before, total))
        before = total
    return tuple(lines)


def width(outcomes: Iterable[Outcome], narrow: Mapping[str, int], fall_back: int, levels: int) -> Width:
    """What is known narrows the range; each factor's own uncertainty and each level fallen back widen it."""
    factor, down, up = UNIT, 0, 0
    for outcome in outcomes:
        if outcome.said:
            factor = money.times(factor, narrow.get(outcome.id, UNIT))
        down, up = down + outcome.down, up + outcome.up
    for _ in range(levels):
        factor = money.times(factor, fall_back)
    return Width(factor, down, up)


def percentiles(
    middle: int, shape: tuple[int, int, int, int], reach: Width, bounds: tuple[int, int] | None
) -> Percentiles:
    """Five points in whole dollars about a middle in cents, inside the employer's band where one holds."""
    pulls = (-DECILE * reach.down, -reach.down, reach.up, DECILE * reach.up)
    points = [
        money.spread(middle, ratio, reach.factor, pull, money.clip)
        for ratio, pull in zip(shape, pulls, strict=True)
    ]
    if bounds is not None:
        points = [money.clip(point, *bounds) for point in points]
    p10, p25, p75, p90 = (money.dollars(point) for point in points)
    p50 = money.dollars(middle)
    p25, p75 = min(p25, p50), max(p75, p50)
    return Percentiles(min(p10, p25), p25, p50, p75, max(p90, p75))
