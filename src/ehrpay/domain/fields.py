"""What is declared of a field of a profile, so that options, readers, records and lists can be made from it."""

from __future__ import annotations

from typing import Literal

from ehrpay.named_tuple import NamedTuple

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
"""What people call columns of a file, folded to lower case and `_`: the field, current pay or the hiring date."""


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

    def named(self, name: str) -> Field:
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
