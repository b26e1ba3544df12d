"""`ehrpay rules schema`: the JSON Schemas of the rule files, for editors."""

from __future__ import annotations

from typing import Annotated

import typer

from ehrpay.cli.main import write
from ehrpay.errors import CANNOT_CREATE, CANNOT_WRITE, OutputError, UsageError, shown, unknown


def command(
    kind: Annotated[
        str | None,
        typer.Argument(metavar="[KIND]", help="sources, adjustment, agency ...; omit to list them."),
    ] = None,
    write_to: Annotated[
        str | None, typer.Option("--write", "-o", metavar="DIR", help="Write every schema to a folder.")
    ] = None,
    overlay: Annotated[
        bool, typer.Option("--overlay", help="For an overlay's files, where anything may be left out.")
    ] = False,
) -> None:
    """Print the JSON Schema of a kind of rule file, for editors to complete and check.

    \b
    Examples:
      ehrpay rules schema
      ehrpay rules schema adjustment
      ehrpay rules schema agency --overlay
      ehrpay rules schema --overlay --write my-rules/.schema

    An editor with the YAML language server uses the schema named in a file's first line:
    # yaml-language-server: $schema=.schema/adjustment.schema.json
    """
    from ehrpay.rules.shape.kinds import KINDS

    known = [one.name for one in KINDS]
    if kind is not None and write_to is not None:
        msg = "--write writes every schema and conflicts with KIND"
        raise UsageError(msg)
    if write_to is not None:
        write(_written(write_to, overlay=overlay))
        return
    if kind is None:
        write("".join(f"{one.name}\t{one.path}\t{one.about}\n" for one in KINDS))
        return
    wanted = kind.strip().casefold()
    if wanted not in known:
        raise UsageError(unknown("kind of rule file", kind, known))
    from ehrpay.rules.shape import json_schema

    write(json_schema.text(wanted, part=overlay))


def _written(folder: str, *, overlay: bool) -> str:
    """Write every schema; returns the lines that say so. OutputError: 73 for the folder, 74 for a file."""
    from pathlib import Path

    from ehrpay.rules.shape import json_schema

    top = Path(folder)
    told = []
    code = CANNOT_CREATE
    try:
        top.mkdir(parents=True, exist_ok=True)
        code = CANNOT_WRITE
        for name in json_schema.kinds():
            path = top / f"{name}.schema.json"
            path.write_text(json_schema.text(name, part=overlay), "utf-8", newline="\n")
            told.append(f"{path.as_posix()}\n")
    except (OSError, ValueError) as error:
        verb = "create" if code == CANNOT_CREATE else "write into"
        msg = f"cannot {verb} {shown(folder)}: {getattr(error, 'strerror', None) or error}"
        raise OutputError(msg, code=code) from error
    return "".join(told)
