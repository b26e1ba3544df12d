"""What a step answers: one integer and its story, the same object that computes and explains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from ehrpay.domain.money import TIMES, UNIT
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from ehrpay.domain.facts import Fact, Factor


class Outcome(NamedTuple):
    """A step's answer.

    `kind` says how it moves the running total (`plus` cents, `times` a factor in 1/10,000, `clip` to a pair
    of cents, `round`); `low` and `high` bound a factor; `down` and `up` are what its own uncertainty pulls
    the quartiles outward by, in 1/10,000 of the middle; `said` is False for a thing the person did not say.
    """

    id: str
    kind: str
    value: Any
    label: str
    basis: str = "official"
    confidence: str = "high"
    sources: tuple[str, ...] = ()
    where: str = ""
    low: int = UNIT
    high: int = UNIT
    down: int = 0
    up: int = 0
    said: bool = True
    evidence: bool = True
    review_by: str | None = None
    note: str = ""
    formula: str = ""


QUARTILE_SHARE = 4
"""A factor's low and high are taken as far bounds: a quarter of the way is what moves a quartile."""


def unsaid(step: str, title: str) -> Outcome:
    """The neutral answer to a thing that was not said: 1.0000, and nothing widens."""
    return Outcome(step, TIMES, UNIT, f"{title} not said", said=False)


def factor(step: str, label: str, value: Factor, fact: Fact[Any], *, evidence: bool = True) -> Outcome:
    """A factor's answer with the story of the fact it rests on."""
    return Outcome(
        id=step,
        kind=TIMES,
        value=value.middle,
        label=label,
        basis=fact.basis,
        confidence=fact.confidence,
        sources=fact.sources,
        where=fact.where,
        low=value.low,
        high=value.high,
        down=(value.middle - value.low) // QUARTILE_SHARE,
        up=(value.high - value.middle) // QUARTILE_SHARE,
        evidence=evidence,
        review_by=fact.review_by,
        note=fact.note,
    )


class AnyStep(Protocol):
    """A step: a pure function of a few named fields of a profile, its `inputs`."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the fields."""

    @property
    def ask(self) -> Callable[..., Outcome]:
        """The step's integer and its story, for the values of those fields."""
