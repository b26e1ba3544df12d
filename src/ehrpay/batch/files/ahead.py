"""The next of what an iterator gives, made while the one before is used."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

One = TypeVar("One")


@contextmanager
def ahead(found: Iterator[One]) -> Iterator[Iterator[One]]:
    """The same things in the same order, each made by another thread; its errors are raised where it would come.

    At the end nothing is being made any more. Whoever waits for a person or a pipe must not be asked ahead: the end
    would wait for them, too.
    """
    with ThreadPoolExecutor(1) as thread:
        yield _in_turn(found, thread)


def _in_turn(found: Iterator[One], thread: ThreadPoolExecutor) -> Iterator[One]:
    coming = thread.submit(next, found, None)
    while (one := coming.result()) is not None:
        coming = thread.submit(next, found, None)
        yield one
