"""A fact is one dated, cited number of the rules; the newest in force on a date wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.errors import NoRuleError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

BASES = ("official", "survey", "reported", "assumption")
"""How a number is known, best first."""

CONFIDENCES = ("high", "medium", "low")


class Fact(NamedTuple):
    """One number with its story. A factor is in 1/10,000; wages are whole dollars a year.

    `value` is the number (or the row of numbers); `low` and `high` bound it where the evidence does.
    """

    effective: str
    value: Any
    low: Any = None
    high: Any = None
    basis: str = "official"
    confidence: str = "high"
    sources: tuple[str, ...] = ()
    where: str = ""
    review_by: str | None = None
    note: str = ""


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


def facts(rows: Iterable[list[Any]]) -> list[Fact]:
    """Facts from their compiled rows (JSON lists in field order)."""
    return [Fact(*row)._replace(sources=tuple(row[6])) for row in rows]


def in_force(rows: Iterable[list[Any]], as_of: str) -> Fact | None:
    """The newest fact whose `effective` date is not after `as_of` (both ISO dates); None before the first."""
    known = [row for row in rows if row[0] <= as_of]
    return facts([max(known, key=lambda row: str(row[0]))])[0] if known else None


def weakest(words: Iterable[str], scale: tuple[str, ...]) -> str:
    """The word furthest down a scale that runs from best to worst; the best of it when there are none."""
    return max(words, key=scale.index, default=scale[0])


def required(rows: Iterable[list[Any]], as_of: str, what: str) -> Fact:
    """The fact in force; NoRuleError says from when there is one."""
    rows = list(rows)
    fact = in_force(rows, as_of)
    if fact is None:
        first = min(row[0] for row in rows)
        msg = f"no rule covers {what} on {as_of}; the earliest is in force from {first}"
        raise NoRuleError(msg)
    return fact
