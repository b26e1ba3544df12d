"""What spreadsheets do to rosters and people should know of: codes without their zero, people listed twice."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from ehrpay.batch.files.sinks import json_line
from ehrpay.batch.job.headings import PERSON, SERIES
from ehrpay.errors import shown
from ehrpay.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.batch.files.lines import Line
    from ehrpay.batch.files.source import Input
    from ehrpay.batch.job.head import Head
    from ehrpay.batch.job.reports import Reports

SHORT = "^[0-9]{3}$"
"""A job series of four digits that begins with a zero, as a spreadsheet writes it."""

_SHORT = re.compile(SHORT)
MOST = 100_000
"""People who are kept in mind; memory stays flat in a larger roster."""

NAMED = 3
"""So many people who are listed twice are named; the rest is counted."""


class Oddities:
    """Mends and tells what is odd in the columns of one run."""

    def __init__(self, head: Head, reports: Reports) -> None:
        """Take the columns, and who hears of them."""
        self._names, self._reports = head.names, reports
        self.series, self.person = head.place(SERIES), head.place(PERSON)
        self._warned = False
        self._seen: dict[str, str] = {}
        self._twice = 0

    def row(self, source: Input, line: Line) -> Line:
        """A row as it should be."""
        if line.wrong or (self.person is None and self.series is None):
            return line
        if self.person is not None:
            self.people(source, (line.cells[self.person],), (line.number,))
        if self.series is None or not _SHORT.match(cell := line.cells[self.series].strip()):
            return line
        cells = list(line.cells)
        cells[self.series] = self.restored(cell)
        return line._replace(cells=cells, text=self.text(line.text))

    def text(self, text: str | None) -> str | None:
        """A JSON row as it should be."""
        if text is None or self.series is None:
            return text
        values, name = json.loads(text), self._names[self.series]
        short = _SHORT.match(str(values.get(name)).strip())
        return json_line(values | {name: self.restored(short[0])}).strip() if short else text

    def restored(self, cell: str) -> str:
        """A series with its zero."""
        if self.series is not None and not self._warned:
            self._warned = True
            name = shown(self._names[self.series])
            self._reports.warn(
                f"column {name}: {cell} is written as 0{cell}, and the like; a series has four digits"
            )
        return f"0{cell}"

    @property
    def full(self) -> bool:
        """Whether no more people are kept in mind."""
        return len(self._seen) >= MOST

    def people(self, source: Input, names: Iterable[str | None], lines: Sequence[int]) -> None:
        """Look for people who were listed before."""
        file = source.name
        for text, line in zip(names, lines, strict=True):
            if self.full:
                return
            name = (text or "").strip()
            if not name:
                continue
            where = f"{file}:{line}"
            first = self._seen.setdefault(name, where)
            if first is not where:
                self._twice += 1
                if self._twice <= NAMED:
                    self._reports.warn(f"{where}: id {shown(clean(name))} is already at {first}")

    def finish(self) -> None:
        """Count what was not named."""
        if self._twice > NAMED:
            self._reports.warn(f"{self._twice - NAMED:,} more with an id that another row has")
