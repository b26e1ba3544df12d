"""Ctrl-C where something half-made has to be put away first."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def tidy_stop() -> Iterator[None]:
    """Ctrl-C raises KeyboardInterrupt inside, instead of ending the process at once as elsewhere."""
    import signal

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
