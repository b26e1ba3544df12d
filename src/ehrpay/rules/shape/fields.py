"""What a single value in a rule file may be: ids, dates, factors, dollars; and what every number carries.

Factors are decimals such as 1.07 (four places at most), wages whole dollars a year, percents two places.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import no_info_before_validator_function

from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.shape.layout import Columns, Figure, Name, Ref, Unit, Usual, is_number

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
URL = r"^https?://[^\s]+$"
DOLLARS = "dollars a year"
LEAST, MOST = 1_000, 10_000_000
"""The fewest and the most dollars a year that a wage, band, cap or step may be."""
FACTOR_PLACES = 4
USUAL = Usual("15000", "400000")
ENOUGH, UNJUDGED = 1_000, "not_judged"
"""Problems of one file after which its shape is judged no further; those of nested mappings count again."""


def _iso(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise ValueError("is not a date; write YYYY-MM-DD")
    try:
        date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(f"is not a calendar date ({error})") from None
    return value


class Decimals(NamedTuple):
    """A number with at most so many decimal places; whole numbers are fine too. Compiled, it is a number of these."""

    places: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check a number before pydantic does."""
        return no_info_before_validator_function(self._checked, handler(source))

    def _checked(self, value: Any) -> Decimal:
        if not is_number(value):
            hint = _decimal_like(value, self.places)
            raise PydanticCustomError("not_a_number", "is not a number", {"help": hint})
        number = Decimal(value)
        if number != number.quantize(Decimal(1).scaleb(-self.places)):
            raise ValueError(f"has more than {self.places} decimal places")
        return number


def _decimal_like(value: Any, places: int) -> str:
    """How to write what was meant: a share of four places is a factor, where 5 % more is 1.05."""
    text = value.strip() if isinstance(value, str) else ""
    if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", text):
        return f"write {text} without quotes"
    return f"write a number, such as {'1.05 for 5 % more' if places == FACTOR_PLACES else '2.5 for 2.5 %'}"


def _plain(value: str) -> str:
    if not all(c.isascii() and (c.isalnum() or c in " -_./&'+") for c in value):
        raise ValueError("may contain only letters, digits, spaces and - _ . / & ' +")
    if not any(c.isalnum() for c in value):
        raise ValueError("has no letter or digit, so it can't be typed")
    return value


def about(words: str) -> Any:
    """What an editor shows over a key."""
    return Field(description=words)


Id = Annotated[str, Field(pattern=ID, max_length=40)]
Own = Annotated[Id, Name()]
Alias = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_plain)]
Aliases = Annotated[list[Alias], about("Other names people may type.")]
Soc = Annotated[str, Field(pattern=r"^\d\d-\d{4}$")]
JobSeries = Annotated[str, Field(pattern=r"^\d{4}$")]
ABOUT_SERIES = about('The job series in quotes, such as "0675".')
Iso = Annotated[str, BeforeValidator(_iso), Field(json_schema_extra={"pattern": r"^\d{4}-\d{2}-\d{2}$"})]
Text = Annotated[str, Field(min_length=1, max_length=2_000)]
Note = Annotated[Text | None, about("How the number came from the evidence, in a sentence.")]
Factor = Annotated[
    Decimal,
    Decimals(FACTOR_PLACES),
    Field(ge=Decimal("0.1"), le=Decimal(5)),
    Usual("0.5", "2"),
    Unit("factor"),
]
Share = Annotated[
    Decimal, Decimals(FACTOR_PLACES), Field(ge=Decimal("0.1"), le=1), Usual("0.8", "1"), Unit("factor")
]
Widening = Annotated[Decimal, Decimals(FACTOR_PLACES), Field(ge=1, le=2), Usual("1", "1.25"), Unit("factor")]
Percent = Annotated[Decimal, Decimals(2), Field(ge=0, le=100), Unit("percent")]
Dollars = Annotated[int, Field(ge=LEAST, le=MOST, strict=True), USUAL, Unit(DOLLARS)]
Count = Annotated[int, Field(ge=0, le=1_000_000_000, strict=True), Unit("people")]
Grade = Annotated[int, Field(ge=1, le=15, strict=True), Unit("grade")]
ABOUT_GRADES = about("General Schedule grades; of a band, the first and the last.")
Role = Annotated[Id, Ref("role", "is for this role")]
Basis = Annotated[
    Literal["official", "survey", "reported", "assumption"],
    about("How we know it: official, survey, reported or assumption."),
]
Confidence = Annotated[
    Literal["high", "medium", "low"], about("How sure this number is: high, medium or low.")
]
Sources = Annotated[
    list[Annotated[Id, Ref("source", "cites it")]],
    Field(min_length=1, description="Ids in sources.yaml; a number without a source is an error."),
]


