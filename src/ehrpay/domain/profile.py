"""Who is priced: the fields of a profile, each declared once, as typed and after reading.

Options, readers, records and lists are made from what is declared of a field.

A field not given is None; `none` is a value of its own (`certs=()` means "holds no credential").
"""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from ehrpay.domain.typed_numbers import Years
from ehrpay.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ehrpay.domain.place import Place

Kind = Literal["agency", "level", "years", "tenths", "whole", "place", "locality"]
"""How a value is read: as an employer, a level of an adjustment, years (or a range), years, a whole number ..."""

COLUMN_NAMES = {
    "employer_agency": "agency",
    "job_role": "role",
    "experience": "years",
    "years_experience": "years",
    "years_of_experience": "years",
    "education": "degree",
    "highest_degree": "degree",
    "credential": "certs",
    "credentials": "certs",
    "certification": "certs",
    "certifications": "certs",
    "place": "location",
    "zip": "location",
    "zip_code": "location",
    "employer_setting": "setting",
    "ehr_system": "ehr",
    "ehr_systems": "ehr",
    "remote": "work",
    "job_level": "level",
    "gs_grade": "grade",
    "gs_step": "step",
    "locality_code": "locality",
    "salary": "pay",
    "current_pay": "pay",
    "annual_pay": "pay",
    "base_pay": "pay",
    "current_salary": "pay",
    "annual_salary": "pay",
    "start": "hired",
    "start_date": "hired",
    "hire_date": "hired",
    "date_hired": "hired",
}
"""What people call columns of a file, by `plain_key`: the field, current pay or the hiring date."""


def plain_key(written: str) -> str:
    """A key or a column's name as it is compared: `Sign-on`, `sign on` and `sign_on` are one."""
    return "_".join(written.casefold().replace("-", " ").replace("_", " ").split())


class Field(NamedTuple):
    """One field: how its option is typed, how its value is read, and what shows it.

    `adjustment` is the file that prices it, by a `step` of the plan; `plural` the word after `ehrpay list`; `short` the
    option in one letter. `several` fields hold any number of levels, `none` being the headline's words for an empty
    set. A `personal` field goes with a person from job to job, one of the `pay_plan` means nothing outside a pay plan,
    and one `instead_of` another takes its place. `most` is the largest whole number, `from_environment` whether an
    environment variable may give the value too. Rules may leave out the adjustment of an `optional` field, which older
    ones do not have. What is left out follows from the name: see `named`.
    """

    help: str
    kind: Kind = "level"
    metavar: str = "ID"
    name: str = ""
    option: str = ""
    short: str = ""
    noun: str = ""
    plural: str = ""
    adjustment: str = ""
    step: str = "choice"
    several: bool = False
    none: str = ""
    personal: bool = False
    pay_plan: bool = False
    instead_of: str = ""
    most: int = 0
    from_environment: bool = True
    optional: bool = False

    def named(self, name: str) -> "Field":
        """The field of a name: `shift` is typed `--shift`, listed as `shifts` and priced by adjustments/shift.yaml."""
        noun = self.noun or name
        return self._replace(
            name=name,
            option=self.option or f"--{name.replace('_', '-')}",
            noun=noun,
            plural=self.plural or f"{noun}s",
            adjustment=self.adjustment or (name if self.kind == "level" else ""),
        )

    @property
    def word(self) -> str:
        """The option without its dashes, as `--set` takes it."""
        return self.option.removeprefix("--")

    @property
    def variable(self) -> str | None:
        """The environment variable that gives the value where the option does not."""
        return f"EHRPAY_{self.word.upper().replace('-', '_')}" if self.from_environment else None


