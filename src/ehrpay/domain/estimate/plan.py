"""A method's plan: the steps that plan.yaml names, run for one person, with the story of each."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from ehrpay.domain import running
from ehrpay.domain.estimate.confidence import doubts
from ehrpay.domain.estimate.result import CLIP, ROUND, Step, kind_of
from ehrpay.domain.money import clip, dollars
from ehrpay.domain.running import Term
from ehrpay.domain.story import Story
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from ehrpay.domain.estimate.result import Doubt
    from ehrpay.domain.story import PlanStep


class Answer(NamedTuple):
    """A step's numbers and words; `kind` is how it moves the total.

    `doubts` say how sure it lets one be; `shown` whether it has a line where it changed nothing: bounds have none,
    unless they moved a point of the range.
    """

    id: str
    kind: str
    term: Term
    story: Story
    doubts: tuple[Doubt, ...]
    shown: bool


ROUNDING = Answer(ROUND, ROUND, Term(), Story("Rounded to whole dollars"), (), shown=False)


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

    def answer(self, case: object) -> Answer:
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
    kind = kind_of(term)
    shown = kind != CLIP or bool(story.points)
    return Answer(id_, kind, term, story, tuple(doubts(id_, term, story)), shown)


def said(answers: Iterable[Answer]) -> tuple[Story, ...]:
    """The stories of what was said."""
    return tuple([answer.story for answer in answers if answer.story.said])


def totals(answers: Iterable[Answer]) -> list[int]:
    """The running total in cents after each answer."""
    return running.middle([answer.term for answer in answers], clip)


def doubted(answers: Iterable[Answer], totals: Sequence[int]) -> tuple[Doubt, ...]:
    """The doubts that count: some do only where the total changed."""
    return tuple(
        [
            doubt
            for answer, total, was in zip(answers, totals, [0, *totals], strict=False)
            for doubt in answer.doubts
            if total != was or not doubt.if_changed
        ]
    )


def explained(answers: Sequence[Answer], totals: Sequence[int]) -> tuple[Step, ...]:
    """Every answer that is shown, or changed the total, with both; the last line rounds to whole dollars."""
    rounded = dollars(totals[-1]) * 100
    lines = zip([*answers, ROUNDING], [*totals, rounded], [0, *totals], strict=True)
    return tuple(
        [
            Step(id_, kind, term, story, total - was, total)
            for (id_, kind, term, story, _, shown), total, was in lines
            if shown or total != was
        ]
    )
