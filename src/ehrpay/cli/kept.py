"""Settings kept in `config.toml`, as defaults of a command's options: the option wins, then its variable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typer._click.globals import get_current_context

from ehrpay import config
from ehrpay.domain.profile import FIELDS
from ehrpay.errors import RulesError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typer._click import Context

    from ehrpay.errors import UsageError

YIELDS = {
    "location": {"locality"},
    "locality": {"location", "agency"},
    "grade": {"agency"},
    "step": {"agency", "grade", "years_in_grade"},
    "years_in_grade": {"agency", "grade", "step"},
    "level": {"role"},
}
"""What is kept says nothing where one of these is given: it belongs to another job or says the same otherwise."""


def defaults() -> dict[str, Any]:
    """The kept value of every option, by its parameter's name."""
    kept = config.settings(FIELDS)
    return {name: one.value for name, one in kept.items() if name != "overlays"}


def source(ctx: Context, name: str) -> str:
    """Where a parameter's value comes from: `COMMANDLINE`, `ENVIRONMENT`, `DEFAULT_MAP` (the file) or `DEFAULT`."""
    found = ctx.get_parameter_source(name)
    return "" if found is None else found.name


def give_way(ctx: Context) -> None:
    """Leave out what the file gives where an option or variable takes its place."""
    given = {name for name in ctx.params if source(ctx, name) in {"COMMANDLINE", "ENVIRONMENT"}}
    for name in _from_file(ctx):
        if given & YIELDS.get(name, set()):
            ctx.params[name] = None


def sentence() -> str:
    """What an answer says of the settings it used; empty where it used none."""
    ctx = get_current_context(silent=True)
    used = [] if ctx is None else [f"{name} {_typed(ctx.params[name])}" for name in _from_file(ctx)]
    return f"from your {config.NAME}: {', '.join(used)} (--no-config ignores it)" if used else ""


def _from_file(ctx: Context) -> list[str]:
    return [
        name for name, value in ctx.params.items() if value is not None and source(ctx, name) == "DEFAULT_MAP"
    ]


def _typed(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def blamed(ctx: Context, error: UsageError) -> RulesError | None:
    """The error of a value that the file gives, with its place; None where it comes from elsewhere."""
    if source(ctx, error.field) != "DEFAULT_MAP":
        return None
    settings: Mapping[str, config.Setting] = config.settings(FIELDS)
    return RulesError(f"{settings[error.field].where}: {error.field}: {error}")
