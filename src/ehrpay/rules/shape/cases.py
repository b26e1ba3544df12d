"""The shape of a file of cases: a sentence, a profile, and what the answer must say."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, create_model

from ehrpay.domain.profile import FIELDS
from ehrpay.rules.shape.fields import Decimals, Iso, Model, Text, about

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ehrpay.domain.profile import Field as ProfileField

Years = Annotated[Decimal, Decimals(1), Field(ge=0, le=60)]
Whole = Annotated[int, Field(strict=True)]
Says = Annotated[
    list[Text],
    Field(default_factory=list),
    about("Words that the plain answer, or the error, must contain."),
]
_VALUES: dict[str, Any] = {"years": Years | Text, "tenths": Years, "whole": Whole}
"""The shape of a value by the kind of its field; else it is a text."""


def _shape(field: ProfileField) -> Any:
    if field.several:
        return list[Text] | None
    return _VALUES.get(field.kind, Text) | None


if TYPE_CHECKING:

    class Person(Model):
        """The fields of a profile."""

else:
    Person = create_model(
        "Person",
        __base__=Model,
        __doc__="Whom a case prices: the fields of a profile, as a person would type them.",
        **{name: (_shape(field), None) for name, field in FIELDS.items()},
    )


class Refusal(Model):
    """The error a case must end in: its exit code and words of its sentence."""

    code: Literal[2, 65, 66, 69, 78]
    says: Says


class Ahead(Model):
    """How far ahead `ehrpay ladder` is asked."""

    horizon: Annotated[int, Field(ge=0, le=40, strict=True)] = 10
    raised: Annotated[Decimal, Decimals(2), Field(ge=0, le=20)] | Text = Decimal(0)
    to_grade: Annotated[int, Field(ge=1, le=15, strict=True)] | None = None
    promotions: bool = True


class Case(Model):
    """One case. `expect` has dotted paths into the JSON answer, as in `steps.certification.factor`."""

    name: Text
    as_of: Iso
    profile: Person | None = None
    method: Literal["auto", "market", "grade"] = "auto"
    ladder: Ahead | None = None
    expect: Annotated[
        dict[str, Any],
        Field(default_factory=dict),
        about("Dotted paths into the JSON answer, and their values; a step is found by its id."),
    ]
    says: Says
    error: Refusal | None = None

    def _wrong(self) -> Iterator[str]:
        if not (self.expect or self.says or self.error):
            yield "a case needs expect, says or error: it can't fail without one"
        if self.error and (self.expect or self.says):
            yield "error can't be combined with expect or says"


class Cases(Model):
    """tests/*.yaml."""

    cases: Annotated[list[Case], Field(min_length=1)]


class Reference(Model):
    """One reference profile: a name, a profile, perhaps a method."""

    name: Text
    profile: Person
    method: Literal["auto", "market", "grade"] = "auto"


class References(Model):
    """tests/reference/*.yaml: the people `ehrpay rules diff` prices."""

    profiles: Annotated[list[Reference], Field(min_length=1, max_length=10_000)]
