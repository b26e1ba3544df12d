"""The shape of what the market method runs by: wages and what carries them, plan.yaml and spread.yaml.

And of citations, and an overlay's head.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from ehrpay.rules.shape.fields import (
    DOLLARS,
    URL,
    Basis,
    Cited,
    Confidence,
    Count,
    Decimals,
    Dollars,
    Id,
    Iso,
    Model,
    Note,
    Own,
    Share,
    Soc,
    Sources,
    Text,
    Widening,
    about,
)
from ehrpay.rules.shape.layout import Columns, Figure, Implied, Name, Ref, Rule, Rules, Unit, Usual

if TYPE_CHECKING:
    from collections.abc import Iterator

Growth = Annotated[Decimal, Decimals(4), Field(ge=0, le=2), Usual("0.5", "1"), Unit("share")]
PERCENTILES = ("p10", "p25", "p50", "p75", "p90")
Hourly = Annotated[Decimal, Decimals(2), Field(ge=5, le=100), Usual("7.25", "25"), Unit("dollars an hour")]
AREA_COLUMNS = ("area", "occupation", "employment", *PERCENTILES)


class Wage(Cited):
    """National percentiles of one occupation, whole dollars a year; null where BLS hides one."""

    employment: Count | None
    p10: Dollars | None
    p25: Dollars | None
    p50: Annotated[Dollars, Figure()]
    p75: Dollars | None
    p90: Dollars | None


class Occupation(Model):
    """One occupation with its national wages by reference month."""

    id: Annotated[Soc, Name()]
    title: Text
    noisy: bool = False
    note: Note = None
    wages: Annotated[list[Wage], Field(min_length=1)]


class Occupations(Model):
    """occupations.yaml."""

    occupations: Annotated[list[Occupation], Field(min_length=1), Rules("occupation", "title")]


class GrowthShare(Cited):
    """The share of the wage index's growth that an occupation's wages take part in."""

    share: Annotated[Growth, Figure(), about("1 for all of it.")]
    low: Growth
    high: Growth
    confidence: Confidence

    def _wrong(self) -> Iterator[str]:
        if not self.low <= self.share <= self.high:
            yield f"low {self.low} <= share {self.share} <= high {self.high} does not hold"


class Blend(Cited):
    """How many workers an area's own figure needs to count as much as the one that stands in for it."""

    workers: Annotated[Count, Field(ge=1), Figure()]


class OccupationRule(Model):
    """How one occupation's published wages are taken."""

    id: Annotated[Soc, Name(), Ref("occupation", "says how its wages are taken")]
    ageing: list[GrowthShare] = []
    blend: list[Blend] = []


class OccupationRules(Model):
    """occupation-rules.yaml."""

    occupation_rules: Annotated[
        list[OccupationRule],
        Field(min_length=1),
        Rule("occupation-rules", "table", "How occupations' wages are aged and blended"),
    ]


class AreaTable(Cited):
    """Area wages of one reference month: one row an area and occupation."""

    columns: list[str]
    rows: Annotated[
        list[list[Any]],
        Field(min_length=1),
        Columns(AREA_COLUMNS, heads=2, units=("", "", "people", *[DOLLARS] * len(PERCENTILES))),
        Implied(),
        Figure(),
    ]


class Areas(Model):
    """areas/*.yaml."""

    kind: Annotated[Literal["state", "metro", "nonmetro"], Name()]
    names: dict[str, Text]
    tables: Annotated[list[AreaTable], Field(min_length=1), Implied()]


class Reading(Model):
    """One quarter's index, a decimal string."""

    quarter: Annotated[str, Field(pattern=r"^\d{4}Q[1-4]$"), Name()]
    value: Annotated[str, Field(pattern=r"^\d{2,4}(\.\d{1,3})?$"), Unit("index points"), Figure()]
    sources: Sources
    basis: Basis
    note: Note = None


class Beyond(Cited):
    """How wages are extrapolated past the last reading."""

    pace: Literal["last-12-months"]
    months: Annotated[int, Field(ge=1, le=60, strict=True), Unit("months"), Figure()]


class Index(Model):
    """The wage index."""

    index: Id
    title: Text
    readings: Annotated[list[Reading], Field(min_length=5), Implied()]
    beyond: Beyond


class Ageing(Model):
    """ageing.yaml."""

    ageing: Annotated[Index, Rule("ageing", "index")]


class MinimumWageValue(Cited):
    """The minimum wage of an area from a day on."""

    hourly: Annotated[Hourly, Figure(), about("Dollars an hour for adults without tips.")]


class MinimumWageArea(Model):
    """The nation (without a state), a state, or some counties of it."""

    id: Annotated[Id, Name()]
    name: Text
    state: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    counties: Annotated[list[Annotated[str, Field(pattern=r"^\d{5}$")]], about("Of a part of a state.")] = []
    metro: Annotated[
        str | None, Field(pattern=r"^\d{5}$"), about("The CBSA whose name alone stands for the counties.")
    ] = None
    note: Note = None
    values: Annotated[list[MinimumWageValue], Field(min_length=1)]


class MinimumWages(Model):
    """minimum-wages.yaml."""

    minimum_wages: Annotated[
        list[MinimumWageArea],
        Field(min_length=1),
        Implied(),
        Rule("minimum-wages", "table", "Minimum wages", ("minimum wage",)),
    ]


GradeStep = Literal["base-rate", "locality-pay", "pay-cap"]
GRADE_STEPS: tuple[GradeStep, ...] = ("base-rate", "locality-pay", "pay-cap")
"""The grade method's steps, in the one order their arithmetic has."""


Narrowing = Annotated[Id, Ref("step", "narrows the range once it is known")]
Left = Annotated[Decimal, Decimals(4), Field(ge=Decimal("0.1"), le=2), Usual("0.8", "1.25"), Unit("factor")]
"""What a level leaves of the range: some kinds of employers pay wider apart than all together."""


class Spread(Cited):
    """How much what is known narrows the range, and each level fallen back widens it."""

    narrow: Annotated[dict[Narrowing, Share], Figure()]
    levels: Annotated[
        dict[Narrowing, dict[Id, Left]], about("Numbers of their own for some levels of a step.")
    ] = {}
    fall_back: Widening


class Spreads(Model):
    """spread.yaml."""

    spread: Annotated[
        list[Spread], Field(min_length=1), Rule("spread", "table", "How known inputs narrow the range")
    ]


class Plan(Model):
    """plan.yaml: the order of each method's steps."""

    market: Annotated[
        list[Annotated[Id, Ref("step", "is a step of the market method")]],
        Field(min_length=1),
        Rule("plan", "plan", "The market method's steps in order"),
    ]
    grade: Annotated[list[GradeStep], Field(min_length=3, max_length=3)] = [*GRADE_STEPS]


class Citation(Model):
    """One source."""

    id: Own
    title: Text
    publisher: Text
    url: Annotated[str, Field(pattern=URL)] | None
    published: Text
    retrieved: Iso
    licence: Text
    note: Note = None


class Citations(Model):
    """sources.yaml."""

    sources: Annotated[list[Citation], Field(min_length=1), Rules("source", "title")]


class Overlay(Model):
    """overlay.yaml: what an overlay is, who made it, and what it rests on."""

    title: Text
    author: Text
    reference: Text
