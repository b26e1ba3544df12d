"""Draw the README's picture: what a terminal shows of one command, as `docs/estimate.svg`.

uv run python tools/picture.py
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

TOP = Path(__file__).resolve().parents[1]
PICTURE = TOP / "docs" / "estimate.svg"
COMMAND = (
    "estimate",
    "--role",
    "coder",
    "--setting",
    "hospital",
    "--years",
    "5",
    "--location",
    "Columbus, OH",
)
WIDTH, DAY = 88, "2026-11-23"


def picture() -> str:
    """The picture's text."""
    env = {
        **os.environ,
        "COLUMNS": str(WIDTH),
        "EHRPAY_TODAY": DAY,
        "PYTHONIOENCODING": "utf-8",
        "TERM": "xterm-256color",
    }
    args = [sys.executable, "-m", "ehrpay", *COMMAND, "--format", "table", "--color", "always"]
    shown = subprocess.run(args, env=env, capture_output=True, text=True, check=True, cwd=TOP).stdout  # noqa: S603 - our own command
    typed = " ".join(f'"{word}"' if " " in word else word for word in COMMAND)
    with Path(os.devnull).open("w") as nowhere:
        console = Console(
            record=True, width=WIDTH, file=nowhere, force_terminal=True, color_system="truecolor"
        )
        console.print(Text(f"$ ehrpay {typed}", style="bold"))
        console.print(Text.from_ansi(shown.rstrip()))
        return console.export_svg(title="ehrpay", unique_id="ehrpay")


if __name__ == "__main__":
    PICTURE.write_text(picture(), "utf-8")
