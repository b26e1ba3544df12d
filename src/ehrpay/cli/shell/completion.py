"""`ehrpay completion`: the script a shell reads, put where it finds it, and the words it asks for."""

from __future__ import annotations

import os
from pathlib import Path

import typer

from ehrpay.cli.main import tell, write
from ehrpay.cli.shell.scripts import SCRIPTS
from ehrpay.errors import CANNOT_CREATE, OutputError, UsageError, shown, unknown


def command(
    shell: str | None = typer.Argument(
        None, metavar="bash|zsh|fish", help="The shell; by default the one in SHELL."
    ),
    words: list[str] | None = typer.Argument(
        None, metavar="[-- WORD...]", help="List what can follow these words."
    ),
    install: bool = typer.Option(False, "--install", help="Write the script where your shell reads it."),
) -> None:
    """Print the script that lets your shell complete what you type.

    \b
    Examples:
      ehrpay completion zsh --install
      source <(ehrpay completion bash)
      ehrpay completion fish | source

    Completed are credentials, roles, agencies and the like from the rules in use, and places as you type them.
    """
    name = Path(os.environ.get("SHELL", "")).name if shell is None else shell
    if name not in SCRIPTS:
        raise UsageError(unknown("shell", name, SCRIPTS))
    if words:
        from ehrpay.cli.shell.candidates import candidates

        write("".join(f"{word}\t{help_}\n" for word, help_ in candidates(words)))
    elif install:
        for file in _installed(name):
            tell(f"wrote {file}")
        tell("new shells complete ehrpay")
    else:
        write(SCRIPTS[name])


def _installed(shell: str) -> list[Path]:
    """Write a shell's script, and the line that reads it where the shell needs one; the files changed."""
    config = Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser()
    if shell == "fish":
        script, start = config / "fish/completions/ehrpay.fish", None
    else:
        script = config / f"ehrpay/completion.{shell}"
        start = Path(os.environ.get("ZDOTDIR", "~") if shell == "zsh" else "~").expanduser() / f".{shell}rc"
    try:
        script.parent.mkdir(parents=True, exist_ok=True)
        script.write_text(SCRIPTS[shell], "utf-8")
        return [script, *([start] if start is not None and _reads(start, script) else [])]
    except OSError as error:
        msg = f"cannot write {shown(error.filename or script)}: {error.strerror}"
        raise OutputError(msg, code=CANNOT_CREATE) from error


def _reads(start: Path, script: Path) -> bool:
    """Let a shell's start file read a script; False if it does so already."""
    from shlex import quote

    line = f"source {quote(str(script))}"
    before = start.read_text("utf-8", "surrogateescape") if start.exists() else ""
    if line in before.splitlines():
        return False
    with start.open("a", encoding="utf-8") as file:
        file.write(("" if not before or before.endswith("\n") else "\n") + line + "\n")
    return True
