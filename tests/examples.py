"""How much a property, or a sweep over a table or over widths, tries.

The plain command tries a part, the same one every time. With EHRPAY_TEST_SWEEPS, which `.ci/run` sets for one of its
days and for the slow tests, it is four times as much; with EHRPAY_TEST_MANY ten times that, and new examples each time.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

MANY = "EHRPAY_TEST_MANY" in os.environ
SWEEPS = MANY or "EHRPAY_TEST_SWEEPS" in os.environ
T = TypeVar("T")


def part(count: int) -> int:
    """So many things, a tenth of them, or a fortieth, but at least five."""
    return count if MANY else max(count // (10 if SWEEPS else 40), 5)


def examples(count: int) -> settings:
    """A property's settings: so many examples, or a part of them."""
    return settings(max_examples=part(count), deadline=None)


def some(rows: Sequence[T]) -> Sequence[T]:
    """All rows, every tenth, or every fortieth."""
    return rows if MANY else rows[:: 10 if SWEEPS else 40]


def swept(rows: Sequence[T]) -> Sequence[T]:
    """All rows, or every fourth in the plain command."""
    return rows if SWEEPS else rows[::4]
