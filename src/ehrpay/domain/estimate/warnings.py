"""Warnings of an estimate: what acted, what stood in, what was contradicted or is due for review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.estimate.result import BAND, CLIP, MINIMUM_WAGE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ehrpay.domain.compiled.adjustments import Level
    from ehrpay.domain.estimate.bands import Band
    from ehrpay.domain.estimate.result import Step
    from ehrpay.domain.federal.placement import Placement
    from ehrpay.domain.market.wages import AreaWage
    from ehrpay.domain.profile import ResolvedProfile
    from ehrpay.domain.story import Story

APPRENTICE = "cpc-a"
YEAR, TWO_YEARS = 10, 20
"""Tenths of a year."""


def clipped(lines: Iterable[Step]) -> list[str]:
    """A sentence for each bound that moved the middle; those of the whole range say what they moved themselves."""
    return [_acted(line) for line in lines if line.kind == CLIP and line.change_cents]


def _acted(line: Step) -> str:
    if line.id in (BAND, MINIMUM_WAGE):
        return line.story.label
    return f"{line.story.label} {'lowered' if line.change_cents < 0 else 'raised'} the middle"


def fallen_back(wage: AreaWage, profile: ResolvedProfile) -> list[str]:
    """A sentence where an area had no figure and a wider one stood in; and what the place itself notes."""
    notes = list(profile.place.notes) if profile.place is not None else []
    if wage.hidden:
        notes.append(
            f"not all percentiles are published for {wage.name}: the range has the national shape and is wider"
        )
    if not wage.fell_back:
        return notes
    return [
        f"no wage figure for {' or '.join(wage.fell_back)}: uses {wage.name}, with a wider range",
        *notes,
    ]


def about_inputs(said: Iterable[Story], profile: ResolvedProfile) -> list[str]:
    """Credentials and levels without pay evidence; an apprentice's mark that should be gone."""
    texts = [
        f"no pay evidence for {story.label}: counted as 1.0000 (no effect)"
        for story in said
        if not story.evidence
    ]
    if APPRENTICE in (profile.certs or ()) and profile.years and profile.years.low >= TWO_YEARS:
        texts.append("CPC-A becomes CPC once two years are documented; use cpc")
    return texts


def too_early(role: Level | None, profile: ResolvedProfile, as_of: str) -> list[str]:
    """A sentence where announcements of the role ask for more years than were said."""
    asked = None if role is None else role.asks_years
    if role is None or asked is None or profile.years is None or asked.effective > as_of:
        return []
    if profile.years.high >= asked.value * YEAR:
        return []
    sources = ", ".join(asked.sources)
    return [
        f"announcements of this role ({role.name}) ask for {asked.value} years of experience or more ({sources})"
    ]


def about_placement(placement: Placement, profile: ResolvedProfile) -> list[str]:
    """An entry requirement that is not met; a place without one locality pay area."""
    texts = [] if placement.reached.met else [placement.reasons[0]]
    if profile.locality is None and profile.place is not None and profile.place.kind != "nation":
        texts.append(f"no single locality pay area for {profile.place.name}: Rest of U.S. used")
    return texts


def of_band(band: Band | None, *, applied: bool) -> list[str]:
    """What is to be said of a band that was a bound all the same: the evidence against it, or that it is old."""
    if band is None or not applied:
        return []
    name = f"the {band.basis} band {band.label} of {band.effective}"
    found = [f"later evidence contradicts {name}: {band.contradicted}"] if band.contradicted else []
    if not band.acts:
        found.append(f"{name} was applied as asked, though it is {band.held_back}")
    return found


def stale(said: Iterable[Story], as_of: str) -> list[str]:
    """A sentence for each number past its review date on the date asked about."""
    return [
        f"{story.label} ({story.where}) was due for review by {story.review_by}"
        for story in said
        if story.review_by and story.review_by < as_of
    ]
