"""`ehrpay rules schema`: the JSON Schemas of the rule files, for editors."""

from __future__ import annotations

import typer

from ehrpay.cli.main import write
from ehrpay.errors import UsageError, unknown


def command(
    kind: str | None = typer.Argument(
        None, metavar="[KIND]", help="sources, adjustment, agency ...; omit to list them."
    ),
    write_to: str | None = typer.Option(
        None, "--write", "-o", metavar="DIR", help="Write every schema to a folder."
    ),
    overlay: bool = typer.Option(
        False, "--overlay", help="For an overlay's files, where anything may be left out."
    ),
) -> None:
    """Print the JSON Schema of a kind of rule file, for editors.

    \b
    Examples:
      ehrpay rules schema
      ehrpay rules schema adjustment
      ehrpay rules schema agency --overlay
      ehrpay rules schema --overlay --write my-rules/.schema

    An editor with the YAML language server uses the schema named in a file's first line:
    # yaml-language-server: $schema=.schema/adjustment.schema.json
    """
    from ehrpay.rules.shape import json_schema
    from ehrpay.rules.shape.kinds import KINDS

    if kind is not None and write_to is not None:
        raise UsageError("--write writes every schema and conflicts with KIND")
    if write_to is not None:
        write(_written(write_to, overlay=overlay))
        return
    if kind is None:
        write("".join(f"{one.name}\t{one.path}\t{one.about}\n" for one in KINDS))
        return
    wanted = kind.strip().casefold()
    if wanted not in json_schema.kinds():
        raise UsageError(unknown("kind of rule file", kind, json_schema.kinds()))
    write(json_schema.text(wanted, part=overlay))


def _written(folder: str, *, overlay: bool) -> str:
    """Write every schema; returns the lines that say so."""
    from pathlib import Path

    from ehrpay.cli.output_folder import write_folder
    from ehrpay.rules.shape import json_schema

    texts = {f"{name}.schema.json": json_schema.text(name, part=overlay) for name in json_schema.kinds()}
    write_folder(folder, texts)
    return "".join(f"{(Path(folder) / name).as_posix()}\n" for name in texts)
