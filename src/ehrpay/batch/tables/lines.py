"""The numbers of a plan's steps for a roster: what matters of a step's inputs is asked once, and its story never."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ehrpay.batch.tables.reading import JOB, Title
from ehrpay.domain.estimate.confidence import wordless
from ehrpay.domain.facts import CONFIDENCES
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from ehrpay.batch.tables.codes import Chain, Coded
    from ehrpay.domain.estimate.result import Doubt
    from ehrpay.domain.story import PlanStep


class Line(NamedTuple):
    """A step's numbers, and how unsure it makes an answer: always, and if it changes the middle (0 is sure).

    It has the names of a `Term`, so that the running arithmetic takes it for one.
    """

    plus: int | None
    factor: int | None
    low: int | None
    high: int | None
    narrow: int | None
    down: int | None
    up: int | None
    always: int
    changed: int


IDLE = Line(None, None, None, None, None, None, None, 0, 0)
"""What does nothing. Steps answer this very one, so that a row can leave it out."""


class Lines:
    """The numbers of a step's answers."""

    def __init__(self, step: PlanStep) -> None:
        """Take a step."""
        self._step, self.inputs = step, step.inputs
        self._trust = getattr(step, "trust", step.story)
        self._alike: Callable[[str | None, str], Hashable] | None = getattr(step, "alike", None)
        self._known: dict[tuple[Any, ...], Line] = {}

    def __call__(self, *inputs: Any) -> Line:
        """The numbers for the step's inputs."""
        narrowed = self._step.narrowed(*inputs)
        line = self._known.get(narrowed)
        if line is None:
            line = self._known[narrowed] = self._line(narrowed)
        return line

    def alike(self, role: str | None, occupation: str) -> Hashable:
        """What of a role and its occupation matters, whatever else is known."""
        if self._alike is not None:
            return self._alike(role, occupation)
        return role if "role" in self.inputs else None, occupation if "occupation" in self.inputs else None

    def _line(self, inputs: tuple[Any, ...]) -> Line:
        """The numbers; IDLE itself for a line that is as it."""
        term = self._step.term(*inputs)
        ranks = [0, 0]
        for word, _, if_changed in wordless(self._step.id, term, self._trust(*inputs)):
            ranks[if_changed] = max(ranks[if_changed], CONFIDENCES.index(word))
        line = Line(*term, *ranks)
        return IDLE if line == IDLE else line


def rank(found: Iterable[Doubt]) -> int:
    """How unsure doubts make an answer: 0 is sure."""
    return max([CONFIDENCES.index(doubt.word) for doubt in found], default=0)


def unsure(lines: Sequence[Line], totals: Sequence[Any], by: Coded) -> Any:
    """How unsure steps make an answer; some do only where they changed the total. The first total is before them."""
    found: Any = 0
    for line, before, after in zip(lines, totals, totals[1:], strict=False):
        found = by.largest(found, line.always)
        if after is not before:
            found = by.largest(found, (before != after) * line.changed)
    return found


def parts_of(inputs: Iterable[str]) -> set[str]:
    """The parts of what was read that inputs are of: a title is one, and of a place the area alone has wages."""
    of_title = {name for name in inputs if name in Title._fields}
    title = "level" if of_title == {"level"} else "title" if "level" in of_title else "role"
    return {title if name in of_title else "area" if name == "place" else name for name in inputs}


class StepTable:
    """A step asked once for each distinct pair of what it depends on; `part` is its number in the chain."""

    def __init__(self, step: PlanStep, chain: Chain, parts: Mapping[str, int]) -> None:
        """Take a step that depends on a title, or a part of it, and one other part."""
        self._lines = Lines(step)
        self._first: dict[Hashable, Title] = {}
        found = parts_of(step.inputs)
        title = next((name for name in ("title", "role", "level") if name in found), "role")
        own, other = [*sorted(found - {title}), title, title][:2]
        left = chain.derive(parts["job"], attrgetter(own)) if own in JOB else parts[own]
        right = chain.derive(parts["role"], self._like) if other == "role" else parts[other]
        self.part = chain.add(left, right, self._line)

    def _like(self, role: Title) -> Title:
        """The first role that the step can't tell from this one."""
        return self._first.setdefault(self._lines.alike(role.role, role.occupation), role)

    def _line(self, own: Any, other: Any) -> Line:
        title = other if isinstance(other, Title) else Title(None, other, "")
        return self._lines(
            *[getattr(title, name) if name in Title._fields else own for name in self._lines.inputs]
        )
