"""What a person is shown during a run over a roster: bad rows, progress, how it ended."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from ehrpay.cli.main import note, warn
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ehrpay.batch.job.head import Head
    from ehrpay.cli.interrupts import Stop
    from ehrpay.domain.roster import Tally

SHOWN = 20
"""So many reasons are written to standard error, each with its first row; the other rows are counted."""

LEAST, EVERY = 1.0, 0.2
"""Seconds before progress is shown, and between two looks."""


class Done(NamedTuple):
    """A run that ended: its counts, and what the columns meant where any were read."""

    tally: Tally
    head: Head | None


class Console:
    """Shows a person what happens: bad rows, what to know of the columns, progress."""

    def __init__(self, stop: Stop, *, quiet: bool) -> None:
        """Take what answers Ctrl-C; a `quiet` one names no bad row, and nothing of the columns."""
        self._stop, self._quiet = stop, quiet
        self.head: Head | None = None
        self._faults = self.rows = 0
        self._alike: dict[str, tuple[str, int]] = {}
        self._began = self._looked = time.monotonic()
        # A dumb terminal can't take a line back.
        self._shows = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def bad(self, faults: Iterable[tuple[str, str]], count: int) -> None:
        """Count so many bad rows, and name the first row of each reason."""
        for where, why in faults:
            if why not in self._alike and len(self._alike) < SHOWN:
                self._alike[why] = where, 0
                self._say(f"{where}: {why}")
            if why in self._alike:
                first, rows = self._alike[why]
                self._alike[why] = first, rows + 1
        self._faults += count

    def _say(self, sentence: str) -> None:
        if not self._quiet:
            self._clear()
            note(f"{sentence}\n")

    def warn(self, text: str) -> None:
        """Something to know of the columns."""
        if not self._quiet:
            self._clear()
            warn(text)

    def columns(self, head: Head) -> None:
        """Keep what the columns mean for the summary."""
        self.head = head

    def progress(self, rows: int, share: float | None) -> None:
        """Show rows, rate and time left on a terminal."""
        self.rows = rows
        self._stop.check()
        now = time.monotonic()
        if not self._shows or now - self._looked < EVERY or now - self._began < LEAST:
            return
        self._looked = now
        gone = now - self._began
        left = f", {_time(gone / share - gone)} left" if share else ""
        done = f"{share:4.0%} " if share else ""
        note(f"\r\x1b[K{done}{rows:,} rows, {rows / gone:,.0f} a second{left}")

    def _clear(self) -> None:
        if self._shows:
            note("\r\x1b[K")

    def stopped(self) -> None:
        """Ctrl-C was pressed."""
        self._clear()
        note(f"ehrpay: stopped after row {self.rows:,}; {self.wrote()}\n")

    def wrote(self) -> str:
        """What is left of a run that was stopped."""
        return "nothing was written"

    def done(self) -> Head | None:
        """Count what was not named; what the columns meant."""
        self._clear()
        for first, rows in self._alike.values():
            if more := rows - 1:
                self._say(f"{more:,} more {'rows' if more > 1 else 'row'} like {first}")
        rest = self._faults - sum(rows for _, rows in self._alike.values())
        if rest:
            self._say(f"and {rest:,} more bad {'rows' if rest > 1 else 'row'}")
        return self.head


def _time(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"