def wrong(message: str, *at: str | int, help: str = "") -> PydanticCustomError:
    """What a mapping as a whole shows is wrong: a sentence without braces, where below it, and what helps."""
    return PydanticCustomError("wrong", message, {"at": at, "help": help})


def bounds(low: Decimal, key: str, value: Decimal, high: Decimal) -> Iterator[PydanticCustomError]:
    """What is wrong with a value and the range around it, at the key that is out of order."""
    if low > high:
        yield wrong(f"low {low} is above high {high}", "low")
    elif value < low:
        yield wrong(f"{key} {value} is below low {low}", key)
    elif value > high:
        yield wrong(f"{key} {value} is above high {high}", key)


class Model(BaseModel):
    """A mapping with these keys and no others."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)

    @model_validator(mode="wrap")
    @classmethod
    def _enough(cls, value: Any, handler: Any, info: ValidationInfo) -> Any:
        """Stop judging where a file has more problems than anyone is shown: a million take a minute."""
        wrong: Counter[str] | None = info.context
        if wrong is not None and wrong["problems"] > ENOUGH:
            raise PydanticCustomError(UNJUDGED, "not judged")
        try:
            return handler(value)
        except ValidationError as error:
            if wrong is not None:
                wrong["problems"] += error.error_count()
            raise

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for one in self._wrong():
            raise ValueError(one) if isinstance(one, str) else one
        return self

    def _wrong(self) -> Iterator[str | PydanticCustomError]:
        """What no single value shows: sentences, of which the first counts."""
        yield from ()


class Grounded(Model):
    """What rests on evidence: from where, and how it is known."""

    basis: Basis
    sources: Sources


class Cited(Model):
    """What every number carries: since when, from where, how it is known, when to look again."""

    effective: Annotated[Iso, about("In force from this day until a newer value starts (YYYY-MM-DD).")]
    sources: Sources
    basis: Basis
    review_by: Annotated[Iso | None, about("After this day answers warn that the number is old.")] = None
    note: Note = None


class FactorValue(Cited):
    """A factor relative to the median worker, with its bounds."""

    factor: Annotated[Factor, Figure(), about("Relative to the median worker: 1.07 is 7 % above.")]
    low: Annotated[Factor, about("The lowest value the evidence supports.")]
    high: Annotated[Factor, about("The highest value the evidence supports.")]
    confidence: Confidence

    def _wrong(self) -> Iterator[PydanticCustomError]:
        yield from bounds(self.low, "factor", self.factor, self.high)


FactorValues = Annotated[list[FactorValue], Field(min_length=1)]
Point = Annotated[tuple[Annotated[int, Field(ge=0, le=60)], Factor, Factor, Factor], Field(strict=False)]


class CurveValue(Cited):
    """A curve by years: rows of years, factor, low, high; monotone, from 0 to 60 years."""

    confidence: Confidence
    points: Annotated[
        list[Point],
        Field(
            min_length=2, description="Rows of years, factor, low, high; from 0 to 60 years, never falling."
        ),
        Columns(("years", "factor", "low", "high")),
        Figure(),
    ]

    def _wrong(self) -> Iterator[PydanticCustomError]:
        if self.points[0][0] != 0:
            yield wrong("the first point must be at 0 years", "points", 0)
        for i, (before, after) in enumerate(pairwise(self.points), 1):
            if after[0] <= before[0]:
                yield wrong(f"{after[0]} years after {before[0]}: years must rise", "points", i)
            for name, old, new in zip(("factor", "low", "high"), before[1:], after[1:], strict=True):
                if new < old:
                    message = f"{name} falls at {after[0]} years: more years must never pay less"
                    yield wrong(message, "points", i)
        for i, (years, factor, low, high) in enumerate(self.points):
            for one in bounds(low, "factor", factor, high):
                yield wrong(f"at {years} years {one.message()}", "points", i)
