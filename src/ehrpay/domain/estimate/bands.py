"""An employer's published band: a minimum and maximum, in dollars or as a range of grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.domain.federal.schedule import STEPS
from ehrpay.domain.running import Term
from ehrpay.domain.story import Story
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ehrpay.domain.compiled.employers import BandRule
    from ehrpay.domain.federal.schedule import PaySchedule


class Band(NamedTuple):
    """A published minimum and maximum in whole dollars a year, with its story.

    `contradicted` is the evidence against it on the date asked about; `held_back` why it moves no estimate then, unless
    one asks for it.
    """

    minimum: int
    maximum: int
    label: str
    effective: str
    basis: str
    sources: tuple[str, ...]
    where: str
    review_by: str | None = None
    contradicted: str = ""
    held_back: str = ""

    @property
    def acts(self) -> bool:
        """Whether its evidence goes far enough to move an estimate."""
        return not self.held_back

    def place(self, amount: int) -> str:
        """Where an amount lies: `below`, `inside` or `above`."""
        if amount < self.minimum:
            return "below"
        return "above" if amount > self.maximum else "inside"

    @property
    def term(self) -> Term:
        """The bounds in cents."""
        return Term(low=self.minimum * 100, high=self.maximum * 100)

    @property
    def story(self) -> Story:
        """The band as a step."""
        label = f"Published band {self.label}"
        return Story(label, self.basis, sources=self.sources, where=self.where)


def in_force(rows: Iterable[BandRule], as_of: str, role: str | None, series: str | None) -> list[BandRule]:
    """The compiled bands that hold for a role on a date: newest first, those that name the role before others.

    A band that names roles is for those only; one of a series is for roles of that series, and for a role
    not said; a plain one is for every role.
    """
    known = [row for row in rows if row.effective <= as_of and _holds(row, role, series)]
    return sorted(known, key=lambda row: (row.effective, bool(row.roles)), reverse=True)


def of_any_role(rows: Iterable[BandRule], as_of: str) -> list[BandRule]:
    """Every compiled band that holds on a date for some role or for all: newest first, those for all before others."""
    known = [row for row in rows if row.effective <= as_of]
    known.sort(key=lambda row: bool(row.roles))
    return sorted(known, key=lambda row: row.effective, reverse=True)


def _holds(row: BandRule, role: str | None, series: str | None) -> bool:
    if row.roles:
        return role in row.roles
    return role is None or row.series is None or row.series == series


def _held_back(row: BandRule, as_of: str) -> str:
    """Why a band may not move an estimate on a date; empty where it may."""
    if row.basis == "official":
        return ""
    if _contradicted(row, as_of):
        return f"contradicted since {row.contradicted_on}" if row.contradicted_on else "contradicted"
    if row.review_by and row.review_by < as_of:
        return f"due for review by {row.review_by}"
    return ""


def _contradicted(row: BandRule, as_of: str) -> bool:
    return bool(row.contradicted) and row.contradicted_on <= as_of


def priced(row: BandRule, schedule: PaySchedule | None, as_of: str) -> Band | None:
    """A compiled band in dollars; None for a band of grades when no pay table is at hand."""
    if row.grades:
        if schedule is None:
            return None
        first, last = row.grades
        low, high = schedule.rate(first, 1).annual, schedule.rate(last, STEPS).annual
        label = f"GS-{first} step 1 to GS-{last} step 10, {schedule.name}"
    else:
        low, high = row.minimum or 0, row.maximum or 0
        label = f"{low:,} to {high:,}"
    return Band(
        minimum=low,
        maximum=high,
        label=label,
        effective=row.effective,
        basis=row.basis,
        sources=row.sources,
        where=row.where,
        review_by=row.review_by,
        contradicted=row.contradicted if _contradicted(row, as_of) else "",
        held_back=_held_back(row, as_of),
    )
