"""The story of a step: what it is, how it is known, and where it is from. Numbers are in its `Term`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ehrpay.domain.money import UNIT, ratio
from ehrpay.domain.running import Term
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ehrpay.domain.facts import Fact, Factor, T

QUARTILE_SHARE = 4
"""A factor's low and high are taken as far bounds: a quarter of the way is what moves a quartile."""


class Story(NamedTuple):
    """What a step says of itself.

    `low` and `high` bound a factor; `said` is False for what the profile leaves out, `evidence` for what has no
    pay evidence; `formula` says how the step's own number came about, `points` which of the range a bound moved.
    """

    label: str
    basis: str = "official"
    confidence: str = "high"
    sources: tuple[str, ...] = ()
    where: str = ""
    low: int = UNIT
    high: int = UNIT
    said: bool = True
    evidence: bool = True
    review_by: str | None = None
    note: str = ""
    formula: str = ""
    points: tuple[str, ...] = ()


class Trust(NamedTuple):
    """What of a story tells how sure its step is; a roster asks for no other words."""

    said: bool = True
    basis: str = "official"
    confidence: str = "high"


class PlanStep(Protocol):
    """A step of a method's plan: a pure function of a few named `inputs`, which answers numbers and story apart.

    One whose stories take long to tell has a `trust` of the same inputs, too, and one that needs little of a role has
    `alike`: what it needs of role and occupation, whatever else is known.
    """

    @property
    def id(self) -> str:
        """The name that the plan knows it by."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the fields it depends on."""

    def narrowed(self, *inputs: Any) -> tuple[Hashable, ...]:
        """What of the inputs matters: the arguments of `term` and `story`, and few distinct ones."""

    def term(self, *inputs: Any) -> Term:
        """The numbers."""

    def story(self, *inputs: Any) -> Story:
        """The words."""


class AllCounts:
    """Of a step that extends it every input matters."""

    def narrowed(self, *inputs: T) -> tuple[T, ...]:
        """The inputs themselves."""
        return inputs


def factor_term(value: Factor, narrow: int | None, share: int = UNIT) -> Term:
    """A factor's numbers: a quarter of the way to each bound, relative to the factor, pulls a quartile.

    Only a `share` of the pull counts, in 1/10,000, where the factor is known in part.
    """
    middle, low, high = value
    pulls = (ratio(gap, QUARTILE_SHARE * middle) for gap in (middle - low, high - middle))
    down, up = (pull * share // UNIT for pull in pulls)
    return Term(factor=middle, narrow=narrow, down=down, up=up)


def unsaid(title: str) -> Story:
    """The story of a field that was left out: no effect, and nothing widens."""
    return Story(f"{title} not specified", said=False)


def cited(label: str, fact: Fact[object]) -> Story:
    """A story that rests on one fact."""
    return Story(
        label=label, basis=fact.basis, sources=fact.sources, where=fact.where, review_by=fact.review_by
    )


def factor_story(label: str, value: Factor, fact: Fact[object], *, evidence: bool = True) -> Story:
    """A factor's story, with its bounds and the fact it rests on."""
    return Story(
        label=label,
        basis=fact.basis,
        confidence=fact.confidence,
        sources=fact.sources,
        where=fact.where,
        low=value.low,
        high=value.high,
        evidence=evidence,
        review_by=fact.review_by,
        note=fact.note,
    )
