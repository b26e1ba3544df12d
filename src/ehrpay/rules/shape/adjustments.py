"""The shape of adjustments/*.yaml: one factor, a curve by years, a choice of one level, or a set of credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from ehrpay.domain.profile import FIELDS, LEVELS
from ehrpay.named_tuple import NamedTuple
from ehrpay.rules.shape.fields import (
    ABOUT_SERIES,
    Alias,
    Aliases,
    Basis,
    Cited,
    CurveValue,
    Factor,
    FactorValues,
    Id,
    JobSeries,
    Model,
    Note,
    Own,
    Role,
    Soc,
    Sources,
    Text,
    about,
    wrong,
)
from ehrpay.rules.shape.layout import Implied, Ref, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import PydanticCustomError

Measured = Annotated[Soc, Ref("occupation", "holds for it")]
Credential = Annotated[Id, Ref("credential", "counts once together with it")]
NotFor = Annotated[Id, Ref("role", "counts it as a plain credential")]
KINDS = "write kind: core, entry, specialty or other"
EVIDENCE = "write evidence: true where sources show what it pays; without them, factor: 1.0000"

if TYPE_CHECKING:
    Input = str
else:
    Input = Literal[*(field.name for field in FIELDS.values() if field.adjustment), "occupation", "fallback"]
    """What a step is chosen by: a field of a profile, the occupation, or how far the place fell back."""


class Needed(NamedTuple):
    """An adjustment that profiles are read by: its step, the input it takes, and what one of its levels is called."""

    step: str
    input: str
    level: str = ""


NEEDED = {
    field.adjustment: Needed(field.step, field.name, "credential" if field.step == "set" else field.name)
    for field in LEVELS
    if not field.optional
} | {"location": Needed("choice", "fallback")}
"""The adjustments without which no estimate can be made, by id."""


class Ranked(Model):
    """Dated values under a name of their own."""

    values: FactorValues


class ByRole(Ranked):
    """Values that hold for some roles only."""

    roles: Annotated[list[Role], Field(min_length=1)]


class ByOccupation(Ranked):
    """Values that hold for some occupations only."""

    occupations: Annotated[list[Measured], Field(min_length=1)]


class NoneHeld(Ranked):
    """Values for holding no credential."""

    by_role: Annotated[list[ByRole], about("Values that hold for these roles only.")] = []


class RoleOrder(Cited):
    """The place a role keeps beside another in every area: areas' figures of small occupations are noisy."""

    role: Annotated[Id, Ref("role", "keeps its place beside it")]
    at_least: Annotated[Factor | None, about("At least this much of what that role's median worker has.")] = (
        None
    )
    at_most: Annotated[Factor | None, about("At most this much of it.")] = None

    def _wrong(self) -> Iterator[str | PydanticCustomError]:
        if self.at_least is None and self.at_most is None:
            yield "give at_least, at_most or both"
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            yield wrong(f"at_least {self.at_least} is above at_most {self.at_most}", "at_least")


class Asked(Cited):
    """The experience that announcements of a role ask for."""

    years: Annotated[int, Field(ge=1, le=60, strict=True), Unit("years")]


class Titles(Model):
    """Job titles as postings write them, and where they were seen."""

    names: Annotated[list[Alias], Field(min_length=1), about("Without the words for a level.")]
    basis: Basis
    sources: Sources


class Level(Model):
    """One level of a choice, or one credential of a set."""

    id: Own
    name: Text
    aliases: Aliases = []
    values: FactorValues
    evidence: Annotated[
        bool, about("false: no pay figure was found; the factor is 1.0000 and the answer says so.")
    ] = True
    by_role: Annotated[list[ByRole], about("Values that hold for these roles only.")] = []
    by_occupation: Annotated[
        list[ByOccupation], about("Values that hold for these occupations only, and for no role named above.")
    ] = []
    occupation: Annotated[
        Annotated[Soc, Ref("occupation", "takes its base wage from it")] | None,
        about("The occupation whose wages are the base, in quotes."),
    ] = None
    order: RoleOrder | None = None
    asks: Annotated[Asked | None, about("Fewer years are priced all the same, and the answer says so.")] = (
        None
    )
    series: Annotated[JobSeries | None, ABOUT_SERIES] = None
    titles: Annotated[list[Titles], about("What postings call the role.")] = []
    short: Text | None = None
    issuer: Text | None = None
    kind: Annotated[
        Literal["core", "entry", "specialty", "other"] | None,
        about("core, specialty: counts as best, second or third; entry: as best only; other: no pay figure."),
    ] = None
    prerequisite: Text | None = None
    fee: Text | None = None
    renewal: Text | None = None
    same_as: Annotated[list[Credential], about("Credentials of the same path, counted once.")] = []
    excluded_roles: Annotated[list[NotFor], about("Roles whose pay already includes it.")] = []
    facts_sources: list[Annotated[Id, Ref("source", "cites it for fees and prerequisites")]] = []
    note: Note = None

    def _wrong(self) -> Iterator[str | PydanticCustomError]:
        if not self.evidence and self.occupation is None and any(v.factor != 1 for v in self.values):
            yield wrong("a level without pay evidence must have the factor 1.0000", help=EVIDENCE)
        given = [key for key in ("prerequisite", "fee", "renewal") if getattr(self, key)]
        if given and not self.facts_sources:
            yield f"{' and '.join(given)} need facts_sources"


class Adjustment(Model):
    """One factor: adjustments/*.yaml."""

    adjustment: Own
    title: Text
    step: Literal["curve", "choice", "set"]
    input: Input
    about: Text
    curve: Annotated[list[CurveValue], Field(min_length=1)] | None = None
    beside_level: Annotated[
        Ranked | None, about("How much of the curve's distance from 1.0000 counts where a level is said too.")
    ] = None
    levels: Annotated[list[Level], Implied()] = []
    none: NoneHeld | None = None
    core: Ranked | None = None
    ranks: dict[Literal["second", "third"], Ranked] | None = None
    applies_to: Annotated[
        list[Measured], about("Where the levels' own values were measured; left out, in every occupation.")
    ] = []
    apart: Annotated[
        list[Annotated[Id, Ref("role", "does not count there")]], about("Roles that it was not measured for.")
    ] = []

    def _wrong(self) -> Iterator[str | PydanticCustomError]:
        missing = [key for key in READS[self.step] if not getattr(self, key)]
        if missing:
            yield f"step '{self.step}' needs {', '.join(missing)}"
        step = FIELDS[self.input].step if self.input in FIELDS else "choice"
        if self.step != step:
            yield f"the input '{self.input}' is for the step '{step}', not '{self.step}'"
        for i, level in enumerate(self.levels if self.step == "set" else ()):
            if level.kind is None:
                yield wrong(f"the credential '{level.id}' needs a kind", "levels", i, help=KINDS)


READS = {
    "curve": ("curve",),
    "choice": ("levels",),
    "set": ("levels", "none", "core", "ranks", "applies_to"),
}
"""The keys that a step needs."""

MAY_READ = {"curve": ("beside_level",), "choice": ("applies_to", "apart"), "set": ()}
"""The keys that a step reads where they are given."""
