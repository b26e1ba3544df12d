"""A fact is one dated, cited number of the rules; the newest in force on a date wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from ehrpay.errors import NoRuleError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

BASES = ("official", "survey", "reported", "assumption")
"""How a number is known, best first."""

CONFIDENCES = ("high", "medium", "low")


class Factor(NamedTuple):
    """A factor with the bounds that the evidence allows, all in 1/10,000."""

    middle: int
    low: int
    high: int


class Fact(NamedTuple, Generic[T_co]):
    """One value of the rules, a number or a row of them, with its source and the line it stands on."""

    effective: str
    value: T_co
    basis: str = "official"
    confidence: str = "high"
    sources: tuple[str, ...] = ()
    where: str = ""
    review_by: str | None = None
    note: str = ""


class CitedText(NamedTuple):
    """A sentence of the rules, how it is known and where it is from."""

    text: str
    basis: str
    sources: tuple[str, ...]


class Source(NamedTuple):
    """A citation: who published what, where and when it was read."""

    id: str
    title: str
    publisher: str
    url: str | None
    published: str
    retrieved: str
    licence: str
    note: str = ""


class Overlay(NamedTuple):
    """A folder of rules laid over the shipped ones: what it is, whose, what it rests on, and where it lies."""

    title: str
    author: str
    reference: str
    path: str


def in_force(facts: Iterable[Fact[T]], as_of: str) -> Fact[T] | None:
    """The newest fact whose `effective` date is not after `as_of` (both ISO dates); None before the first."""
    known = [fact for fact in facts if fact.effective <= as_of]
    return max(known, key=lambda fact: fact.effective, default=None)


def required(facts: Sequence[Fact[T]], as_of: str, what: str) -> Fact[T]:
    """The fact in force; NoRuleError says from when there is one."""
    fact = in_force(facts, as_of)
    if fact is None:
        first = min(fact.effective for fact in facts)
        raise NoRuleError(f"no rule covers {what} on {as_of}; the earliest takes effect on {first}")
    return fact


def weakest(words: Iterable[str], scale: tuple[str, ...]) -> str:
    """The word furthest down a scale that runs from best to worst; the best of it when there are none."""
    return max(words, key=scale.index, default=scale[0])
