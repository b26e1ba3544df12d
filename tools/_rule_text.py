"""YAML text for bulk tables, one row a line. Written by hand because a dumper breaks rows and drops comments."""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Words and numbers with no second meaning in YAML; short ones are quoted, because NO and Y are booleans.
_PLAIN = re.compile(r"[A-Za-z]{4,}([ -][A-Za-z]+)*")
_WORDS = {"true", "false", "null", "none"}
_JOINED = "\N{NO-BREAK SPACE}"
WIDTH = 108

ADD_A_YEAR = (
    "To add a year: run `python tools/refresh.py {command} DOWNLOAD --year YEAR` (docs/refresh.md). It puts the "
    "publisher's file beside the years that are here, cites it in sources.yaml and shows who moves. By hand: the same "
    "shape, cited in sources.yaml first, and no value that was in force is edited."
)


def head(*paragraphs: str) -> str:
    """Return the comment at the top of a file, wrapped; a command in backticks stays on one line."""
    whole = (re.sub(r"`[^`]*`", lambda match: match[0].replace(" ", _JOINED), text) for text in paragraphs)
    lines = [line for text in whole for line in textwrap.wrap(text, WIDTH, break_on_hyphens=False)]
    return "".join(f"# {line}\n" for line in lines).replace(_JOINED, " ")


def quoted(value: str) -> str:
    """Return a double-quoted YAML scalar."""
    return json.dumps(value, ensure_ascii=False)


def scalar(value: str) -> str:
    """Return a YAML scalar that is read back as this very text, plain where that is safe."""
    safe = _PLAIN.fullmatch(value) and value.lower() not in _WORDS
    return value if safe else quoted(value)


def ids(names: Iterable[str]) -> str:
    """Return a flow list of source ids."""
    return f"[{', '.join(names)}]"


def row(cells: Sequence[str | int | None]) -> str:
    """Return a flow list: text quoted, None (not published) as null."""
    return f"[{', '.join(map(_cell, cells))}]"


def _cell(value: str | int | None) -> str:
    if value is None:
        return "null"
    return quoted(value) if isinstance(value, str) else str(value)
