"""The shape of every rule file, strictly: unknown keys, wrong types and values out of range are problems.

The models only judge; `compile.py` reads the judged data.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from ehrpay.rules.shape.agency import Agency
from ehrpay.rules.shape.benefits import Benefits
from ehrpay.rules.shape.fields import (
    Alias,
    Basis,
    Cited,
    Count,
    CurveValue,
    Dollars,
    FactorValue,
    Grade,
    Id,
    Iso,
    Model,
    Percent,
    Share,
    Soc,
    Text,
    Widening,
    decimal_of,
    usual,
)
from ehrpay.rules.shape.overlay import Overlay

FactorValues = Annotated[list[FactorValue], Field(min_length=1)]


class Ranked(Model):
    """Dated values under a name of their own."""

    values: FactorValues


class ByRole(Ranked):
    """Values that hold for some roles only."""

    roles: Annotated[list[Id], Field(min_length=1)]


class Level(Model):
    """One level of a choice, or one credential of a set."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
    name: Text
    aliases: list[Alias] = []
    values: FactorValues
    evidence: bool = True
    by_role: list[ByRole] = []
    occupation: Soc | None = None
    series: Annotated[str, Field(pattern=r"^\d{4}$")] | None = None
    short: Text | None = None
    issuer: Text | None = None
    kind: Literal["core", "entry", "specialty", "other"] | None = None
    prerequisite: Text | None = None
    fee: Text | None = None
    renewal: Text | None = None
    same_as: list[Id] = []
    excluded_roles: list[Id] = []
    facts_sources: list[Id] = []
    note: Text | None = None

    @model_validator(mode="after")
    def _silent(self) -> Level:
        if not self.evidence and self.occupation is None and any(v.factor != 1 for v in self.values):
            msg = "a level without pay evidence must have the factor 1.0000"
            raise ValueError(msg)
        told = [key for key in ("prerequisite", "fee", "renewal") if getattr(self, key)]
        if told and not self.facts_sources:
            msg = f"{' and '.join(told)} need facts_sources"
            raise ValueError(msg)
        return self


class Adjustment(Model):
    """One factor: adjustments/*.yaml."""

    adjustment: Id
    title: Text
    step: Literal["curve", "choice", "set"]
    input: Literal["years", "degree", "certs", "role", "setting", "ehr", "work", "occupation", "fallback"]
    about: Text
    curve: Annotated[list[CurveValue], Field(min_length=1)] | None = None
    levels: list[Level] = []
    none: Ranked | None = None
    core: Ranked | None = None
    ranks: dict[Literal["second", "third"], Ranked] | None = None
    applies_to: list[Soc] = []

    @model_validator(mode="after")
    def _whole(self) -> Adjustment:
        needs = {
            "curve": ["curve"],
            "choice": ["levels"],
            "set": ["levels", "none", "core", "ranks", "applies_to"],
        }
        missing = [key for key in needs[self.step] if not getattr(self, key)]
        if missing:
            msg = f"step '{self.step}' needs {', '.join(missing)}"
            raise ValueError(msg)
        step = {"years": "curve", "certs": "set"}.get(self.input, "choice")
        if self.step != step:
            msg = f"the input '{self.input}' is for the step '{step}', not '{self.step}'"
            raise ValueError(msg)
        unkind = [level.id for level in self.levels if level.kind is None]
        if self.step == "set" and unkind:
            msg = f"a credential needs a kind: {', '.join(unkind)}"
            raise ValueError(msg)
        return self


class Wage(Cited):
    """National percentiles of one occupation, whole dollars a year; null where BLS hides one."""

    employment: Count | None
    p10: Dollars | None
    p25: Dollars | None
    p50: Dollars
    p75: Dollars | None
    p90: Dollars | None


class Occupation(Model):
    """One occupation with its national wages by reference month."""

    id: Soc
    title: Text
    noisy: bool = False
    note: Text | None = None
    wages: Annotated[list[Wage], Field(min_length=1)]


class Occupations(Model):
    """occupations.yaml."""

    occupations: Annotated[list[Occupation], Field(min_length=1)]


class Reading(Model):
    """One quarter's index, a decimal string."""

    quarter: Annotated[str, Field(pattern=r"^\d{4}Q[1-4]$")]
    value: Annotated[str, Field(pattern=r"^\d{2,4}(\.\d{1,3})?$")]
    sources: Annotated[list[Id], Field(min_length=1)]
    basis: Basis
    note: Text | None = None


class Beyond(Cited):
    """How wages are carried past the last reading."""

    pace: Literal["last-12-months"]
    months: Annotated[int, Field(ge=1, le=60, strict=True)]


class Index(Model):
    """The wage index."""

    index: Id
    title: Text
    readings: Annotated[list[Reading], Field(min_length=5)]
    beyond: Beyond


class Ageing(Model):
    """ageing.yaml."""

    ageing: Index


