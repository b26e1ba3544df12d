"""The cells of the pay table a person may be placed at, weighted by how many people are likely to hold each.

People of a grade are spread over its steps by the weeks that each lasts; grades count by the people who hold them.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from ehrpay.domain.federal.qualification import Reached
from ehrpay.domain.federal.schedule import STEPS, WEEKS, Cell, PaySchedule, Rate, promote
from ehrpay.domain.money import divide
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ehrpay.domain.federal.qualification import Named
    from ehrpay.domain.federal.staff import Counted
    from ehrpay.domain.profile import ResolvedProfile

    Span = tuple[int, tuple[int, int]]
    """A grade, and its lowest and highest possible step."""

MIDDLE = 50
PARTS = 1_260_000
"""What one person is counted in, so that shares of people are whole numbers.

The steps up to any of the ten last 1, 2, 3, 5, 7, 9, 12, 15, 18 or 21 years: it divides by all of these, for a share
that is rounded could tip a median that lies between two grades.
"""


class Placement(NamedTuple):
    """The pay table, what the ladder says, who holds the grades now, and the possible cells, lowest pay first."""

    table: PaySchedule
    reached: Reached
    counted: Counted | None
    cells: Sequence[Cell]

    @property
    def rate(self) -> Rate:
        """The cell in the middle."""
        return cell_at(self.cells, MIDDLE)

    @property
    def steps(self) -> tuple[int, int]:
        """The lowest and the highest step."""
        steps = [cell.rate.step for cell in self.cells]
        return min(steps), max(steps)

    @property
    def mean(self) -> int:
        """The average of the cells by their weights, whole dollars a year."""
        return divide(
            sum(cell.rate.annual * cell.parts for cell in self.cells), sum(cell.parts for cell in self.cells)
        )

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why these grades, and how their cells count."""
        if len(self.cells) == 1:
            return self.reached.reasons
        weighted = "steps count by how long each lasts"
        if self.counted is not None:
            weighted = f"grades count by how many people hold them, {weighted}"
        return (*self.reached.reasons, weighted)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that the grades, and how they count, rest on."""
        counted = () if self.counted is None else self.counted.sources
        return tuple(dict.fromkeys((*self.reached.sources, *counted)))


def given(grade: int, named: Named) -> Reached:
    """What a ladder would say of a grade that is given."""
    return Reached((grade, grade), {}, (f"{named(grade)} as given",), (), met=True)


def place(
    table: PaySchedule, reached: Reached, profile: ResolvedProfile, counted: Counted | None = None
) -> Placement:
    """The cells for the grades reached: the step given, else those that years can have led to."""
    if reached.grades[0] == reached.grades[1]:
        counted = None
    spans = tuple(_spans(table, reached, profile))
    people = None if counted is None else tuple(counted.people.items())
    cells = table.cells_known.get((spans, people))
    if cells is None:
        cells = table.cells_known[spans, people] = _weighted(table, spans, counted)
    return Placement(table, reached, counted, cells)


def _weighted(table: PaySchedule, spans: Iterable[Span], counted: Counted | None) -> list[Cell]:
    rates = [rate for grade, steps in spans for rate in table.cells((grade, grade), steps)]
    weeks: dict[int, int] = {}
    for rate in rates:
        weeks[rate.grade] = weeks.get(rate.grade, 0) + table.stay(rate.step)

    def parts(rate: Rate) -> int:
        people = 1 if counted is None else counted.at(rate.grade)
        return people * PARTS * table.stay(rate.step) // weeks[rate.grade]

    return in_order(Cell(rate, parts(rate)) for rate in rates)


def in_order(cells: Iterable[Cell]) -> list[Cell]:
    """Cells by what they pay, the lower grade and step first where they pay alike."""
    return sorted(cells, key=lambda cell: (cell.rate.annual, cell.rate.grade, cell.rate.step))


def cell_at(cells: Sequence[Cell], share: int) -> Rate:
    """The rate at a percentile of cells in order: the lowest with at least that share of people at or below it."""
    held = list(accumulate(cell.parts for cell in cells))
    return cells[bisect_left(held, held[-1] * share, key=lambda parts: parts * 100)].rate


def _spans(table: PaySchedule, reached: Reached, profile: ResolvedProfile) -> Iterator[Span]:
    """The steps that are possible at each grade."""
    if profile.grade is not None and profile.step is not None:
        yield profile.grade, (profile.step, profile.step)
        return
    if profile.grade is not None and profile.years_in_grade is not None:
        step = table.step_after(profile.years_in_grade * WEEKS // 10)
        yield profile.grade, (step, step)
        return
    for grade in range(reached.grades[0], reached.grades[1] + 1):
        if grade in reached.tenths_since or not reached.tenths_since:
            yield grade, (1, _last_step(table, reached, profile, grade))


def _last_step(table: PaySchedule, reached: Reached, profile: ResolvedProfile, grade: int) -> int:
    """The highest step the years can have led to by within-grade increases; all ten when years are not given."""
    if profile.years is None and not reached.met:
        return STEPS
    if grade in reached.tenths_since:
        return table.step_after(reached.tenths_since[grade] * WEEKS // 10, _first_step(table, reached, grade))
    return STEPS if profile.years is None else table.step_after(profile.years.high * WEEKS // 10)


def _first_step(table: PaySchedule, reached: Reached, grade: int) -> int:
    """The step a person comes to a grade with: 1, or what the two-step rule gives after a year at each below."""
    climbed = tuple(sorted(g for g in reached.tenths_since if g <= grade))
    step = table.first_steps.get(climbed)
    if step is None:
        step = 1
        for below, above in pairwise(climbed):
            step = promote(table, below, table.step_after(WEEKS, step), above).step
        table.first_steps[climbed] = step
    return step
