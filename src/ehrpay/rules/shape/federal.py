"""The shape of federal/*.yaml: the General Schedule's tables, and who qualifies for which grade."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from ehrpay.rules.shape.fields import (
    ABOUT_GRADES,
    ABOUT_SERIES,
    DOLLARS,
    Cited,
    Count,
    Decimals,
    Dollars,
    Grade,
    Grounded,
    Id,
    JobSeries,
    Model,
    Own,
    Percent,
    Role,
    Text,
)
from ehrpay.rules.shape.layout import Columns, Figure, Implied, Name, Ref, Rule, Rules, SameYear, Unit, Usual

if TYPE_CHECKING:
    from collections.abc import Iterator

STEPS = 10
Cell = Annotated[int, Field(ge=1, strict=True), Unit(DOLLARS)]


class BaseTable(Cited):
    """A year's base table: grade, then steps 1 to 10."""

    rows: Annotated[
        list[Annotated[list[Cell], Field(min_length=STEPS + 1, max_length=STEPS + 1)]],
        Field(min_length=15, max_length=15),
        Columns(("grade", *(f"step-{step}" for step in range(1, STEPS + 1)))),
        Implied(),
        Figure(),
    ]


class GsBase(Model):
    """federal/gs-base.yaml."""

    pay_plan: Literal["GS"]
    tables: Annotated[
        list[BaseTable],
        Field(min_length=1),
        Implied(),
        Rule("gs-base", "table", "General Schedule base pay", ("base pay",)),
    ]


class LocalityPercent(Cited):
    """A locality's percentage in one year."""

    percent: Annotated[Percent, Usual("10", "60"), Figure()]


class Locality(Model):
    """One locality pay area."""

    code: Annotated[str, Field(pattern=r"^[A-Z]{2,4}$"), Name()]
    name: Text
    percents: Annotated[list[LocalityPercent], Field(min_length=1), SameYear()]


class GsLocality(Model):
    """federal/gs-locality.yaml."""

    localities: Annotated[
        list[Locality],
        Field(min_length=1),
        Implied(),
        Rule("gs-locality", "table", "General Schedule locality payments", ("locality pay",)),
        Rules("locality", "name", prefix="gs-locality"),
    ]


class PayCap(Cited):
    """The cap on locality rates in one year."""

    cap: Annotated[Dollars, Figure()]


class Waiting(Cited):
    """Weeks at steps 1 to 9 before the next."""

    weeks: Annotated[
        list[Annotated[int, Field(ge=1, le=520, strict=True), Usual("26", "208"), Unit("weeks")]],
        Field(min_length=9, max_length=9),
        Figure(),
    ]


class Divisor(Cited):
    """Hours that an annual rate is divided by."""

    hours: Annotated[
        int, Field(ge=1_000, le=3_000, strict=True), Usual("2000", "2100"), Unit("hours a year"), Figure()
    ]


class Ahead(Cited):
    """By how many steps the first rate of a grade lies above the General Schedule's."""

    steps: Annotated[
        dict[
            Annotated[str, Field(pattern=r"^([3-9]|10)$")],
            Annotated[int, Field(ge=1, le=9, strict=True), Unit("steps")],
        ],
        Figure(),
    ]


class GsRules(Model):
    """federal/gs-rules.yaml."""

    caps: Annotated[
        list[PayCap],
        Field(min_length=1),
        SameYear(),
        Rule("cap", "table", "Cap on locality rates (Executive Schedule level IV)", ("pay cap", "caps")),
    ]
    within_grade: Annotated[
        list[Waiting],
        Field(min_length=1),
        Rule("within-grade", "table", "Weeks at steps 1 to 9 before the next", ("waiting periods",)),
    ]
    hourly_divisor: Annotated[
        list[Divisor],
        Field(min_length=1),
        Rule("hourly-divisor", "table", "Hours an annual rate is divided by", ("divisor",)),
    ]
    law_enforcement: Annotated[
        list[Ahead],
        Rule("law-enforcement", "table", "Steps that a grade of pay plan GL begins ahead of GS", ("gl",)),
    ] = []


class Entry(Grounded):
    """One way into a ladder."""

    grade: Grade
    years: Annotated[Decimal, Decimals(1), Field(ge=0, le=60), Usual("0", "15"), Unit("years")] = Decimal(0)
    degree: Annotated[Id, Ref("degree", "requires at least it")] | None = None
    certs: list[Annotated[Id, Ref("credential", "requires it or another")]] = []
    text: Text


class Advance(Grounded):
    """What opens the next grade of a ladder."""

    text: Text


class Ladder(Cited):
    """A qualification ladder: who it is for, its grades, ways in, and the way up."""

    id: Own
    title: Text
    agencies: Annotated[list[Annotated[Id, Ref("agency", "applies there")]], Field(min_length=1)]
    series: Annotated[JobSeries, ABOUT_SERIES]
    roles: Annotated[list[Role], Field(min_length=1)]
    default: bool = False
    grades: Annotated[list[Grade], Field(min_length=1), ABOUT_GRADES]
    entries: Annotated[list[Entry], Field(min_length=1)]
    advance: Advance


class Ladders(Model):
    """federal/ladders.yaml."""

    ladders: Annotated[list[Ladder], Field(min_length=1), Rules("ladder", "title")]


Held = Annotated[tuple[Grade, Annotated[Count, Field(gt=0)], Dollars], Field(strict=False)]


class Counted(Cited):
    """How many people held each grade on a day, and what they were paid on average."""

    rows: Annotated[list[Held], Field(min_length=1), Columns(("grade", "people", "average")), Figure()]

    def _wrong(self) -> Iterator[str]:
        grades = [row[0] for row in self.rows]
        if grades != sorted(set(grades)):
            yield "the grades of the rows must rise"


class Employed(Model):
    """The people of one job series at some agencies, by grade; `who` is how a sentence names them."""

    id: Own
    who: Text
    agencies: Annotated[list[Annotated[Id, Ref("agency", "counts its people")]], Field(min_length=1)]
    series: Annotated[JobSeries, ABOUT_SERIES]
    counts: Annotated[list[Counted], Field(min_length=1)]


class Employment(Model):
    """federal/employment.yaml: at most one list for a series at an agency."""

    employment: Annotated[list[Employed], Field(min_length=1), Rules("employment", "who")]

    def _wrong(self) -> Iterator[str]:
        seen: set[tuple[str, str]] = set()
        for one in self.employment:
            for agency in one.agencies:
                if (agency, one.series) in seen:
                    msg = f"people of series {one.series} at agency '{agency}' are counted in two lists"
                    yield msg
                seen.add((agency, one.series))
