"""Write what `ehrpay help` says of every command as `docs/commands.md`.

uv run python tools/commands.py
"""

from __future__ import annotations

import io
import os
from contextlib import redirect_stdout
from pathlib import Path
from unittest.mock import patch

from ehrpay.cli.app import COMMANDS
from ehrpay.cli.main import run
from ehrpay.cli.rules import RULES

PAGE = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
HEAD = """\
# Commands

What `ehrpay help COMMAND` says, on a terminal of 80 columns. `tools/commands.py` writes this page from the program,
and a test holds that it is current.
"""
WIDTH = "80"


def page() -> str:
    """The page's text: the help of the program, of every command, and of every command of the rules."""
    every = [(), *((name,) for name in COMMANDS), *(("rules", name) for name in RULES)]
    every.sort(key=lambda words: list(COMMANDS).index(words[0]) if words else -1)
    return HEAD + "".join(
        f"\n## {' '.join(('ehrpay', *words))}\n\n```text\n{_help(*words)}```\n" for words in every
    )


def _help(*words: str) -> str:
    shown = io.StringIO()
    with patch.dict(os.environ, COLUMNS=WIDTH), patch("sys.argv", ["ehrpay"]), redirect_stdout(shown):
        run(["help", *words])
    return shown.getvalue()


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
