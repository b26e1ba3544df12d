"""The shape of what the market method runs by, plan.yaml and spread.yaml; of citations, and an overlay's head."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from ehrpay.rules.shape.fields import (
    Cited,
    Id,
    Iso,
    Model,
    Note,
    Own,
    Share,
    Text,
    Widening,
    about,
    decimal_of,
)
from ehrpay.rules.shape.layout import Ref, Rule, Rules, Unit, Usual

GradeStep = Literal["base-rate", "locality-pay", "pay-cap"]
GRADE_STEPS: tuple[GradeStep, ...] = ("base-rate", "locality-pay", "pay-cap")
"""The grade method's steps, in the one order their arithmetic has."""


Narrowing = Annotated[Id, Ref("step", "narrows the range once it is known")]
Left = Annotated[Decimal, decimal_of(4), Field(ge=Decimal("0.1"), le=2), Usual("0.8", "1.25"), Unit("factor")]
"""What a level leaves of the range: some kinds of employers pay wider apart than all together."""


class Spread(Cited):
    """How much what is known narrows the range, and each level fallen back widens it."""

    narrow: dict[Narrowing, Share]
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
    url: Annotated[str, Field(pattern=r"^https?://[^\s]+$")] | None
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
