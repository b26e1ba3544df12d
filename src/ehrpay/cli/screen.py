"""What standard output can show: its width, its characters, its colors."""

from __future__ import annotations

import os
import shutil
import sys
from typing import IO

from ehrpay.errors import UsageError, unknown
from ehrpay.formats.writers import Screen

GLYPHS = "█━─│├┤┬┴◆●▲▼−…×≤"
COLORS = ("auto", "always", "never")
NARROWEST = 20


def detect_screen(color: str) -> Screen:
    """The screen as it is, by --color, then NO_COLOR, then FORCE_COLOR, then whether stdout is a terminal."""
    if color not in COLORS:
        raise UsageError(unknown("color mode", color, COLORS), field="color")
    terminal = sys.stdout is not None and sys.stdout.isatty()
    colored = _colored(color, terminal=terminal)
    width = max(NARROWEST, shutil.get_terminal_size((80, 24)).columns)
    return Screen(width, draws(sys.stdout), colored, terminal or (colored and color != "auto") or _forced())


def _forced() -> bool:
    return bool(os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE")) and not os.environ.get(
        "NO_COLOR"
    )


def _colored(color: str, *, terminal: bool) -> bool:
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if _forced():
        return True
    return terminal and os.environ.get("TERM") != "dumb" and os.environ.get("CLICOLOR") != "0"


def draws(stream: IO[str] | None) -> bool:
    """Whether a stream's encoding has every character that we draw with."""
    try:
        GLYPHS.encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeError, LookupError):
        return False
    return True
