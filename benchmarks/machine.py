"""What a measurement was made on, in one line."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version


def machine() -> str:
    """System, processor kind and count, Python and Typer; nothing that tells one machine from another."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    cores = f"{os.cpu_count()} x {platform.machine()}"
    return f"{platform.system()}, {cores}, {python}, typer {version('typer')}"
