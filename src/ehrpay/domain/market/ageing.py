"""The wage index that moves pay from its reference month to a date; past its last reading, a stated pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.facts import Factor
from ehrpay.domain.money import UNIT, drawn, ratio
from ehrpay.errors import NoRuleError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.compiled.wages import WageIndex
    from ehrpay.domain.facts import Fact


class Aged(NamedTuple):
    """The factor between two dates in 1/10,000, months beyond the last reading, and the fact it rests on.

    `share` is the part of the growth that counts, where it is not all: it is in the factor and its bounds already.
    """

    factor: Factor
    months: int
    fact: Fact[int]
    share: Fact[Factor] | None = None

    def less(self, share: Fact[Factor] | None) -> Aged:
        """The part of the growth that counts; nothing changes where there is no growth."""
        if share is None or self.factor.middle == UNIT:
            return self
        bounds = sorted(drawn(self.factor.middle, part) for part in share.value[1:])
        factor = Factor(drawn(self.factor.middle, share.value.middle), *bounds)
        return self._replace(factor=factor, share=share)


class Ageing:
    """A wage index, and how far its pace may be carried on."""

    def __init__(self, index: WageIndex) -> None:
        """Take the compiled index: readings by quarter in thousandths of a point."""
        self.title, self._readings, self._beyond = index.title, index.readings, index.beyond
        self._last = max(self._readings)

    def factor(self, since: str, as_of: str) -> Aged:
        """From one ISO date's quarter to another date."""
        start = self._reading(quarter(since))
        end = quarter(as_of)
        if end in self._readings:
            fact = self._readings[end]
            return Aged(_exactly(ratio(fact.value, start.value)), 0, _citing(fact, start))
        carried = self._carried(start.value, as_of)
        return carried._replace(fact=_citing(carried.fact, start))

    def _reading(self, name: str) -> Fact[int]:
        if name not in self._readings:
            readings = f"readings run from {min(self._readings)} to {self._last}"
            msg = f"wages of {name} can't be carried to another date: {readings} ({self.title})"
            raise NoRuleError(msg)
        return self._readings[name]

    def _carried(self, start: int, as_of: str) -> Aged:
        last, before, beyond = self._readings[self._last], self._year_before.value, self._beyond
        months = (int(as_of[:4]) - int(self._last[:4])) * 12 + int(as_of[5:7]) - 3 * int(self._last[5])
        if not 0 < months <= beyond.value:
            msg = (
                f"no rule covers {as_of}: wages are projected at most {beyond.value} months past {self._last}"
            )
            raise NoRuleError(msg)
        # last * (1 + yearly rise * months / 12) / start, in whole numbers, rounded once.
        top = last.value * (12 * before + (last.value - before) * months)
        fact = last._replace(
            basis=beyond.basis, sources=beyond.sources, where=beyond.where, review_by=beyond.review_by
        )
        return Aged(_exactly(ratio(top, 12 * before * start)), months, fact)

    @property
    def _year_before(self) -> Fact[int]:
        """The reading a year before the last."""
        return self._readings[f"{int(self._last[:4]) - 1}{self._last[4:]}"]

    @property
    def last(self) -> str:
        """The last published quarter, such as `2026 Q1`."""
        return f"{self._last[:4]} {self._last[4:]}"

    @property
    def pace(self) -> int:
        """The rise of the last twelve months in 1/10,000."""
        return ratio(self._readings[self._last].value, self._year_before.value) - UNIT


def _exactly(value: int) -> Factor:
    return Factor(value, value, value)


def _citing(fact: Fact[int], other: Fact[int]) -> Fact[int]:
    """A reading that cites another one's sources too, those first."""
    return fact._replace(sources=tuple(dict.fromkeys((*other.sources, *fact.sources))))


def quarter(date: str) -> str:
    """The quarter of an ISO date, as in `2025Q2`."""
    return f"{date[:4]}Q{(int(date[5:7]) + 2) // 3}"
