"""`ehrpay config`: every setting that can be kept, its value, and where the value comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ehrpay.cli import kept, options
from ehrpay.cli.grouping import grouped
from ehrpay.cli.main import write
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
    json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
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
    rows = [*_rows(ctx), *_overlays(rules)]
    if json:
        from json import dumps

        settings = [dict(zip(("setting", "value", "source"), row, strict=True)) for row in rows]
        write(dumps({"schema": "ehrpay/config/1", "settings": settings, "warnings": []}, indent=2) + "\n")
        return
    from ehrpay.text import clean

    for name, value, source in rows:
        text = ", ".join(value) if isinstance(value, list) else value or ""
        write(f"{name}\t{clean(text)}\t{clean(source)}\n")


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


def _overlays(rules: options.RulesOptions) -> Iterator[tuple[str, str, str]]:
    from ehrpay.rules.folder import named

    yield from (("overlay", one.path, one.by) for one in named(rules.rules or ()))
