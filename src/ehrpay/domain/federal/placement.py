"""The cells of the pay table a person may be placed at, and the one in the middle."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ehrpay.domain.federal.promotion import promote
from ehrpay.domain.federal.qualification import Reached
from ehrpay.domain.federal.schedule import STEPS, WEEKS, PaySchedule, Rate
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.domain.profile import ResolvedProfile

MIDDLE = 50


class Placement(NamedTuple):
    """The pay table, what the ladder says, and every cell that is possible, lowest pay first."""

    table: PaySchedule
    reached: Reached
    cells: Sequence[Rate]

    @property
    def rate(self) -> Rate:
        """The cell in the middle."""
        return cell_at(self.cells, MIDDLE)

    @property
    def steps(self) -> tuple[int, int]:
        """The lowest and the highest step."""
        steps = [cell.step for cell in self.cells]
        return min(steps), max(steps)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why these grades."""
        return self.reached.reasons

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that the grades rest on."""
        return self.reached.sources


def given(grade: int) -> Reached:
    """What a ladder would say of a grade that is given."""
    return Reached((grade, grade), {}, (f"GS-{grade} as given",), (), met=True)


def place(table: PaySchedule, reached: Reached, profile: ResolvedProfile) -> Placement:
    """The cells for the grades reached: the step given, else those that years can have led to."""
    return Placement(table, reached, in_order(_cells(table, reached, profile)))


def in_order(cells: Iterable[Rate]) -> list[Rate]:
    """Cells by what they pay, the lower grade and step first where they pay alike."""
    return sorted(cells, key=lambda rate: (rate.annual, rate.grade, rate.step))


def cell_at(cells: Sequence[Rate], share: int) -> Rate:
    """The cell at a percentile of cells in order: the lowest with at least that share at or below it."""
    return cells[(len(cells) * share + 99) // 100 - 1]


def _cells(table: PaySchedule, reached: Reached, profile: ResolvedProfile) -> list[Rate]:
    if profile.grade is not None and profile.step is not None:
        return [table.rate(profile.grade, profile.step)]
    if profile.grade is not None and profile.years_in_grade is not None:
        return [table.rate(profile.grade, table.step_after(profile.years_in_grade * WEEKS // 10))]
    found: list[Rate] = []
    for grade in range(reached.grades[0], reached.grades[1] + 1):
        if grade in reached.tenths_since or not reached.tenths_since:
            found += table.cells((grade, grade), (1, _last_step(table, reached, profile, grade)))
    return found


def _last_step(table: PaySchedule, reached: Reached, profile: ResolvedProfile, grade: int) -> int:
    """The highest step the years can have led to by within-grade increases; all ten when years are unsaid."""
    if grade in reached.tenths_since:
        return table.step_after(reached.tenths_since[grade] * WEEKS // 10, _first_step(table, reached, grade))
    return STEPS if profile.years is None else table.step_after(profile.years.high * WEEKS // 10)


def _first_step(table: PaySchedule, reached: Reached, grade: int) -> int:
    """The step a person comes to a grade with: 1, or what the two-step rule gives after a year at each below."""
    step = 1
    for below, above in pairwise(sorted(g for g in reached.tenths_since if g <= grade)):
        step = promote(table, below, table.step_after(WEEKS, step), above).step
    return step
