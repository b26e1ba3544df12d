"""What a reader must know to use the numbers of a what-if: what they are, and what they leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.market.steps import SMALL
from ehrpay.domain.whatif.relocations import MOST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.domain.whatif.change import Baseline
    from ehrpay.domain.whatif.gains import WhatIf
    from ehrpay.domain.whatif.scenario import Scenario

_NAMES = {"certs": "credentials", "degree": "degree", "role": "role", "setting": "setting"}
"""What a person may leave out, by the kind of change that adds it."""


def ranking_notes(result: WhatIf, start: Baseline) -> Iterator[str]:
    """What the gains are, and what they leave out."""
    kinds = {gain.change.kind for gain in result.gains}
    yield "each gain is the difference between two estimates; low is P25, high is P75"
    yield "ranked by the gain on low in each group, work in another occupation last"
    yield "gains don't add up; --set prices several changes together"
    if result.gains:
        yield (
            "confidence is that of the rule behind the change or of the pay after it, the lower one;"
            " a blank wait is unknown"
        )
    if any(gain.change.fee for gain in result.gains):
        yield "fees are examination fees as published, without training, membership or renewal"
    if names := [name for kind, name in _NAMES.items() if kind in kinds and _is_open(start, kind)]:
        none = " or --cert none" if "credentials" in names else ""
        yield (
            f"not specified: {', '.join(names)}; some of the gain is less uncertainty: add yours{none}"
            " to isolate it"
        )
    if "move" in kinds:
        living = "counted by BEA's price parities" if start.home is not None else "not included"
        yield f"{_areas(start)}; cost of living is {living}"


def _is_open(start: Baseline, field: str) -> bool:
    """Whether a field that moves the pay was not given."""
    agency = start.book.agency(start.resolved.agency)
    fixed = field == "setting" and agency is not None and agency.setting
    return start.now.method != "grade" and getattr(start.resolved, field) is None and not fixed


def _areas(start: Baseline) -> str:
    if start.places:
        return "areas are the ones in --to"
    if start.now.method == "grade":
        return f"areas are the {MOST} localities with the highest locality pay"
    prices = " at the prices of home" if start.home is not None else ""
    return (
        f"areas are the {MOST} metropolitan areas with the highest median{prices}, at least {SMALL} workers, and a"
        " median apart from P25 and P75"
    )


def scenario_notes(result: Scenario) -> Iterator[str]:
    """The order of the legs, a change of method, warnings that are new."""
    now, then = result.now, result.then
    yield "each line adds to those above it; another order changes the lines, not the result"
    if now.method != then.method:
        yield f"the method changes from {now.method} to {then.method}"
    yield from (text for text in then.warnings if text not in now.warnings)
