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
"""What a person may not have said, by the kind of change that says it."""


def ranking_notes(result: WhatIf, start: Baseline) -> tuple[str, ...]:
    """What the gains are, and what they leave out."""
    return tuple(_ranking_notes(result, start))


def _ranking_notes(result: WhatIf, start: Baseline) -> Iterator[str]:
    kinds = {gain.change.kind for gain in result.gains}
    yield "each gain is a second estimate less the one above (low is P25, high P75), ranked by the low value"
    yield "one change at a time: gains do not add up; --set prices several together"
    if result.gains:
        yield "sure is how well the rule behind the change is known; a blank wait is one the rules don't say"
    if any(gain.change.fee for gain in result.gains):
        yield "a fee is the examination's as published, fees only: no training, membership or renewal"
    if names := [name for kind, name in _NAMES.items() if kind in kinds and _is_open(start, kind)]:
        none = ", or --cert none," if "credentials" in names else ""
        yield (
            f"not said: {', '.join(names)}; there a gain is over the median worker, and part of it on the low"
            f" value is only that more is known: say what you have{none} to see the change alone"
        )
    if "move" in kinds:
        yield f"{_areas(start)}; cost of living is not counted"


def _is_open(start: Baseline, field: str) -> bool:
    """Whether a field that moves the pay was not given."""
    agency = start.book.agency(start.resolved.agency)
    fixed = field == "setting" and agency is not None and agency.setting
    return start.now.method != "grade" and getattr(start.resolved, field) is None and not fixed


def _areas(start: Baseline) -> str:
    if start.places:
        return "areas are the ones given by --to"
    if start.now.method == "grade":
        return f"areas are the {MOST} localities with the highest locality pay"
    return f"areas are the {MOST} metropolitan ones with the highest median, of those with {SMALL} workers or more"


def scenario_notes(result: Scenario) -> tuple[str, ...]:
    """The order of the legs, a change of method, warnings that are new."""
    now, then = result.now, result.then
    notes = ["each line is what it adds after those above it; another order moves the lines, not the ends"]
    if now.method != then.method:
        notes.append(f"the method changes on the way, from {now.method} to {then.method}")
    return (*notes, *(text for text in then.warnings if text not in now.warnings))
