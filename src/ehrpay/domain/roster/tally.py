"""The counts of a roster: whole numbers only, so that parts add up to the same whatever their order."""

from __future__ import annotations

from collections import Counter

from ehrpay.named_tuple import NamedTuple


class Group(NamedTuple):
    """People of one group with current pay: how many, their pay in cents, and ratios of pay to middle in 1/10,000.

    `squares` are of the ratios.
    """

    people: int = 0
    pay_cents: int = 0
    ratios: int = 0
    squares: int = 0

    def plus(self, other: Group) -> Group:
        """Both together."""
        return Group(*(one + another for one, another in zip(self, other, strict=True)))


class Pay(NamedTuple):
    """Current pay of those who have it: people, sums in cents, and what raising everyone would cost in cents a year."""

    people: int = 0
    pay_cents: int = 0
    middle_cents: int = 0
    below: int = 0
    above: int = 0
    to_low_cents: int = 0
    to_middle_cents: int = 0

    def plus(self, other: Pay) -> Pay:
        """Both together."""
        return Pay(*(one + another for one, another in zip(self, other, strict=True)))


class Tally:
    """What is counted of rows: `middles` has how many have each middle, in whole dollars."""

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self.faults = 0
        self.methods: Counter[str] = Counter()
        self.confidences: Counter[str] = Counter()
        self.middles: Counter[int] = Counter()
        self.pay = Pay()
        self.groups: dict[str, Group] = {}

    @property
    def priced(self) -> int:
        """Rows with a price."""
        return self.middles.total()

    @property
    def rows(self) -> int:
        """All rows."""
        return self.priced + self.faults

    def add_group(self, name: str, group: Group) -> None:
        """Count people of a group."""
        self.groups[name] = self.groups.get(name, Group()).plus(group)

    def add(self, other: Tally) -> None:
        """Count another part's rows too."""
        self.faults += other.faults
        for own, more in (
            (self.methods, other.methods),
            (self.confidences, other.confidences),
            (self.middles, other.middles),
        ):
            own.update(more)  # type: ignore[arg-type]
        self.pay = self.pay.plus(other.pay)
        for name, group in other.groups.items():
            self.add_group(name, group)
