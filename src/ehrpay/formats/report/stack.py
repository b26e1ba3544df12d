"""The drawing of packages: what each offer pays in a year, its parts one behind the other on one axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.formats.page.scale import scale
from ehrpay.formats.page.svg import Drawing, bar, label, ruler
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = ("part1", "part2", "part3", "part4", "part5")
"""How the parts are filled, in their order."""

THICK, GAP, BELOW_AXIS = 22, 18, 26


class Stack(NamedTuple):
    """One offer: its label, its sum as printed, its parts in cents (a part not known is 0)."""

    label: str
    amount: str
    parts: tuple[int, ...]


def stack_drawing(stacks: Sequence[Stack], title: str, desc: str) -> Drawing:
    """All offers on one axis that begins at nothing."""
    axis = scale([0, max(100, *(sum(stack.parts) for stack in stacks))])
    marks, y = "", 0
    for stack in stacks:
        name, y = label(stack.label, stack.amount, y)
        marks += name
        start = 0
        for kind, part in zip(KINDS, stack.parts, strict=False):
            marks += bar(axis.at(start), axis.at(start + part), y + 6, THICK, kind) if part > 0 else ""
            start += part
        y += 6 + THICK + GAP
    behind, below = ruler(axis, 0, y)
    return Drawing("packages", title, desc, behind + marks + below, y + BELOW_AXIS)
