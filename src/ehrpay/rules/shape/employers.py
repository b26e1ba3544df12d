"""The shape of agencies/*.yaml, benefits.yaml and typical-benefits.yaml: employers, and what they give besides pay."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from ehrpay.rules.shape.fields import (
    ABOUT_GRADES,
    ABOUT_SERIES,
    DOLLARS,
    Alias,
    Aliases,
    Basis,
    Cited,
    Decimals,
    Dollars,
    Grade,
    Grounded,
    Id,
    Iso,
    JobSeries,
    Model,
    Own,
    Percent,
    Role,
    Sources,
    Text,
    about,
    bounds,
    wrong,
)
from ehrpay.rules.shape.layout import Columns, Figure, Ref, Rules, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import PydanticCustomError

Days = Annotated[Decimal, Decimals(1), Field(ge=0, le=365), Unit("days")]
Hours = Annotated[Decimal, Decimals(2), Field(gt=0, le=80), Unit("hours a week")]
Tier = Annotated[tuple[Percent, Percent], Field(strict=False)]
Service = Annotated[tuple[Annotated[int, Field(ge=0, le=60)], Days], Field(strict=False)]
Kind = Literal[
    "pension-share", "pension-accrual", "pension-accrual-late", "savings-automatic", "savings-match",
    "health-share", "health-most", "annual-leave", "sick-leave", "holidays", "week",
]  # fmt: skip
HELD_AS = {
    "savings-match": "tiers",
    "annual-leave": "by_service",
    "sick-leave": "days",
    "holidays": "days",
    "week": "hours",
}
"""The key a kind's value stands under; the others' is `percent`."""
Number = Annotated[Decimal, Decimals(2), Field(ge=0, le=100_000)]
PERCENT, DAYS = "percent of pay", "days a year"
UNITS = {
    "health": DOLLARS,
    "health-family": DOLLARS,
    "retirement": PERCENT,
    "pension": PERCENT,
    "leave": DAYS,
    "sick": DAYS,
    "holidays": DAYS,
}
"""The unit of each part."""
MOST = {PERCENT: 100, DAYS: 365}


class Contradiction(Model):
    """Later evidence against a reported band."""

    effective: Annotated[Iso | None, about("The day of the evidence; left out, it always holds.")] = None
    text: Text
    sources: Sources


class BandValue(Cited):
    """A published band, in dollars or grades."""

    min: Dollars | None = None
    max: Dollars | None = None
    grades: Annotated[Annotated[list[Grade], Field(min_length=2, max_length=2)] | None, ABOUT_GRADES] = None
    series: Annotated[JobSeries | None, ABOUT_SERIES] = None
    roles: list[Role] = []
    contradicted_by: Annotated[
        Contradiction | None, about("Later evidence that contradicts it; both are shown.")
    ] = None

    def _wrong(self) -> Iterator[str | PydanticCustomError]:
        if (self.grades is None) == (self.min is None or self.max is None):
            yield "give either min and max, or grades"
        if self.min is not None and self.max is not None and self.min >= self.max:
            yield wrong(f"min {self.min} is not below max {self.max}", "min")
        if self.grades is not None and self.grades[0] > self.grades[1]:
            yield wrong(f"the first grade, {self.grades[0]}, is above the last, {self.grades[1]}", "grades")


class Benefit(Grounded):
    """One benefit in words."""

    text: Text


class Agency(Model):
    """agencies/*.yaml."""

    agency: Own
    name: Text
    aliases: Aliases = []
    kind: Annotated[
        Literal["federal", "private"], about("private: every employer but a federal one; a county, too.")
    ]
    setting: Annotated[Id, Ref("setting", "has this setting")] | None
    pay_plan: Literal["GS", "GL"] | None
    bands: list[BandValue] = []
    benefits: list[Benefit] = []
    notes: list[Text] = []


class BenefitValue(Cited):
    """A dated value under one of these keys.

    `tiers` are rows of percent of what you save, percent of pay; `by_service` of years, days.
    """

    percent: Annotated[Percent, Figure()] | None = None
    tiers: Annotated[list[Tier], Field(min_length=1, max_length=5), Columns(("saved", "percent"))] | None = (
        None
    )
    by_service: Annotated[list[Service], Field(min_length=1), Columns(("years", "days"))] | None = None
    days: Days | None = None
    hours: Annotated[Hours, Figure()] | None = None

    def _wrong(self) -> Iterator[str]:
        rows = self.by_service
        if rows is not None and (rows[0][0] != 0 or any(a[0] >= b[0] for a, b in pairwise(rows))):
            yield "by_service must start at 0 years and rise"


class BenefitRule(Model):
    """One benefit of a kind of employer."""

    id: Own
    title: Text
    kind: Kind
    employers: Annotated[list[Literal["federal", "private"]], Field(min_length=1)]
    values: Annotated[list[BenefitValue], Field(min_length=1)]

    def _wrong(self) -> Iterator[str]:
        key = HELD_AS.get(self.kind, "percent")
        given = ("percent", "tiers", "by_service", "days", "hours")
        if any(
            (getattr(value, name) is not None) != (name == key) for value in self.values for name in given
        ):
            yield f"a {self.kind} takes {key} and nothing else"


class Benefits(Model):
    """benefits.yaml: at most one rule of each kind for a kind of employer."""

    benefits: Annotated[list[BenefitRule], Field(min_length=1), Rules("benefit", "title")]

    def _wrong(self) -> Iterator[str]:
        seen: set[tuple[str, str]] = set()
        for rule in self.benefits:
            for employer in rule.employers:
                if (employer, rule.kind) in seen:
                    yield f"{rule.kind} appears twice for {employer} employers"
                seen.add((employer, rule.kind))


class TypicalValue(Cited):
    """A dated value with the range that is usual, in the unit of its rule."""

    value: Annotated[Number, Figure()]
    low: Annotated[Number, about("The low end of what is usual.")]
    high: Annotated[Number, about("The high end of what is usual.")]
    range_basis: Annotated[
        Basis | None, about("How low and high are known, where that differs from the value.")
    ] = None

    def _wrong(self) -> Iterator[PydanticCustomError]:
        yield from bounds(self.low, "value", self.value, self.high)


class TypicalBenefit(Model):
    """One part of the package at one kind of employer."""

    id: Own
    title: Text
    employer: Annotated[Id, about("The id of a kind of employer above.")]
    part: Literal["health", "health-family", "retirement", "pension", "leave", "sick", "holidays"]
    unit: Literal["dollars a year", "percent of pay", "days a year"]
    values: Annotated[list[TypicalValue], Field(min_length=1)]

    def _wrong(self) -> Iterator[str]:
        if self.unit != UNITS[self.part]:
            yield f"{self.part} is in {UNITS[self.part]}"
        most = MOST.get(self.unit)
        if most is not None and any(value.high > most for value in self.values):
            yield f"more than {most} {self.unit}"


class EmployerKind(Model):
    """A kind of employer: the settings that are of it, and words in an employer's name that say so."""

    id: Own
    title: Text
    settings: list[Annotated[Id, Ref("setting", "is of this kind of employer")]] = []
    names: Annotated[list[Alias], about("Words of an employer's name that say its kind.")] = []
    note: Annotated[Text | None, about("What is not filled in for it, and why.")] = None


class TypicalBenefits(Model):
    """typical-benefits.yaml: at most one rule for a part of a kind of employer."""

    employers: Annotated[list[EmployerKind], Field(min_length=1)]
    benefits: Annotated[list[TypicalBenefit], Field(min_length=1), Rules("typical", "title")]

    def _wrong(self) -> Iterator[str]:
        known = {employer.id for employer in self.employers}
        seen: set[tuple[str, str]] = set()
        for rule in self.benefits:
            if rule.employer not in known:
                yield f"{rule.id}: '{rule.employer}' is not one of the employers"
            if (rule.employer, rule.part) in seen:
                yield f"{rule.part} appears twice for {rule.employer}"
            seen.add((rule.employer, rule.part))
