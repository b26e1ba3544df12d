"""Area wages as one text, so that reading three thousand of them to use one costs nothing.

A line is occupation, area, the line of its file, employment, P10, P25, P50, P75 and P90, apart by blanks; `-`
is what BLS does not publish.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.compiled.wages import WagePoints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Row = list[int | None]
"""Line of the file, employment, P10, P25, P50, P75, P90; whole dollars a year."""


def packed(rows: Iterable[tuple[str, str, Sequence[int | None]]]) -> str:
    """Occupation, area and row of every cell, as one text."""
    lines = (
        f"{occupation} {area} {' '.join('-' if n is None else str(n) for n in row)}"
        for occupation, area, row in rows
    )
    return "\n" + "".join(f"{line}\n" for line in lines)


def cell(text: str, occupation: str, area: str) -> tuple[int, WagePoints] | None:
    """The line of a cell and its wages; None where there is no such cell, or no median in it."""
    head = f"\n{occupation} {area} "
    start = text.find(head)
    if start < 0:
        return None
    start += len(head)
    line, employment, p10, p25, p50, p75, p90 = _row(text[start : text.index("\n", start)])
    return None if line is None or p50 is None else (line, WagePoints(employment, p10, p25, p50, p75, p90))


MANY = 100
"""So many look-ups are worth an index of the text."""


class Cells:
    """A packed text that is looked up: by a search, and by an index once many cells were asked for."""

    def __init__(self, text: str) -> None:
        """Take the text."""
        self._text, self._asked = text, 0
        self._lines: dict[str, str] = {}

    def at(self, occupation: str, area: str) -> tuple[int, WagePoints] | None:
        """As `cell`."""
        self._asked += 1
        if self._asked < MANY:
            return cell(self._text, occupation, area)
        if not self._lines:
            # Of a cell that stands twice the first counts, as in a search.
            lines = self._text.split("\n")[-2:0:-1]
            self._lines = {" ".join(line.split(" ", 2)[:2]): line for line in lines}
        line = self._lines.get(f"{occupation} {area}")
        return None if line is None else cell(f"\n{line}\n", occupation, area)


def every(text: str) -> Iterator[tuple[str, str, Row]]:
    """All cells, in the file's order."""
    for line in text.split("\n")[1:-1]:
        occupation, area, row = line.split(" ", 2)
        yield occupation, area, _row(row)


def _row(text: str) -> Row:
    return [None if word == "-" else int(word) for word in text.split(" ")]
