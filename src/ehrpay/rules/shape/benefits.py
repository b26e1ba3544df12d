"""The shape of benefits.yaml: default benefits for comparing offers, by kind of employer."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ehrpay.rules.shape.fields import Cited, Model, Own, Percent, Text, decimal_of
from ehrpay.rules.shape.layout import Columns, Rules, Unit

Days = Annotated[Decimal, decimal_of(1), Field(ge=0, le=365), Unit("days")]
Hours = Annotated[Decimal, decimal_of(2), Field(gt=0, le=80), Unit("hours a week")]
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


class BenefitValue(Cited):
    """A dated value under one of these keys.

    `tiers` are rows of percent of what you save, percent of pay; `by_service` of years, days.
    """

    percent: Percent | None = None
    tiers: Annotated[list[Tier], Field(min_length=1, max_length=5), Columns(("saved", "percent"))] | None = (
        None
    )
    by_service: Annotated[list[Service], Field(min_length=1), Columns(("years", "days"))] | None = None
    days: Days | None = None
    hours: Hours | None = None

    @model_validator(mode="after")
    def _rising(self) -> BenefitValue:
        rows = self.by_service
        if rows is not None and (rows[0][0] != 0 or any(a[0] >= b[0] for a, b in pairwise(rows))):
            msg = "by_service must start at 0 years and rise"
            raise ValueError(msg)
        return self


class BenefitRule(Model):
    """One benefit of a kind of employer."""

    id: Own
    title: Text
    kind: Kind
    employers: Annotated[list[Literal["federal", "private"]], Field(min_length=1)]
    values: Annotated[list[BenefitValue], Field(min_length=1)]

    @model_validator(mode="after")
    def _fitting(self) -> BenefitRule:
        key = HELD_AS.get(self.kind, "percent")
        given = ("percent", "tiers", "by_service", "days", "hours")
        if any(
            (getattr(value, name) is not None) != (name == key) for value in self.values for name in given
        ):
            msg = f"a {self.kind} takes {key} and nothing else"
            raise ValueError(msg)
        return self


class Benefits(Model):
    """benefits.yaml: at most one rule of each kind for a kind of employer."""

    benefits: Annotated[list[BenefitRule], Field(min_length=1), Rules("benefit", "title")]

    @model_validator(mode="after")
    def _once(self) -> Benefits:
        seen: set[tuple[str, str]] = set()
        for rule in self.benefits:
            for employer in rule.employers:
                if (employer, rule.kind) in seen:
                    msg = f"{rule.kind} appears twice for {employer} employers"
                    raise ValueError(msg)
                seen.add((employer, rule.kind))
        return self
