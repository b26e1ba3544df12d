"""`ehrpay rules init`: a first overlay, commented and valid."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ehrpay.cli.main import write
from ehrpay.errors import CANNOT_CREATE, CANNOT_WRITE, OutputError, UsageError, shown


def command(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="A new or empty folder; parent folders are created.")
    ],
) -> None:
    """Write a commented overlay to start from: one changed level, one employer, sources, cases.

    \b
    Examples:
      ehrpay rules init my-rules
      ehrpay rules test my-rules
      ehrpay estimate --rules my-rules --agency example-health --role coder --years 5

    A folder that isn't empty is left alone (exit 73).
    """
    from ehrpay.api import read_date
    from ehrpay.rules.overlay import starter

    top = _empty(folder)
    texts = starter.files(read_date(None))
    code = CANNOT_CREATE
    try:
        top.mkdir(parents=True, exist_ok=True)
        code = CANNOT_WRITE
        for name, text in texts.items():
            path = top / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        verb = "create" if code == CANNOT_CREATE else "write into"
        msg = f"cannot {verb} {shown(folder)}: {error.strerror or error}"
        raise OutputError(msg, code=code) from error
    listed = [name for name in texts if not name.startswith(starter.SCHEMAS)]
    name = top.as_posix()
    write(
        "".join(
            f"{name}/{path}\n" for path in [*listed, f"{starter.SCHEMAS}/ ({len(texts) - len(listed)} files)"]
        )
    )
    write(f"\nIts figures are examples. Next: 'ehrpay rules test {name}', then read {name}/README.md\n")


def _empty(folder: str) -> Path:
    """The folder, if it is new or empty. OutputError (73) if it holds something or is no folder."""
    if not folder.strip() or "\0" in folder:
        msg = "DIR is empty; give the name of a new folder, such as my-rules"
        raise UsageError(msg)
    top = Path(folder)
    try:
        taken = any(top.iterdir()) if top.exists() or top.is_symlink() else False
    except OSError as error:
        msg = f"cannot create {shown(folder)}: {error.strerror or error}"
        raise OutputError(msg, code=CANNOT_CREATE) from error
    if taken:
        msg = f"cannot create {shown(folder)}: it isn't empty; give a new or empty folder"
        raise OutputError(msg, code=CANNOT_CREATE)
    return top
