"""Files into a folder, all of them or none: written in a hidden folder inside it, then moved into their places."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ehrpay.cli.interrupts import tidy_stop
from ehrpay.errors import CANNOT_CREATE, CANNOT_WRITE, OutputError, shown
from ehrpay.whole_files import FULL, stage

if TYPE_CHECKING:
    from collections.abc import Mapping


def write_folder(name: str, texts: Mapping[str, str]) -> None:
    """Write texts by their paths, the last one last; parent folders are made.

    OutputError: 74 where a disk is full, 73 for a folder that can't be made or written to. What is made until
    then goes away again, also after Ctrl-C.
    """
    top, made = Path(name), list[Path]()
    try:
        with tidy_stop():
            try:
                _fill(top, texts, made)
            except BaseException:
                for path in reversed(made):
                    with suppress(OSError):
                        path.rmdir() if path.is_dir() else path.unlink()
                raise
    except (OSError, ValueError) as error:
        full = isinstance(error, OSError) and error.errno in FULL
        why = getattr(error, "strerror", None) or error
        msg = f"cannot {'write into' if full else 'create'} {shown(name)}: {why}"
        raise OutputError(msg, code=CANNOT_WRITE if full else CANNOT_CREATE) from error


def _fill(top: Path, texts: Mapping[str, str], made: list[Path]) -> None:
    _make(top, made)
    with stage(str(top)) as hidden:
        for path, text in texts.items():
            part = Path(hidden, path)
            part.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(text, "utf-8", newline="\n")
        for path in texts:
            _make((top / path).parent, made)
            if not (top / path).exists():
                made.append(top / path)
            Path(hidden, path).replace(top / path)


def _make(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it; adds what is new to `made`, the outermost first."""
    for path in (*reversed(folder.parents), folder):
        if not path.exists():
            made.append(path)
            path.mkdir(exist_ok=True)
    folder.mkdir(exist_ok=True)
