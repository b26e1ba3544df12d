"""Options that commands share, declared once. Values arrive as text; the domain reads and refuses them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ehrpay.errors import UsageError, did_you_mean, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ehrpay.domain.estimate.rulebook import Rulebook
    from ehrpay.domain.profile import Profile


def _option(*names: str, help: str, metavar: str, env: str | None = None) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        *names, help=help, metavar=metavar, envvar=env, show_envvar=False
    )
    return option


Agency = Annotated[
    str | None,
    _option("--agency", metavar="ID", env="EHRPAY_AGENCY", help="Employer: va, ssa, hhs, ihs, dod, private."),
]
Role = Annotated[
    str | None,
    _option(
        "--role", metavar="ID", env="EHRPAY_ROLE", help="What the job is: coder, auditor, supervisor ..."
    ),
]
Years = Annotated[
    str | None,
    _option(
        "--years", metavar="YEARS", env="EHRPAY_YEARS", help="Years of experience: 5, 2.5, or a range 3-5."
    ),
]
Degree = Annotated[
    str | None,
    _option("--degree", metavar="ID", env="EHRPAY_DEGREE", help="Highest degree: associate, bachelor ..."),
]
Certs = Annotated[
    list[str] | None,
    _option(
        "--cert",
        metavar="ID",
        env="EHRPAY_CERT",
        help="A credential held (repeat, or rhit,ccs); none for none.",
    ),
]
Location = Annotated[
    str | None,
    _option(
        "--location",
        metavar="PLACE",
        env="EHRPAY_LOCATION",
        help="State, city, county, ZIP, CBSA code or title.",
    ),
]
Locality = Annotated[
    str | None,
    _option("--locality", metavar="CODE", env="EHRPAY_LOCALITY", help="OPM's locality code, such as DEN."),
]
Setting = Annotated[
    str | None,
    _option("--setting", metavar="ID", env="EHRPAY_SETTING", help="Employer setting: hospital, payer ..."),
]
Ehr = Annotated[
    list[str] | None,
    _option(
        "--ehr", metavar="ID", env="EHRPAY_EHR", help="An EHR system known: epic, meditech ... (repeat)."
    ),
]
Work = Annotated[
    str | None, _option("--work", metavar="ID", env="EHRPAY_WORK", help="onsite, hybrid or remote.")
]
Grade = Annotated[str | None, _option("--grade", metavar="N", help="General Schedule grade, 1 to 15.")]
Step = Annotated[str | None, _option("--step", metavar="N", help="Step within the grade, 1 to 10.")]
YearsInGrade = Annotated[
    str | None,
    _option(
        "--years-in-grade", metavar="YEARS", help="Years at the grade: gives the step by waiting periods."
    ),
]
AsOf = Annotated[
    str | None,
    _option(
        "--as-of", metavar="DATE", env="EHRPAY_AS_OF", help="Price with the rules of this day (YYYY-MM-DD)."
    ),
]
# EHRPAY_RULES is read beside the flag and not in its place: both name overlays.
Rules = Annotated[
    list[str] | None,
    _option(
        "--rules",
        metavar="DIR",
        help="An overlay of rules, after those in EHRPAY_RULES (repeat; the last wins).",
    ),
]
Format = Annotated[
    str | None,
    _option("--format", metavar="NAME", env="EHRPAY_FORMAT", help="table, plain, json, csv or markdown."),
]
Json = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
Color = Annotated[str, _option("--color", metavar="WHEN", help="auto, always or never.")]


def profile(said: Mapping[str, object]) -> Profile:
    """The profile in a command's parameters, given as its `locals()`: each field is an option's own name."""
    from ehrpay.domain.profile import Profile

    told: dict[str, Any] = {field: said[field] for field in Profile._fields}
    several: dict[str, Any] = {
        field: tuple(value) for field, value in told.items() if isinstance(value, list)
    }
    return Profile(**(told | several))


def rulebook(said: Mapping[str, object]) -> Rulebook:
    """The rulebook that a command's parameters ask for, given as its `locals()`; overlays that differ are told."""
    from ehrpay.api import load_rulebook
    from ehrpay.rules.folder import named

    as_of: Any = said["as_of"]
    flags: Any = said.get("rules")
    book = load_rulebook(as_of=as_of, overlays=named(flags or ()))
    if book.fights:
        from ehrpay.cli.main import warn

        for text in book.fights:
            warn(text)
    return book


def one_of(value: str, known: Sequence[str], field: str) -> str:
    """The value if it is one of the words known; UsageError with the nearest otherwise."""
    if value not in known:
        hint = did_you_mean(value, known) or ";"
        msg = f"{shown(value)} is not known{hint} give {', '.join(known[:-1])} or {known[-1]}"
        raise UsageError(msg, field=field)
    return value


def chosen_format(
    name: str | None,
    *,
    json: bool,
    interactive: bool,
    view: type | None = None,
    known: Sequence[str] = (),
) -> str:
    """The format asked for: `--json` is `--format json`; a person gets a table, a pipe plain text.

    A view can be shown in every format whose writer finds what it needs in it; without one, in those `known`.
    """
    if json:
        if name not in (None, "json"):
            msg = f"--json conflicts with --format {shown(name)}"
            raise UsageError(msg)
        return "json"
    if name is None:
        return "table" if interactive else "plain"
    if view is not None:
        from ehrpay.formats import writers

        if name in writers.names() and writers.suits(name, view):
            return name
        known = writers.suiting(view)
    return one_of(name, known, "format")
