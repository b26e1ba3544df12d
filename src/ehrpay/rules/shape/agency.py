"""The shape of agencies/*.yaml: an employer, its bands, benefits in words, what the data can't say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ehrpay.rules.shape.fields import Alias, Basis, Cited, Dollars, Grades, Id, Model, Text


class Contradiction(Model):
    """Later evidence against a reported band."""

    text: Text
    sources: Annotated[list[Id], Field(min_length=1)]


class BandValue(Cited):
    """A published band, in dollars or grades."""

    min: Dollars | None = None
    max: Dollars | None = None
    grades: Grades | None = None
    series: Annotated[str, Field(pattern=r"^\d{4}$")] | None = None
    roles: list[Id] = []
    contradicted_by: Contradiction | None = None

    @model_validator(mode="after")
    def _one_form(self) -> BandValue:
        if (self.grades is None) == (self.min is None or self.max is None):
            msg = "give either min and max, or grades"
            raise ValueError(msg)
        if self.min is not None and self.max is not None and self.min >= self.max:
            msg = f"min {self.min} is not below max {self.max}"
            raise ValueError(msg)
        if self.grades is not None and self.grades[0] > self.grades[1]:
            msg = f"the first grade, {self.grades[0]}, is above the last, {self.grades[1]}"
            raise ValueError(msg)
        return self


class Benefit(Model):
    """One benefit in words."""

    text: Text
    basis: Basis
    sources: Annotated[list[Id], Field(min_length=1)]


class Agency(Model):
    """agencies/*.yaml."""

    agency: Id
    name: Text
    aliases: list[Alias] = []
    kind: Literal["federal", "private"]
    setting: Id | None
    pay_plan: Literal["GS"] | None
    bands: list[BandValue] = []
    benefits: list[Benefit] = []
    notes: list[Text] = []
