"""`ehrpay rules path`: the folders the rules are read from."""

from __future__ import annotations

from ehrpay import shipped
from ehrpay.cli.main import write


def command() -> None:
    """Print the folder of the rules in use."""
    write(f"{shipped.folder()}\n")
