"""Changes in three groups: what can be done this year, what comes later, and what is elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ehrpay.domain.whatif.change import Baseline
    from ehrpay.domain.whatif.gains import Gain

THIS_YEAR, LATER, ELSEWHERE = "this year", "later", "elsewhere"
GROUPS = {
    THIS_YEAR: ("certs", "degree", "ehr"),
    LATER: ("years", "step", "grade", "level", "role"),
}
"""The kinds of change of each group; all others are elsewhere."""


def group_of(kind: str) -> str:
    """The group of a kind of change."""
    return next((group for group, kinds in GROUPS.items() if kind in kinds), ELSEWHERE)


def grouped(gains: Iterable[Gain], start: Baseline) -> dict[str, list[Gain]]:
    """The gains of each group, best first, moves at the prices of home; groups without any are left out.

    Work in another occupation comes after work in one's own: it takes another training, not a next step.
    """
    found: dict[str, list[Gain]] = {THIS_YEAR: [], LATER: [], ELSEWHERE: []}
    for gain in gains:
        found[group_of(gain.change.kind)].append(gain)
    for members in found.values():
        members.sort(
            key=lambda gain: (_far(gain, start), *(-amount for amount in gain.counted), gain.change.id)
        )
    return {group: members for group, members in found.items() if members}


def _far(gain: Gain, start: Baseline) -> bool:
    """Whether a change leads to another occupation."""
    return gain.then.profile.occupation != start.resolved.occupation


def best(gains: list[Gain], most: int | None) -> list[Gain]:
    """The best of a group; no loss among them unless all are asked for."""
    if most is None:
        return gains
    return [gain for gain in gains[:most] if gain.counted[0] > 0 or gain.counted[1] > 0]
