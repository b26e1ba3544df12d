"""Compiled rules kept between runs as JSON in the user's cache folder, trusted only while every file is unchanged.

A cache that is missing, broken or can't be written is ignored: the rules are compiled again.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ehrpay.rules.folder import File

FORM = 2
"""Raised whenever the compiled form changes."""


def home() -> Path | None:
    """The user's cache folder for ehrpay; None where there is no home."""
    if named := os.environ.get("EHRPAY_CACHE"):
        return Path(named)
    if sys.platform.startswith(("win", "darwin")):
        from platformdirs import user_cache_path

        return user_cache_path("ehrpay", appauthor=False)
    # The same answer on Linux without an import that costs a tenth of the whole run.
    base = os.environ.get("XDG_CACHE_HOME") or (os.environ.get("HOME", "") and f"{os.environ['HOME']}/.cache")
    return Path(base) / "ehrpay" if base else None


def load(part: str, files: Sequence[File]) -> Any:
    """What was compiled from exactly these files; None if there is no such thing."""
    folder = home()
    if folder is None:
        return None
    try:
        head, _, body = (folder / _name(part, files)).read_text("utf-8").partition("\n")
        kept = json.loads(head)
        if kept == [*_key(files), zlib.crc32(body.encode())]:
            return json.loads(body)
    except (OSError, ValueError):
        pass
    return None


def store(part: str, files: Sequence[File], compiled: Any) -> None:
    """Keep a compiled part, in one atomic step."""
    folder = home()
    if folder is None:
        return
    body = json.dumps(compiled, separators=(",", ":"))
    head = json.dumps([*_key(files), zlib.crc32(body.encode())], separators=(",", ":"))
    path = folder / _name(part, files)
    fresh = path.with_suffix(f".{os.getpid()}")
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        fresh.write_text(f"{head}\n{body}", "utf-8")
        fresh.replace(path)


def _name(part: str, files: Sequence[File]) -> str:
    return f"{part}-{zlib.crc32(repr([file.path for file in files]).encode()):08x}.json"


def _key(files: Sequence[File]) -> list[Any]:
    return [FORM, [file.stamp for file in files]]
