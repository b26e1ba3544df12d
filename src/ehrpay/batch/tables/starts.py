"""The market method's first steps, which depend on the title and the place alone: together they are one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.batch.tables.codes import FAULT, UNSAID, Chain, OneRow, Pairs
from ehrpay.batch.tables.lines import StepTable, rank, unsure
from ehrpay.batch.tables.reading import NOTHING, by_level
from ehrpay.domain import running
from ehrpay.domain.estimate.confidence import of_what_is_unsaid
from ehrpay.domain.profile import ResolvedProfile
from ehrpay.domain.running import MOST
from ehrpay.errors import RulesError
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.batch.tables.codes import Coded, Codes
    from ehrpay.batch.tables.reading import Title
    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.place import Place
    from ehrpay.domain.story import PlanStep


class Start(NamedTuple):
    """Where title and place lead: cents, what is left of the range, the area's shape, and the levels fallen back.

    Numbers, or columns of them.
    """

    total: Any
    width: Any
    down: Any
    up: Any
    unsure: Any
    p10: Any
    p25: Any
    p75: Any
    p90: Any
    fall_backs: Any


class Local(NamedTuple):
    """What the wages of an occupation in a place do to the range, and how unsure it is without a place."""

    unsure: int
    p10: int
    p25: int
    p75: int
    p90: int
    fall_backs: int


class Starts(Pairs):
    """The first steps' outcome for each distinct title and area: asked as columns, it is worked out by columns."""

    def __init__(self, book: Rulebook, steps: Iterable[PlanStep], titles: Codes, areas: Codes) -> None:
        """Take the rules, the steps, and the codes of titles and of areas."""
        super().__init__(titles, areas)
        self._book = book
        self._chain = chain = Chain([NOTHING, titles, areas])
        role, level = by_level(chain, 1)
        parts = {"title": 1, "role": role, "level": level, "area": 2}
        self._used = [
            chain.add(chain.derive(role, lambda role: role._replace(role=None)), 2, self._local),
            *[StepTable(step, chain, parts).part for step in steps],
        ]
        self._codes = [chain.codes[part] for part in self._used]

    def _local(self, occupation: Title, place: Place | None) -> Local:
        wage = self._book.wages.at(occupation.occupation, place and place.wage_place)
        doubts = of_what_is_unsaid(ResolvedProfile(place=place, level=""))
        return Local(rank(doubts), *wage.shape, wage.widened)

    def _ask(self, left: int, right: int) -> int:
        found = self._chain([UNSAID, left, right])
        return FAULT if FAULT in found else self.codes.of(self._start(found, OneRow))

    def _ask_all(self, left: Any, right: Any) -> Sequence[int]:
        from ehrpay.batch.tables.columns import Columns, any_is, rows

        found, size = self._chain([UNSAID, left, right]), len(left)
        fault = any_is(FAULT, found, size)
        if fault.all():
            return [FAULT] * size
        starts = map(Start._make, rows(self._start(found, Columns()), size).T.tolist())
        return [FAULT if bad else self.codes.of(start) for bad, start in zip(fault, starts, strict=True)]

    def _start(self, found: Sequence[Any], by: Coded) -> Start:
        local, *lines = by.records(self._codes, [found[part] for part in self._used])
        totals = [0, *running.middle(lines, by.clip)]
        refuse_overflow(max(map(by.most, totals)))
        doubt = by.largest(local.unsure, unsure(lines, totals, by))
        return Start(totals[-1], *running.reach(lines), doubt, *local[1:])


def refuse_overflow(most: int) -> None:
    """RulesError before a product leaves 63 bits, where columns would wrap around in silence.

    A factor is 5 at most (`rules/shape/fields.py`): from a total that passed, the next product stays below 2**63.
    """
    if most > MOST:
        msg = f"the factors of these rules multiply pay to ${most // 100:,}, past what a roster's columns can hold"
        raise RulesError(msg)
