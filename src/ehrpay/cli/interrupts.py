"""Ctrl-C where something half-made has to be put away first."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


class Stop:
    """Answers Ctrl-C by an exception, and remembers it: one that comes up in a destructor gets lost."""

    def __init__(self) -> None:
        """Nobody has asked for it yet."""
        self._asked = False

    def __call__(self, _signum: int, _frame: FrameType | None) -> None:
        """Ctrl-C was pressed."""
        self._asked = True
        raise KeyboardInterrupt

    def check(self) -> None:
        """KeyboardInterrupt if Ctrl-C was pressed."""
        if self._asked:
            raise KeyboardInterrupt


@contextmanager
def tidy_stop() -> Iterator[Stop]:
    """Ctrl-C raises KeyboardInterrupt inside, instead of ending the process at once as elsewhere, or is ignored."""
    import signal

    before = signal.getsignal(signal.SIGINT)
    if isinstance(before, Stop):
        yield before
        return
    stop = Stop()
    signal.signal(signal.SIGINT, signal.SIG_IGN if before == signal.SIG_IGN else stop)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
