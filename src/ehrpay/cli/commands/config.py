"""`ehrpay config`: every setting that can be kept, its value, and where the value comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ehrpay.cli import kept, options
from ehrpay.cli.grouping import grouped
from ehrpay.domain.profile import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator

ENVIRONMENT = {"as_of": "EHRPAY_AS_OF"} | {name: field.variable or "" for name, field in FIELDS.items()}


@grouped
def command(
    *,
    ctx: typer.Context,
    profile: options.WholeProfile,  # noqa: ARG001 - the values are the context's
    rules: options.RulesInUse,
    output: options.OutputWanted,
) -> None:
    """Show where each value comes from: option, variable or file.

    \b
    Examples:
      ehrpay config
      ehrpay config --years 5 --json
      EHRPAY_AGENCY=va ehrpay config

    \b
    The file is config.toml in your configuration folder:
      [me]
      years = 5
      certs = ["rhit"]
      location = "Denver, CO"
      [rules]
      overlays = ["~/our-rules"]

    An option wins over its variable, a variable over the file; --no-config ignores the file.
    """
    from ehrpay.formats.listing import Settings
    from ehrpay.rules.folder import named

    chosen = output.choose(Settings)
    overlays = (("overlay", one.path, one.by) for one in named(rules.rules or ()))
    chosen.write(Settings([*_rows(ctx), *overlays]))


def _rows(ctx: typer.Context) -> Iterator[tuple[str, str | list[str] | None, str]]:
    from ehrpay import config

    settings = config.settings(FIELDS)
    for name in (*FIELDS, "as_of"):
        value = ctx.params[name]
        source = "default" if value is None else kept.source(ctx, name)
        where = {"COMMANDLINE": "option", "ENVIRONMENT": ENVIRONMENT[name]}.get(source, "default")
        if source == "DEFAULT_MAP":
            where = settings[name].where
        yield name, list(value) if isinstance(value, (list, tuple)) else value, where
