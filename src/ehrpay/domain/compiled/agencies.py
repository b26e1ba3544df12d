"""agencies/*.yaml compiled: one employer each, with its published bands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.facts import CitedText


class BandRule(NamedTuple):
    """A published minimum and maximum: whole dollars a year, or a range of grades.

    Later evidence contradicts it from the day `contradicted_on`.
    """

    effective: str
    minimum: int | None
    maximum: int | None
    grades: tuple[int, int] | None
    series: str | None
    roles: tuple[str, ...]
    basis: str
    sources: tuple[str, ...]
    where: str
    review_by: str | None
    contradicted: str
    contradicted_on: str = ""


class Agency(NamedTuple):
    """One employer; `pay_plan` is `GS`, `GL` or None, `setting` the employer setting it fixes, if any."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    setting: str | None
    pay_plan: str | None
    bands: tuple[BandRule, ...]
    benefits: tuple[CitedText, ...]
    notes: tuple[str, ...]
    where: str
