"""Charts as data: bars of a kind on one axis of pay."""

from __future__ import annotations

from ehrpay.named_tuple import NamedTuple

RANGE, SPAN, BAND, SINGLE, PAIR = "range", "span", "band", "single", "pair"
"""Kinds of bars: P10 to P90 (five points), P25 to P75 (three), two ends, one amount, two amounts to compare."""

START, CHANGE, END, PARTS = "start", "change", "end", "parts"
"""Kinds of bars on pages only: an amount, from one to the next, the last amount, zero and the sum after each part."""


RANGE_KEY = (
    "The thin line runs from P10 to P90 (eight of ten people in this position), the thick bar from P25 to P75 "
    "(the middle half); the diamond is the median."
)
"""How to read a range of five points."""


class Bar(NamedTuple):
    """One line of a chart: amounts in cents, least first, and what they are called.

    `name` stands left of it on a screen; a single amount without a name has its amount and `label` beside its mark.
    Pages have label and `amount`. A bar that is not `shown` is drawn on pages only.
    """

    kind: str
    points: tuple[int, ...]
    name: str = ""
    label: str = ""
    amount: str = ""
    shown: bool = True


class Chart(NamedTuple):
    """Bars on one axis of pay. `key` says how to read it, `said` ends what is read out of it.

    Ticks are `finest` cents apart or more; `parts` are what the colors of stacked bars are, from the left.
    """

    title: str
    bars: tuple[Bar, ...]
    key: str = ""
    said: str = ""
    finest: int = 10
    parts: tuple[str, ...] = ()
