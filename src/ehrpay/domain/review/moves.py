"""Who moves by how much between two sets of rules: the same people priced by both, and the differences.

Amounts are whole dollars a year. A person may have no answer under one of the two; that counts as a move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.money import divide, dollars
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ehrpay.domain.profile import Profile

    Priced = Callable[["Person"], "Answer"]


class Person(NamedTuple):
    """One to be priced: a name, the profile, the method; current pay in cents a year where it is known."""

    name: str
    profile: Profile
    method: str = "auto"
    pay: int | None = None


class Answer(NamedTuple):
    """What one set of rules says: five percentiles and the method; or the sentence of an error.

    `low`, `mid` and `high` are P25, P50 and P75, as everywhere.
    """

    low: int = 0
    mid: int = 0
    high: int = 0
    p10: int = 0
    p90: int = 0
    method: str = ""
    error: str = ""

    @property
    def amounts(self) -> tuple[int, int, int, int, int]:
        """P10 to P90."""
        return self.p10, self.low, self.mid, self.high, self.p90


class Move(NamedTuple):
    """One person under both sets of rules."""

    person: Person
    before: Answer
    after: Answer

    @property
    def moved(self) -> bool:
        """Whether an amount differs, or there is an answer on one side only."""
        if self.before.error or self.after.error:
            return bool(self.before.error) != bool(self.after.error)
        return self.before.amounts != self.after.amounts

    @property
    def compared(self) -> bool:
        """Whether both sides have an answer."""
        return not self.before.error and not self.after.error

    @property
    def changes(self) -> tuple[int, int, int]:
        """The change of low, mid and high; zeros where a side has no answer."""
        if not self.compared:
            return 0, 0, 0
        old, new = self.before, self.after
        return new.low - old.low, new.mid - old.mid, new.high - old.high

    @property
    def tails(self) -> tuple[int, int]:
        """The change of P10 and P90; zeros where a side has no answer."""
        if not self.compared:
            return 0, 0
        return self.after.p10 - self.before.p10, self.after.p90 - self.before.p90

    @property
    def percent(self) -> int:
        """The change of the middle in hundredths of a percent, half away from zero."""
        return hundredths(self.changes[1], self.before.mid)

    @property
    def size(self) -> tuple[int, int, int]:
        """By what moves are ranked: the middle's change, then that of low or high, then that of P10 or P90."""
        low, mid, high = map(abs, self.changes)
        return mid, max(low, high), max(map(abs, self.tails))


class Moves(NamedTuple):
    """Everybody, in groups: `moved` by size, those who `gained` or `lost` an answer, who stayed, who has none."""

    moved: tuple[Move, ...]
    gained: tuple[Move, ...]
    lost: tuple[Move, ...]
    stayed: tuple[Move, ...]
    silent: tuple[Move, ...]

    @property
    def total(self) -> int:
        """How many people were priced."""
        return sum(map(len, self))

    @property
    def any(self) -> bool:
        """Whether anybody moves."""
        return bool(self.moved or self.gained or self.lost)

    @property
    def largest_gain(self) -> Move | None:
        """The move whose middle rises most."""
        rising = [move for move in self.moved if move.changes[1] > 0]
        return max(rising, key=lambda move: move.changes[1], default=None)

    @property
    def largest_loss(self) -> Move | None:
        """The move whose middle falls most."""
        falling = [move for move in self.moved if move.changes[1] < 0]
        return min(falling, key=lambda move: move.changes[1], default=None)

    @property
    def total_change(self) -> int:
        """What all middles together change by, whole dollars a year, over all with an answer on both sides."""
        return sum(move.changes[1] for move in self.moved)

    @property
    def paid(self) -> list[Move]:
        """Those whose current pay is known, with an answer on both sides."""
        return [one for one in (*self.moved, *self.stayed) if one.person.pay is not None]

    def raising(self, point: str) -> tuple[int, int]:
        """What bringing all whose pay is known up to `low` or `mid` costs, before and after, whole dollars a year."""
        before, after = (
            sum(max(0, 100 * getattr(answer, point) - (one.person.pay or 0)) for one, answer in side)
            for side in ([(one, one.before) for one in self.paid], [(one, one.after) for one in self.paid])
        )
        return dollars(before), dollars(after)

    @property
    def mean(self) -> int:
        """The mean change of the middle in whole dollars, over all with an answer on both sides."""
        return _half_away(self.total_change, len(self.moved) + len(self.stayed))

    @property
    def mean_percent(self) -> int:
        """The mean of their changes in percent, in hundredths of a percent."""
        return _half_away(sum(move.percent for move in self.moved), len(self.moved) + len(self.stayed))


def who_moves(people: Iterable[Person], before: Priced, after: Priced) -> Moves:
    """Everybody under both sets of rules; the largest change of the middle comes first, then names."""
    every = [Move(person, before(person), after(person)) for person in people]
    both = [one for one in every if one.compared]
    ranked = sorted(both, key=lambda one: (*(-part for part in one.size), one.person.name))
    alone = [one for one in every if not one.compared]
    return Moves(
        tuple(one for one in ranked if one.moved),
        tuple(one for one in alone if not one.after.error),
        tuple(one for one in alone if not one.before.error),
        tuple(one for one in both if not one.moved),
        tuple(one for one in alone if not one.moved),
    )


def hundredths(change: int, base: int) -> int:
    """A change as hundredths of a percent of a base, half away from zero; 0 where the base is 0."""
    return _half_away(change * 10_000, base)


def _half_away(amount: int, parts: int) -> int:
    if not parts:
        return 0
    size: int = divide(abs(amount), parts)
    return -size if amount < 0 else size