class AreaTable(Cited):
    """Area wages of one reference month: one row an area and occupation."""

    columns: list[str]
    rows: Annotated[list[list[Any]], Field(min_length=1)]


class Areas(Model):
    """areas/*.yaml."""

    kind: Literal["state", "metro", "nonmetro"]
    names: dict[str, Text]
    tables: Annotated[list[AreaTable], Field(min_length=1)]


class BaseTable(Cited):
    """A year's base table: grade, then steps 1 to 10."""

    rows: Annotated[
        list[Annotated[list[Annotated[int, Field(ge=1, strict=True)]], Field(min_length=11, max_length=11)]],
        Field(min_length=15, max_length=15),
    ]


class GsBase(Model):
    """federal/gs-base.yaml."""

    pay_plan: Literal["GS"]
    tables: Annotated[list[BaseTable], Field(min_length=1)]


class LocalityPercent(Cited):
    """A locality's percentage in one year."""

    percent: Annotated[Percent, usual("10", "60")]


class Locality(Model):
    """One locality pay area."""

    code: Annotated[str, Field(pattern=r"^[A-Z]{2,4}$")]
    name: Text
    percents: Annotated[list[LocalityPercent], Field(min_length=1)]


class GsLocality(Model):
    """federal/gs-locality.yaml."""

    localities: Annotated[list[Locality], Field(min_length=1)]


class PayCap(Cited):
    """The cap on locality rates in one year."""

    cap: Dollars


class Waiting(Cited):
    """Weeks at steps 1 to 9 before the next."""

    weeks: Annotated[
        list[Annotated[int, Field(ge=1, le=520, strict=True), usual("26", "208")]],
        Field(min_length=9, max_length=9),
    ]


class Divisor(Cited):
    """Hours that an annual rate is divided by."""

    hours: Annotated[int, Field(ge=1_000, le=3_000, strict=True), usual("2000", "2100")]


class GsRules(Model):
    """federal/gs-rules.yaml."""

    caps: Annotated[list[PayCap], Field(min_length=1)]
    within_grade: Annotated[list[Waiting], Field(min_length=1)]
    hourly_divisor: Annotated[list[Divisor], Field(min_length=1)]


class Entry(Model):
    """One way into a ladder."""

    grade: Grade
    years: Annotated[Decimal, decimal_of(1), Field(ge=0, le=60), usual("0", "15")] = Decimal(0)
    degree: Id | None = None
    certs: list[Id] = []
    text: Text
    basis: Basis
    sources: Annotated[list[Id], Field(min_length=1)]


class Advance(Model):
    """What opens the next grade of a ladder."""

    text: Text
    basis: Basis
    sources: Annotated[list[Id], Field(min_length=1)]


class Ladder(Cited):
    """A qualification ladder: who it is for, its grades, ways in, and the way up."""

    id: Id
    title: Text
    agencies: Annotated[list[Id], Field(min_length=1)]
    series: Annotated[str, Field(pattern=r"^\d{4}$")]
    roles: Annotated[list[Id], Field(min_length=1)]
    default: bool = False
    grades: Annotated[list[Grade], Field(min_length=1)]
    entries: Annotated[list[Entry], Field(min_length=1)]
    advance: Advance


class Ladders(Model):
    """federal/ladders.yaml."""

    ladders: Annotated[list[Ladder], Field(min_length=1)]


class Spread(Cited):
    """How much what is known narrows the range, and each level fallen back widens it."""

    narrow: dict[Id, Share]
    fall_back: Widening


class Spreads(Model):
    """spread.yaml."""

    spread: Annotated[list[Spread], Field(min_length=1)]


class Plan(Model):
    """plan.yaml: the order of the market method's steps."""

    market: Annotated[list[Id], Field(min_length=1)]


class Citation(Model):
    """One source."""

    id: Id
    title: Text
    publisher: Text
    url: Annotated[str, Field(pattern=r"^https?://[^\s]+$")] | None
    published: Text
    retrieved: Iso
    licence: Text
    note: Text | None = None


class Sources(Model):
    """sources.yaml."""

    sources: Annotated[list[Citation], Field(min_length=1)]


FILES: dict[str, type[Model]] = {
    "overlay.yaml": Overlay,
    "sources.yaml": Sources,
    "occupations.yaml": Occupations,
    "ageing.yaml": Ageing,
    "spread.yaml": Spreads,
    "plan.yaml": Plan,
    "benefits.yaml": Benefits,
    "federal/gs-base.yaml": GsBase,
    "federal/gs-locality.yaml": GsLocality,
    "federal/gs-rules.yaml": GsRules,
    "federal/ladders.yaml": Ladders,
    "adjustments/": Adjustment,
    "agencies/": Agency,
    "areas/": Areas,
}
"""Which model a file is judged by: its path below the rules folder, or the folder it lies in."""


def model_for(path: str) -> type[Model] | None:
    """The model for a file's path below its rules folder; None for a path that is no rule file."""
    return FILES.get(path) or FILES.get(path.rpartition("/")[0] + "/")
