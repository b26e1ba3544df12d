"""How much a property or a walk over a table tries: a tenth in the plain command, all with EHRPAY_TEST_MANY."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar

from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

MANY = "EHRPAY_TEST_MANY" in os.environ
T = TypeVar("T")


def examples(count: int) -> settings:
    """A property's settings: so many examples, or a tenth of them but at least five."""
    return settings(max_examples=count if MANY else max(count // 10, 5), deadline=None)


def some(rows: Sequence[T]) -> Sequence[T]:
    """All rows, or every tenth."""
    return rows if MANY else rows[::10]