class Profile(NamedTuple):
    """One person and job, as typed: ids or aliases, numbers or their text.

    `years` is a number, its text, or a range such as `"3-5"` (0 to 60, tenths allowed); `certs` and `ehr` are
    one text or several, None when not given and empty for "none"; `role` may be a title with a level, such as
    `"Coder III"`, and `level` is one alone; `location` is anything `ehrpay where` understands; `grade` 1-15 and `step`
    1-10 are the General Schedule's, `years_in_grade` gives the step by its waiting
    periods; `locality` is OPM's code.
    """

    # fmt: off
    agency: Annotated[
        str | None,
        Field(
            "Employer: va, ssa, private ... (see ehrpay list agencies).",
            kind="agency", short="-a", plural="agencies"
        ),
    ] = None
    role: Annotated[
        str | None,
        Field(
            "Job role, or a title such as 'Coder III' (see ehrpay list roles).",
            short="-r", adjustment="responsibility", personal=True
        ),
    ] = None
    years: Annotated[
        str | float | None,
        Field(
            "Years of experience: 5, 2.5, or a range 3-5.",
            kind="years", short="-y", metavar="YEARS", adjustment="experience", step="curve", personal=True
        ),
    ] = None
    degree: Annotated[str | None, Field("Highest degree: associate, bachelor ...", personal=True)] = None
    certs: Annotated[
        str | tuple[str, ...] | list[str] | None,
        Field(
            "Credential you hold: rhit, ccs ... (repeat), or none.",
            option="--cert", short="-c", noun="credential", plural="certs", adjustment="certification", step="set",
            several=True, none="no credential", personal=True
        ),
    ] = None
    location: Annotated[
        str | None,
        Field(
            "State, city, county, ZIP, CBSA code or title.",
            kind="place", short="-l", metavar="PLACE", instead_of="locality"
        ),
    ] = None
    setting: Annotated[
        str | None,
        Field("Employer setting: hospital, payer ...", noun="employer setting", plural="settings"),
    ] = None
    ehr: Annotated[
        str | tuple[str, ...] | list[str] | None,
        Field(
            "EHR system you know: epic, meditech ... (repeat), or none.",
            noun="EHR system", plural="ehr", several=True, personal=True
        ),
    ] = None
    work: Annotated[str | None, Field("Onsite, hybrid or remote.", noun="work place", plural="work")] = None
    level: Annotated[
        str | None,
        Field("Level in the title: entry, II, senior, lead ...", personal=True, optional=True),
    ] = None
    grade: Annotated[
        int | str | None,
        Field(
            "General Schedule grade, 1 to 15.",
            kind="whole", metavar="N", pay_plan=True, most=15, from_environment=False
        ),
    ] = None
    step: Annotated[
        int | str | None,
        Field(
            "Step within the grade, 1 to 10.",
            kind="whole", metavar="N", pay_plan=True, most=10, instead_of="years_in_grade", from_environment=False
        ),
    ] = None
    years_in_grade: Annotated[
        str | float | None,
        Field(
            "Years in the grade, which set the step.",
            kind="tenths", metavar="YEARS", pay_plan=True, instead_of="step", from_environment=False
        ),
    ] = None
    locality: Annotated[
        str | None,
        Field(
            "OPM's locality code, such as DEN.",
            kind="locality", metavar="CODE", pay_plan=True, instead_of="location"
        ),
    ] = None
    # fmt: on

    def with_value(self, name: str, value: object) -> "Profile":
        """The profile with a field of that name changed."""
        changed: dict[str, Any] = {name: value}
        return self._replace(**changed)


FIELDS: dict[str, Field] = {
    name: kind.__metadata__[0].named(name) for name, kind in Profile.__annotations__.items()
}
"""Every field by its name, in the order answers show them."""

LEVELS = tuple(field for field in FIELDS.values() if field.kind == "level")
"""The fields whose values are the levels of an adjustment file."""


def from_texts(values: "Mapping[str, Any]") -> Profile:
    """A profile of texts, numbers and lists by field, as a command line or a file gives them."""
    read: dict[str, Any] = {
        name: value if value is None else tuple(value) if FIELDS[name].several else str(value)
        for name, value in values.items()
    }
    return Profile(**read)


class ResolvedProfile(NamedTuple):
    """A profile after reading: ids, tenths of years, a place. What the steps take."""

    agency: str | None = None
    role: str | None = None
    years: Years | None = None
    degree: str | None = None
    certs: tuple[str, ...] | None = None
    place: "Place | None" = None
    setting: str | None = None
    ehr: tuple[str, ...] | None = None
    work: str | None = None
    level: str | None = None
    grade: int | None = None
    step: int | None = None
    years_in_grade: int | None = None
    locality: str | None = None
    occupation: str = ""

    def typed(self) -> dict[str, Any]:
        """Each field as one would type it again; None where it was not given, an empty list for "none"."""
        return {name: _typed(field, getattr(self, _SLOT.get(name, name))) for name, field in FIELDS.items()}


_SLOT = {"location": "place"}


def _typed(field: Field, value: Any) -> Any:
    if value is None or (isinstance(value, int) and field.kind != "tenths"):
        return value
    if field.kind == "tenths":
        return f"{value // 10}.{value % 10}"
    if field.kind == "place":
        return value.name
    return list(value) if field.several else str(value)
