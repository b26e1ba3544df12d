"""occupations, areas, minimum wages, ageing and spread compiled: what the market method starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ehrpay.domain.facts import Fact, Factor

CellRow = list[int | None]
"""Line of the file, employment, P10, P25, P50, P75, P90; whole dollars a year."""
MANY = 100
"""So many look-ups are worth an index of the text."""


class WagePoints(NamedTuple):
    """How many workers there are, and five percentiles of their pay in whole dollars a year; None where hidden."""

    employment: int | None
    p10: int | None
    p25: int | None
    p50: int
    p75: int | None
    p90: int | None


class Occupation(NamedTuple):
    """An occupation's title and national wages; `noisy` where areas' own figures are not to be used."""

    title: str
    noisy: bool
    wages: tuple[Fact[WagePoints], ...]


class OccupationRule(NamedTuple):
    """How an occupation's published wages are taken.

    `ageing` is the share of the wage index's growth that they take part in, in 1/10,000; `blend` the number of workers
    at which an area's own figure counts as much as the one that stands in for it.
    """

    ageing: tuple[Fact[Factor], ...] = ()
    blend: tuple[Fact[int], ...] = ()


class AreaTable(NamedTuple):
    """The wages of all areas of a kind in one reference month; `cells` is one text (see `packed_cells`)."""

    kind: str
    effective: str
    basis: str
    sources: tuple[str, ...]
    file: str
    review_by: str | None
    cells: str


class AreaTables(NamedTuple):
    """All tables, the names of areas by kind and code, and where two overlays differ."""

    tables: tuple[AreaTable, ...]
    names: Mapping[str, Mapping[str, str]]
    conflicts: tuple[str, ...] = ()


class MinimumWage(NamedTuple):
    """The minimum wages of the nation (no state), a state or some of its counties, in cents an hour.

    `metro` is the metropolitan area whose name alone stands for the counties.
    """

    name: str
    state: str | None
    counties: tuple[str, ...]
    metro: str | None
    values: tuple[Fact[int], ...]


class WageIndex(NamedTuple):
    """An index by quarter (`2026Q1`) in thousandths of a point, and how many months its pace may be carried on."""

    title: str
    readings: Mapping[str, Fact[int]]
    beyond: Fact[int]


class Spread(NamedTuple):
    """How each thing known narrows the range, and how each level fallen back widens it, in 1/10,000.

    `levels` has numbers of their own for some levels, by step and level.
    """

    narrow: Mapping[str, int]
    fall_back: int
    levels: Mapping[str, Mapping[str, int]] = {}

    def left(self, step: str) -> Left:
        """What a step leaves of the range."""
        return Left(self.narrow.get(step), self.levels.get(step, {}))


class Left(NamedTuple):
    """What is left of the range once a thing is known, in 1/10,000: None for all of it, or a level's own number."""

    share: int | None
    levels: Mapping[str, int]

    def at(self, level: str) -> int | None:
        """What a level leaves."""
        return self.levels.get(level, self.share)


def packed_cells(rows: Iterable[tuple[str, str, Sequence[int | None]]]) -> str:
    """Occupation, area and row of every cell, as one text: reading three thousand of them to use one costs nothing.

    A line is occupation, area, the line of its file, employment, P10, P25, P50, P75 and P90, apart by blanks; `-` is
    what BLS does not publish.
    """
    lines = (
        f"{occupation} {area} {' '.join('-' if n is None else str(n) for n in row)}"
        for occupation, area, row in rows
    )
    return "\n" + "".join(f"{line}\n" for line in lines)


def cell_in(text: str, occupation: str, area: str) -> tuple[int, WagePoints] | None:
    """The line of a cell and its wages; None where there is no such cell, or no median in it."""
    head = f"\n{occupation} {area} "
    start = text.find(head)
    if start < 0:
        return None
    start += len(head)
    line, employment, p10, p25, p50, p75, p90 = _row(text[start : text.index("\n", start)])
    return None if line is None or p50 is None else (line, WagePoints(employment, p10, p25, p50, p75, p90))


class Cells:
    """A packed text that is looked up: by a search, and by an index once many cells were asked for."""

    def __init__(self, text: str) -> None:
        """Take the text."""
        self._text, self._asked = text, 0
        self._lines: dict[str, str] = {}

    def at(self, occupation: str, area: str) -> tuple[int, WagePoints] | None:
        """As `cell_in`."""
        self._asked += 1
        if self._asked < MANY:
            return cell_in(self._text, occupation, area)
        if not self._lines:
            # Of a cell that stands twice the first counts, as in a search.
            lines = self._text.split("\n")[-2:0:-1]
            self._lines = {" ".join(line.split(" ", 2)[:2]): line for line in lines}
        line = self._lines.get(f"{occupation} {area}")
        return None if line is None else cell_in(f"\n{line}\n", occupation, area)


def every_cell(text: str) -> Iterator[tuple[str, str, CellRow]]:
    """All cells, in the file's order."""
    for line in text.split("\n")[1:-1]:
        occupation, area, row = line.split(" ", 2)
        yield occupation, area, _row(row)


def _row(text: str) -> CellRow:
    return [None if word == "-" else int(word) for word in text.split(" ")]
