"""`ehrpay rules init`: a first overlay, commented and valid."""

from __future__ import annotations

from pathlib import Path

import typer

from ehrpay.cli.main import write
from ehrpay.errors import CANNOT_CREATE, OutputError, UsageError, shown
from ehrpay.whole_files import PREFIX, sweep

HEAD = "overlay.yaml"


def command(
    folder: str = typer.Argument(metavar="DIR", help="A new or empty folder; parent folders are created."),
) -> None:
    """Write a commented overlay to start from.

    \b
    Examples:
      ehrpay rules init my-rules
      ehrpay rules test my-rules
      ehrpay estimate --rules my-rules --agency example-health --role coder --years 5

    A folder that isn't empty is left alone (exit 73).
    """
    from ehrpay.api.rulebooks import read_date
    from ehrpay.cli.output_folder import write_folder
    from ehrpay.rules.overlay import starter

    texts = starter.files(read_date(None))
    top = _empty(folder, {path.split("/")[0] for path in texts})
    # The head comes last: without it the folder is no overlay yet.
    write_folder(folder, {path: text for path, text in texts.items() if path != HEAD} | {HEAD: texts[HEAD]})
    listed = [name for name in texts if not name.startswith(starter.SCHEMAS)]
    name = top.as_posix()
    write(
        "".join(
            f"{name}/{path}\n" for path in [*listed, f"{starter.SCHEMAS}/ ({len(texts) - len(listed)} files)"]
        )
    )
    write(f"\nIts figures are examples. Next: 'ehrpay rules test {name}', then read {name}/README.md\n")


def _empty(folder: str, own: set[str]) -> Path:
    """The folder, if it is new or empty. OutputError (73) if it holds something or is no folder."""
    if not folder.strip() or "\0" in folder:
        raise UsageError("DIR is empty; give the name of a new folder, such as my-rules")
    top = Path(folder)
    try:
        held = {path.name for path in top.iterdir()} if top.exists() or top.is_symlink() else set[str]()
    except OSError as error:
        msg = f"cannot create {shown(folder)}: {error.strerror or error}"
        raise OutputError(msg, code=CANNOT_CREATE) from error
    # A hidden folder shows that a run was killed here: what that one wrote may be replaced, if the head is missing.
    if hidden := {name for name in held if name.startswith(PREFIX)}:
        sweep(folder)
        held -= hidden if HEAD in held else hidden | own
    if held:
        msg = f"cannot create {shown(folder)}: it isn't empty; give a new or empty folder"
        raise OutputError(msg, code=CANNOT_CREATE)
    return top
