"""A figure of a comparison and its origin: the file, a rule, or other figures by a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from ehrpay.domain.estimate.result import Step
    from ehrpay.domain.facts import Fact
    from ehrpay.domain.package.terms import Stated

NOT_SPECIFIED = "not specified"


class Origin(NamedTuple):
    """One of three: a `file` with its place, a `rule` with its place, or a formula with what went into it."""

    file: str = ""
    text: str = ""
    rule: str = ""
    where: str = ""
    basis: str = ""
    sources: tuple[str, ...] = ()
    computed: str = ""
    of: tuple[Origin, ...] = ()


class Figure(NamedTuple):
    """A whole number in its field's unit, and its origin; an unknown one has no value, and `why` says why.

    One that no offer states, or that is made of such, has a `low` and a `high`: what is usual, or what may be so.
    """

    value: int | None
    origin: Origin
    why: str = ""
    low: int | None = None
    high: int | None = None

    @property
    def counted(self) -> int:
        """The value in a sum: an unknown one counts as zero."""
        return self.value or 0

    @property
    def filled(self) -> bool:
        """Whether something in it is not stated."""
        return self.low is not None

    @property
    def least(self) -> int:
        """The low end in a sum."""
        return self.counted if self.low is None else self.low

    @property
    def most(self) -> int:
        """The high end in a sum."""
        return self.counted if self.high is None else self.high

    def ranging(self, low: int, high: int) -> Figure:
        """The same with a range."""
        return self._replace(low=low, high=high)

    def changed(self, change: Callable[[int], int]) -> Figure:
        """The same with its value, and the ends of its range, changed alike."""
        ends = (None if amount is None else change(amount) for amount in (self.value, self.low, self.high))
        value, low, high = ends
        return self._replace(value=value, low=low, high=high)


def unknown(why: str = NOT_SPECIFIED) -> Figure:
    """An unknown value: shown in words, counted as zero."""
    return Figure(None, Origin(), why)


def stated(term: Stated[object], value: int) -> Figure:
    """A value that an offer states, or that is made of what it states."""
    return Figure(value, of_file(term))


def of_file(term: Stated[object]) -> Origin:
    """The place in a file."""
    return Origin(file=term.where, text=term.text)


def of_fact(id_: str, fact: Fact[object]) -> Origin:
    """A dated number of the rules."""
    return Origin(rule=id_, where=fact.where, basis=fact.basis, sources=fact.sources)


def of_step(step: Step) -> Origin:
    """A step of an estimate that has a rule."""
    return Origin(rule=step.id, where=step.story.where, basis=step.story.basis, sources=step.story.sources)


def computed(value: int, formula: str, *of: Origin) -> Figure:
    """A figure made of others: the formula in words, and the origins of what it names."""
    return Figure(value, made_of(formula, *of))


def made_of(formula: str, *of: Origin) -> Origin:
    """The origin of what a formula makes of other figures."""
    return Origin(computed=formula, of=tuple(dict.fromkeys(of)))


def cited(origin: Origin) -> tuple[str, ...]:
    """The ids of the sources of an origin and of all it is made of, each once."""
    below = [id_ for part in origin.of for id_ in cited(part)]
    return tuple(dict.fromkeys((*origin.sources, *below)))
