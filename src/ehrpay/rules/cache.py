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

    from ehrpay.rules.folder import Layer

FORM = 17
"""Raised whenever the compiled form changes, or a check is added that what was kept has not met."""


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


def load(part: str, layers: Sequence[Layer]) -> Any:
    """What was compiled from exactly these folders, named so; None if there is no such thing."""
    folder = home()
    if folder is None:
        return None
    try:
        head, _, body = (folder / _name(part, layers)).read_text("utf-8").partition("\n")
        header = json.loads(head)
        if header == [*_key(layers), zlib.crc32(body.encode())]:
            return json.loads(body)
    except (OSError, ValueError):
        pass
    return None


def store(part: str, layers: Sequence[Layer], body: str) -> None:
    """Keep the JSON text of a compiled part, in one atomic step."""
    folder = home()
    if folder is None:
        return
    head = json.dumps([*_key(layers), zlib.crc32(body.encode())], separators=(",", ":"))
    path = folder / _name(part, layers)
    fresh = path.with_suffix(f".{os.getpid()}")
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        fresh.write_text(f"{head}\n{body}", "utf-8")
        fresh.replace(path)


def _name(part: str, layers: Sequence[Layer]) -> str:
    names = [(layer.prefix, [file.path for file in layer.files]) for layer in layers]
    return f"{part}-{zlib.crc32(repr(names).encode()):08x}.json"


def _key(layers: Sequence[Layer]) -> list[Any]:
    return [FORM, [[layer.prefix, [file.stamp for file in layer.files]] for layer in layers]]
