"""A method's plan: the steps that plan.yaml names, run for one person, with the story of each."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from ehrpay.domain import running
from ehrpay.domain.estimate.result import ROUND, Step
from ehrpay.domain.money import clip, dollars
from ehrpay.domain.running import Term
from ehrpay.domain.story import Story

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from ehrpay.domain.story import PlanStep

Answer = tuple[str, Term, Story]
"""A step's id, numbers and words."""

ROUNDING = (ROUND, Term(), Story("Rounded to whole dollars"))


class CachedStep:
    """A step with its table: each distinct tuple of what matters of its inputs is answered once."""

    __slots__ = ("_answers", "_inputs", "_single", "_step")

    def __init__(self, step: PlanStep) -> None:
        """Take a step."""
        self._step = step
        self._inputs = attrgetter(*step.inputs)
        self._single = len(step.inputs) == 1
        self._answers: dict[Any, Answer] = {}

    def __call__(self, case: Any) -> Answer:
        """The answer for what has the inputs as attributes: a resolved profile, or a placement."""
        inputs = self._inputs(case)
        key = self._step.narrowed(inputs) if self._single else self._step.narrowed(*inputs)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = (self._step.id, self._step.term(*key), self._step.story(*key))
        return answer


def explained(answers: Iterable[Answer]) -> tuple[Step, ...]:
    """Every answer with what it changed and the running total; the last line rounds to whole dollars."""
    answers = list(answers)
    lines, before = [], 0
    for (id_, term, story), total in zip(
        answers, running.middle((term for _, term, _ in answers), clip), strict=True
    ):
        lines.append(Step(id_, term, story, total - before, total))
        before = total
    rounded = dollars(before) * 100
    lines.append(Step(*ROUNDING, rounded - before, rounded))
    return tuple(lines)
