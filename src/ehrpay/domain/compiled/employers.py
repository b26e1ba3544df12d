"""agencies/*.yaml, benefits.yaml and typical-benefits.yaml compiled: employers, and what they give besides pay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from ehrpay.domain.facts import CitedText, Fact


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


class BenefitRule(NamedTuple):
    """A benefit of some kinds of employer. Shares are in 1/10,000, days in tenths, hours in hundredths."""

    id: str
    title: str
    kind: str
    employers: tuple[str, ...]
    values: tuple[Fact[object], ...]


class EmployerKind(NamedTuple):
    """A kind of employer, the settings of it, and the words of a name that say it, folded."""

    id: str
    title: str
    settings: tuple[str, ...]
    names: tuple[str, ...]
    note: str


class TypicalBenefit(NamedTuple):
    """A part of a package at a kind of employer: value, low, high, and the basis of the range.

    Dollars are whole, shares in 1/10,000, days in tenths.
    """

    id: str
    title: str
    employer: str
    part: str
    values: tuple[Fact[tuple[int, int, int, str]], ...]


class TypicalBenefits(NamedTuple):
    """What missing parts of an offer are usually worth."""

    employers: tuple[EmployerKind, ...] = ()
    benefits: tuple[TypicalBenefit, ...] = ()

    def kind_of(self, name: str, setting: str | None) -> str:
        """The id of the kind of employer by its setting, else by its name; empty where neither says."""
        fitting = (one.id for one in self.employers if setting in one.settings)
        if setting is None:
            words = f"-{name}-"
            fitting = (one.id for one in self.employers if any(f"-{said}-" in words for said in one.names))
        return next(fitting, "")

    def employer(self, id_: str) -> EmployerKind | None:
        """One kind of employer."""
        return next((employer for employer in self.employers if employer.id == id_), None)
