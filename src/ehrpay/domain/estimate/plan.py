"""A method's plan: the steps that plan.yaml names, run for one person, with the story of each."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from ehrpay.domain import running
from ehrpay.domain.estimate.confidence import doubts
from ehrpay.domain.estimate.result import ROUND, Step, kind_of
from ehrpay.domain.money import clip, dollars
from ehrpay.domain.running import Term
from ehrpay.domain.story import Story
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from ehrpay.domain.estimate.result import Doubt
    from ehrpay.domain.story import PlanStep


class Answer(NamedTuple):
    """A step's numbers and words; `kind` is how it moves the total, `doubts` say how sure it lets one be."""

    id: str
    kind: str
    term: Term
    story: Story
    doubts: tuple[Doubt, ...] = ()


ROUNDING = Answer(ROUND, ROUND, Term(), Story("Rounded to whole dollars"))


class CachedStep:
    """A step with its table: what matters of its inputs is answered once for each distinct tuple."""

    __slots__ = ("_answers", "_inputs", "_narrowed", "_single", "step")

    def __init__(self, step: PlanStep) -> None:
        """Take a step."""
        self.step = step
        self._inputs = attrgetter(*step.inputs)
        self._single = len(step.inputs) == 1
        self._answers: dict[Hashable, Answer] = {}
        self._narrowed: dict[Hashable, Answer] = {}

    def __call__(self, case: object) -> Answer:
        """The answer for what has the inputs as attributes: a resolved profile, or a placement."""
        inputs = self._inputs(case)
        answer = self._answers.get(inputs)
        if answer is None:
            narrowed = self.step.narrowed(inputs) if self._single else self.step.narrowed(*inputs)
            answer = self._narrowed.get(narrowed)
            if answer is None:
                answer = answered(self.step.id, self.step.term(*narrowed), self.step.story(*narrowed))
                self._narrowed[narrowed] = answer
            self._answers[inputs] = answer
        return answer


def answered(id_: str, term: Term, story: Story) -> Answer:
    """An answer with all that follows from its numbers and words."""
    return Answer(id_, kind_of(term), term, story, tuple(doubts(id_, term, story)))


def explained(answers: Iterable[Answer]) -> tuple[Step, ...]:
    """Every answer with what it changed and the running total; the last line rounds to whole dollars."""
    answers = list(answers)
    totals = running.middle([answer.term for answer in answers], clip)
    totals.append(dollars(totals[-1]) * 100)
    before = [0, *totals]
    return tuple(
        Step(id_, kind, term, story, total - was, total)
        for (id_, kind, term, story, _), total, was in zip([*answers, ROUNDING], totals, before, strict=False)
    )
