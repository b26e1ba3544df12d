"""The shape of agencies/*.yaml: an employer, its bands, benefits in words, what the data can't say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ehrpay.rules.shape.fields import (
    ABOUT_GRADES,
    ABOUT_SERIES,
    Aliases,
    Cited,
    Dollars,
    Grade,
    Grounded,
    Id,
    Iso,
    JobSeries,
    Model,
    Own,
    Role,
    Sources,
    Text,
    about,
)
from ehrpay.rules.shape.layout import Ref


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


class Benefit(Grounded):
    """One benefit in words."""

    text: Text


class Agency(Model):
    """agencies/*.yaml."""

    agency: Own
    name: Text
    aliases: Aliases = []
    kind: Literal["federal", "private"]
    setting: Annotated[Id, Ref("setting", "has this setting")] | None
    pay_plan: Literal["GS", "GL"] | None
    bands: list[BandValue] = []
    benefits: list[Benefit] = []
    notes: list[Text] = []
