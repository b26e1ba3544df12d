"""What a row gets beside its own cells: the range, and where current pay lies in it. One form for both engines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ehrpay.domain.estimate.verdict import penetration, percentile, read_offer
from ehrpay.domain.money import UNIT, divide
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ehrpay.domain.running import Arithmetic

RANGE = ("low", "mid", "high")
ENDS = ("p10", "p90")
HOW = ("method", "pay_grade", "pay_step", "confidence")
AGAINST = ("compa_ratio", "range_penetration", "percentile", "position")
POSITIONS = ("", "below", "inside", "above")
"""Current pay beside low to high."""


NO_PAY = frozenset(("n/a", "na", "tbd", "tba", "-", "\N{EN DASH}", "\N{EM DASH}"))
"""What people write into a cell of current pay that they leave open."""


class Against(NamedTuple):
    """Current pay against a range, numbers or columns of them.

    `compa_ratio` and `penetration` are in 1/10,000, the latter 0 where the range is one amount; `percentile` is 0
    outside P10 to P90; `position` is a place in POSITIONS.
    """

    compa_ratio: Any
    penetration: Any
    percentile: Any
    position: Any


def against(pay_cents: Any, points: Iterable[Any], by: Arithmetic) -> Against:
    """Where pay in cents lies in a range of five points in whole dollars."""
    cents = [point * 100 for point in points]
    _, low, middle, high, _ = cents
    return Against(
        compa_ratio=divide(pay_cents * UNIT, by.largest(middle, 1)),
        penetration=penetration(pay_cents, low, high, by),
        percentile=percentile(pay_cents, cents, by),
        position=by.where(pay_cents < low, 1, by.where(pay_cents > high, 3, 2)),
    )


def current_pay(text: str, hours: int) -> int:
    """Current pay in cents a year, 0 for a word that says there is none; UsageError for text that is no pay.

    `hours` is the divisor for pay by the hour.
    """
    if text.strip().casefold() in NO_PAY:
        return 0
    return read_offer(text, hours, "pay")


def names(taken: Sequence[str], *, ends: bool, pay: bool) -> tuple[str, ...]:
    """The names of the columns that are added; one that a roster has already gets `est_` before it."""
    added = (*RANGE, *(ENDS if ends else ()), *HOW, *(AGAINST if pay else ()))
    own = set(taken)
    return tuple(_free(name, own) for name in added)


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name = f"est_{name}"
    return name
